"""The screens of the area Trust, one line each: add yours; the index shows what one may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tresen.entrypoints.backoffice.kit.types import Words
from tresen.entrypoints.backoffice.trust.states import (
    audit_state,
    backup_state,
    freeze_state,
    incident_state,
    request_state,
    retention_state,
    risk_state,
    watch_state,
)


def _nothing(now: datetime) -> Words:  # noqa: ARG001  # as every card's state
    return ""


@dataclass(frozen=True, slots=True)
class Card:
    """A route of the back office, what it is called, what for, and how it stands."""

    route: str
    title: Words
    text: Words
    state: Callable[[datetime], Words] = _nothing


CARDS: Sequence[Card] = (
    Card("audit", _("Audit"), _("Who did what, and who read whose data"), audit_state),
    Card(
        "risk_reviews",
        _("Orders to check"),
        _("What waits for a person, why, and the rules"),
        risk_state,
    ),
    Card(
        "privacy_requests",
        _("Requests about data"),
        _("What people ask, with its deadlines"),
        request_state,
    ),
    Card("retention", _("What is kept how long"), _("Periods, holds, trial run"), retention_state),
    Card("processing_record", _("Record of processing"), _("Art. 30 GDPR, and the processors")),
    Card(
        "backups",
        _("Backups"),
        _("Last backup, last proof that it can be restored"),
        backup_state,
    ),
    Card(
        "scripts",
        _("Scripts and their watch"),
        _("What pages may load, and whether they do"),
        watch_state,
    ),
    Card("affected", _("Who was affected?"), _("By session, account, object or time span")),
    Card("incidents", _("Incidents"), _("Register, deadlines, notices"), incident_state),
    Card("freeze", _("Freeze the shop"), _("When something got out"), freeze_state),
)
