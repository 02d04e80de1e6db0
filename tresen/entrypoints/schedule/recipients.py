"""Who can open the backups is named in a file; whoever changes it leaves a deed in the audit."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction

from tresen.domains.security.queries.deeds import Scope, list_scope
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.recipients import list_recipients

ACTION = "backups.recipients"
FINGERPRINT_LENGTH = 16


def note_recipients(now: datetime) -> bool:
    """True when the file is not as it was when it was last looked at: a deed says so then.

    `tresen backup keys` works without the database, and an editor does, too; so the file is held
    against the newest deed. Raises RecipientsWrong.
    """
    places: BackupPlaces = settings.BACKUP_PLACES
    if not places.recipients.exists():
        return False  # backups are kept by another machine, or not yet
    keys = sorted({one.key for one in list_recipients(places)})
    fingerprint = hashlib.sha256("\n".join(keys).encode()).hexdigest()[:FINGERPRINT_LENGTH]
    last = list_scope(Scope(action=ACTION), limit=1)
    if last and last[0].object_id == fingerprint:
        return False
    deed = Deed(
        action=ACTION,
        actor=SYSTEM,
        object_kind="backups",
        object_id=fingerprint,
        after={"recipients": keys},
    )
    with transaction.atomic():
        record(deed, now=now)
    return True
