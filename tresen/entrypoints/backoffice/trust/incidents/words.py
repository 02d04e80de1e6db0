"""Words of incidents: kinds, clocks, steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext, pgettext_lazy

from tresen.domains.security.types.incidents import (
    Category,
    Clock,
    ClockKind,
    Risk,
    Software,
    StepKind,
)
from tresen.entrypoints.backoffice.kit.types import Chip, Words
from tresen.entrypoints.backoffice.trust.states import when_words

RISKS: Mapping[Risk, Words] = {
    Risk.NONE: pgettext_lazy("risk", "unlikely"),
    Risk.SOME: pgettext_lazy("risk", "there is one"),
    Risk.HIGH: pgettext_lazy("risk", "high"),
}
SOFTWARE: Mapping[Software, Words] = {
    Software.NOT_CONCERNED: pgettext_lazy("software", "not concerned"),
    Software.VULNERABILITY: pgettext_lazy("software", "a weakness in the software is being used"),
    Software.INCIDENT: pgettext_lazy("software", "a severe incident of the software"),
}
CATEGORIES: Mapping[Category, Words] = {
    Category.CONTACT: pgettext_lazy("data", "names, e-mail addresses, phone numbers"),
    Category.ADDRESS: pgettext_lazy("data", "postal addresses"),
    Category.ORDERS: pgettext_lazy("data", "orders and what was bought"),
    Category.PAYMENT: pgettext_lazy("data", "payments and bank accounts"),
    Category.SIGN_IN: pgettext_lazy("data", "sign-in data"),
    Category.MESSAGES: pgettext_lazy("data", "messages"),
    Category.STAFF: pgettext_lazy("data", "data of employees"),
}
CLOCKS: Mapping[ClockKind, Words] = {
    ClockKind.AUTHORITY: pgettext_lazy("clock", "Data protection authority (Art. 33 GDPR)"),
    ClockKind.CRA_WARNING: pgettext_lazy("clock", "Early warning (Art. 14 CRA)"),
    ClockKind.CRA_NOTICE: pgettext_lazy("clock", "Notification (Art. 14 CRA)"),
    ClockKind.CRA_REPORT: pgettext_lazy("clock", "Final report (Art. 14 CRA)"),
}
STEPS: Mapping[StepKind, Words] = {
    StepKind.OPENED: pgettext_lazy("step", "Opened"),
    StepKind.CHANGED: pgettext_lazy("step", "Facts changed"),
    StepKind.PINNED: pgettext_lazy("step", "Affected people pinned"),
    StepKind.FIXED: pgettext_lazy("step", "The cause is mended"),
    StepKind.AUTHORITY_TOLD: pgettext_lazy("step", "Authority told"),
    StepKind.CRA_WARNED: pgettext_lazy("step", "Early warning sent (CRA)"),
    StepKind.CRA_NOTIFIED: pgettext_lazy("step", "Notification sent (CRA)"),
    StepKind.CRA_REPORTED: pgettext_lazy("step", "Final report sent (CRA)"),
    StepKind.PERSONS_TOLD: pgettext_lazy("step", "Letters to people queued"),
    StepKind.NOTE: pgettext_lazy("step", "Note"),
    StepKind.CLOSED: pgettext_lazy("step", "Closed"),
}
BY_HAND = (
    StepKind.NOTE,
    StepKind.AUTHORITY_TOLD,
    StepKind.FIXED,
    StepKind.CRA_WARNED,
    StepKind.CRA_NOTIFIED,
    StepKind.CRA_REPORTED,
    StepKind.CLOSED,
)
"""Steps that a person notes; the others note themselves."""


def clock_chip(clock: Clock, *, now: datetime) -> Chip:
    """How a clock stands."""
    if clock.met_at is not None:
        late = clock.is_late(now)
        words = gettext("done %(when)s") % {"when": when_words(clock.met_at)}
        return Chip(f"{words}, {gettext('too late')}" if late else words, "error" if late else "ok")
    if clock.due_at is None:
        return Chip(gettext("begins when the cause is mended"), "quiet")
    words = gettext("by %(when)s") % {"when": when_words(clock.due_at)}
    if clock.is_late(now):
        return Chip(f"{gettext('overdue')}: {words}", "error")
    hours = int((clock.due_at - now).total_seconds() // 3_600)
    left = gettext("%(hours)s hours left") % {"hours": hours}
    return Chip(f"{words}, {left}", "attention")
