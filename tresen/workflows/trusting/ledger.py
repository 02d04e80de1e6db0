"""The erasure ledger and the tables say the same: after a crash, and after a restore."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from tresen.domains.privacy.queries.persons import list_erased_since, list_not_erased
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.erasures import Erased, add_erasures, last_erasures
from tresen.workflows.trusting.persons import end_profile

LOOK_BACK = timedelta(days=2)
"""Longer than any outage during which nobody ran this."""


def reconcile_ledger(*, now: datetime) -> int:
    """Note who was erased and is missing; erase again who came back. Says how many it was."""
    path = Path(settings.ERASURE_LEDGER)
    known = {line.subject: line for line in last_erasures(path)}
    missing = [
        Erased(subject=person.id, classes=(KeyClass.PROFILE.value,), at=person.erased_at)
        for person in list_erased_since(now - LOOK_BACK)
        if person.id not in known and person.erased_at is not None
    ]
    add_erasures(path, missing)
    back = [
        person for person in list_not_erased(list(known)) if person.made_at <= known[person.id].at
    ]
    for person in back:
        with transaction.atomic():
            end_profile(person.id, now=known[person.id].at)
    return len(missing) + len(back)
