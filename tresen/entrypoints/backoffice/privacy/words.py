"""Requests in the words of the back office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.privacy.types.requests import (
    ARTICLE_OF,
    RequestKind,
    RequestRow,
    RequestState,
    RequestWay,
    StepRow,
)
from tresen.entrypoints.backoffice.kit.types import Chip, Tone, Words
from tresen.workflows.trusting.laws import law_words

KINDS: Mapping[RequestKind, Words] = {
    RequestKind.ACCESS: _("Copy of all data"),
    RequestKind.PORTABILITY: _("File for another service"),
    RequestKind.RECTIFICATION: _("Correction"),
    RequestKind.ERASURE: _("Erasure"),
    RequestKind.RESTRICTION: _("Restriction"),
    RequestKind.OBJECTION: _("Objection to advertising"),
    RequestKind.ASK_PERSON: _("Review by a person"),
}
WAYS: Mapping[RequestWay, Words] = {
    RequestWay.ACCOUNT: _("in their account"),
    RequestWay.LINK: _("by link from their mailbox"),
    RequestWay.PHONE: _("by phone"),
    RequestWay.LETTER: _("by letter"),
    RequestWay.EMAIL: _("by e-mail"),
    RequestWay.COUNTER: _("at the counter"),
}
STATES: Mapping[RequestState, Words] = {
    RequestState.RECEIVED: _("to be answered"),
    RequestState.UNPROVEN: _("check the person"),
    RequestState.DEFERRED: _("waits for something"),
    RequestState.ANSWERED: _("was answered"),
    RequestState.REFUSED: _("was refused"),
    RequestState.TAKEN_BACK: _("was taken back"),
}
_TONES: Mapping[RequestState, Tone] = {
    RequestState.UNPROVEN: "attention",
    RequestState.DEFERRED: "attention",
    RequestState.ANSWERED: "ok",
    RequestState.REFUSED: "error",
    RequestState.RECEIVED: "info",
}
_NEXT: Mapping[RequestKind, Words] = {
    RequestKind.ACCESS: _("The house makes the copy by itself as soon as the person is proven."),
    RequestKind.PORTABILITY: _(
        "The house makes the file by itself as soon as the person is proven."
    ),
    RequestKind.ERASURE: _(
        "The house erases by itself as soon as the person is proven and nothing is open any more."
    ),
    RequestKind.OBJECTION: _("It works at once; nobody has to decide."),
    RequestKind.RECTIFICATION: _(
        "Correct what can be corrected, then answer. Orders and invoices keep what was agreed; "
        "their story gets a note."
    ),
    RequestKind.RESTRICTION: _(
        "Restrict the data with the button above, or say why not. Nobody but a tax audit reads "
        "them then, until the restriction is lifted."
    ),
    RequestKind.ASK_PERSON: _(
        "Look at the decision yourself, with its reasons, and answer in plain words."
    ),
}


def state_chip(row: RequestRow) -> Chip:
    return Chip(STATES[row.state], _TONES.get(row.state, "quiet"))


def clock_chip(row: RequestRow, today: date) -> Chip | None:
    """How much time is left; late ones first catch the eye."""
    if row.closed_at is not None:
        return None
    left = row.clock.days_left(today)
    if left < 0:
        late = ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}
        return Chip(late, "error")
    if left == 0:
        return Chip(gettext("due today"), "attention")
    words = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    return Chip(words, "attention" if left <= SOON_DAYS else "quiet")


SOON_DAYS = 7


def article_words(kind: RequestKind) -> str:
    return law_words(f"{ARTICLE_OF[kind]} GDPR", locale=get_language() or "en")


def todo_words(kind: RequestKind) -> str:
    return str(_NEXT[kind])


def step_words(step: StepRow) -> str:
    """One step of the story in a sentence."""
    said = {
        "received": gettext("The request came in."),
        "asked_again": gettext("The person asked once more."),
        "proven": gettext("The person was checked."),
        "extended": gettext("The time was extended."),
        "deferred": gettext("It has to wait."),
        "erased": gettext("Erased"),
        "orders_noted": gettext("The orders got a note."),
        "restricted": gettext("The data were restricted."),
        "lifted": gettext("The restriction was lifted."),
        "answered": gettext("Answered."),
        "refused": gettext("Refused."),
        "taken_back": gettext("Taken back by the person."),
    }
    return said.get(step.kind, step.kind)


def obstacle_words(detail: str) -> str:
    """What it waits for."""
    named = {
        "open_orders": gettext("an order is on its way"),
        "open_payments": gettext("money is on its way"),
        "disputes": gettext("a payment is in trouble"),
        "holds": gettext("a legal hold"),
    }
    return ", ".join(named[word] for word in detail.split(",") if word in named)


def detail_words(step: StepRow) -> str:
    """The step's detail, as far as it says something."""
    if step.kind == "deferred":
        return obstacle_words(step.detail)
    if step.kind in {"received", "asked_again"} and step.detail in set(RequestWay):
        return str(WAYS[RequestWay(step.detail)])
    if step.kind == "erased":
        return _erased_words(step.detail)
    return law_words(step.detail, locale=get_language() or "en")


def _erased_words(detail: str) -> str:
    table, _, rest = detail.partition(":")
    done, _, count = rest.partition(":")
    what = {
        "delete": pgettext("rows", "deleted"),
        "lock": pgettext("rows", "locked"),
        "key": pgettext("rows", "made unreadable"),
    }.get(done, done)
    return f"{table}: {count} {what}"
