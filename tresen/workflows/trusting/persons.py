"""Who a person is to us: the address on file, and back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tresen.domains.privacy.commands import mark_erased
from tresen.domains.privacy.queries import email_indexes
from tresen.domains.privacy.queries.persons import find_email
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import destroy_keys, restrict_keys
from tresen.foundation.vault.erasures import Erased, add_erasures
from tresen.foundation.vault.sealing import reading_restricted
from tresen.workflows.trusting.engine.reading import Whose

LOCKED = (KeyClass.TAX_RECORD, KeyClass.LETTER)
"""What law keeps after an erasure: opened only by who may see papers for a tax audit."""


def email_on_file(person_id: UUID) -> str | None:
    """Where the person is reached; None for who was erased."""
    with reading_restricted():
        return find_email(person_id)


def whose(person_id: UUID) -> Whose:
    """The person as rows name them."""
    email = email_on_file(person_id)
    return Whose(person_id=person_id, indexes=email_indexes(email) if email else ())


def end_profile(person_id: UUID, *, now: datetime) -> None:
    """The key of the profile is gone for good; papers that law keeps are locked.

    Once that is kept, the erasure ledger says so, for whoever restores an older backup.
    """
    restrict_keys(person_id, *LOCKED, since=now)
    mark_erased(person_ids=[person_id], now=now)
    destroy_keys(person_id, KeyClass.PROFILE)
    line = Erased(subject=person_id, classes=(KeyClass.PROFILE.value,), at=now)
    transaction.on_commit(lambda: add_erasures(Path(settings.ERASURE_LEDGER), [line]))
