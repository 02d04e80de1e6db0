"""What letters about people's data say: plain values, and no more of them than needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from tresen.domains.conversations.types import LetterKind, NewLetter
from tresen.domains.privacy.rules.consents import opt_in_ends_at
from tresen.domains.privacy.types.requests import ExportRow, RequestRow, RequestState
from tresen.domains.privacy.types.retention import KeptUntil
from tresen.domains.stores.queries import get_channel
from tresen.workflows.caring.order_letters import shop_words
from tresen.workflows.trusting.addresses import (
    copy_page,
    my_data_page,
    my_data_until,
    opt_in_page,
)
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.place import Place, responsible_place


def link_letter(
    *, email: str, person_id: UUID, subject: UUID, key: str, locale: str, now: datetime
) -> NewLetter:
    """The way to one's own page; `subject` is whose key seals it."""
    more: dict[str, object] = {
        "link_url": my_data_page(person_id, locale=locale, now=now),
        "until_on": _day(my_data_until(now), responsible_place()),
    }
    return _letter(
        LetterKind.MY_DATA_LINK,
        email=email,
        subject=subject,
        key=key,
        locale=locale,
        more=more,
    )


def received_letter(request: RequestRow, *, email: str, now: datetime) -> NewLetter:
    """We have it, and by when the answer comes."""
    more = {
        "number": request.number,
        "due_on": request.clock.due_on.isoformat(),
        "proven": request.state is not RequestState.UNPROVEN,
        "link_url": my_data_page(request.person_id, locale=request.locale, now=now),
    }
    return _about(request, LetterKind.REQUEST_RECEIVED, "received", email=email, more=more)


def extended_letter(request: RequestRow, *, email: str, reason: str) -> NewLetter:
    """It takes longer, and why."""
    more = {
        "number": request.number,
        "due_on": request.clock.due_on.isoformat(),
        "reason": reason,
    }
    return _about(request, LetterKind.REQUEST_EXTENDED, "extended", email=email, more=more)


def answered_letter(
    request: RequestRow,
    *,
    email: str,
    answer: str = "",
    ground: str = "",
    export: ExportRow | None = None,
    kept: Mapping[str, KeptUntil] | None = None,
) -> NewLetter:
    """The answer with the law it rests on; what stays, with its law and day; the way to a copy."""
    more: dict[str, object] = {
        "number": request.number,
        "kind": request.kind.value,
        "outcome": request.state.value,
        "answer": answer,
        "ground": law_words(ground, locale=request.locale),
        "kept": _kept_words(kept or {}, locale=request.locale),
    }
    if export is not None:
        more["link_url"] = copy_page(export.id, locale=request.locale, until=export.expires_at)
        more["until_on"] = _day(export.expires_at, responsible_place())
    return _about(request, LetterKind.REQUEST_ANSWERED, "answered", email=email, more=more)


def opt_in_letter(
    *, email: str, opt_in_id: UUID, wish: str, locale: str, now: datetime
) -> NewLetter:
    """The one mail to an address that was typed in. It carries no advertising."""
    until = opt_in_ends_at(now)
    more: dict[str, object] = {
        "wish": wish,
        "link_url": opt_in_page(opt_in_id, locale=locale, until=until),
        "until_on": _day(until, responsible_place()),
    }
    return _letter(
        LetterKind.OPT_IN,
        email=email,
        subject=opt_in_id,
        key=f"opt-in:{opt_in_id}",
        locale=locale,
        more=more,
    )


def _about(
    request: RequestRow, kind: LetterKind, step: str, *, email: str, more: Mapping[str, object]
) -> NewLetter:
    """Sealed with the request's own key: it proves that we answered, also after an erasure."""
    return _letter(
        kind,
        email=email,
        subject=request.id,
        key=f"request:{request.id}:{step}",
        locale=request.locale,
        more=more,
    )


def _letter(
    kind: LetterKind,
    *,
    email: str,
    subject: UUID,
    key: str,
    locale: str,
    more: Mapping[str, object],
) -> NewLetter:
    channel = get_channel(settings.DEFAULT_CHANNEL)
    basics = {
        "channel": channel.code,
        "zone": channel.market.time_zone,
        "shop": shop_words(channel),
    }
    return NewLetter(
        key=key,
        kind=kind,
        locale=locale,
        recipient=email,
        payload=basics | dict(more),
        person_id=subject,
    )


def _kept_words(kept: Mapping[str, KeptUntil], *, locale: str) -> Sequence[Mapping[str, str]]:
    """One line for each law and day, the longest last."""
    lines = {
        (table, until.law, until.day.isoformat())
        for table, until in kept.items()
        if table in {"orders_order", "conversations_letter"}
    }
    return [
        {"what": table, "law": law_words(law, locale=locale), "until_on": day}
        for table, law, day in sorted(lines, key=lambda line: line[2])
    ]


def _day(moment: datetime, place: Place) -> str:
    day: date = place.day_of(moment)
    return day.isoformat()
