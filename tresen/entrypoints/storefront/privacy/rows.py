"""From the registry's rows to what the page «My data» shows, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from tresen.domains.privacy.queries.consents import (
    current_texts,
    granted_purposes,
    is_suppressed,
    list_consents,
)
from tresen.domains.privacy.queries.requests import (
    list_exports_of,
    list_requests_of,
    list_steps,
)
from tresen.domains.privacy.rules.retention import NoPeriod, keep_until
from tresen.domains.privacy.types.requests import ExportRow, RequestRow, RequestState
from tresen.entrypoints.shared import amounts
from tresen.entrypoints.storefront.privacy import words
from tresen.entrypoints.storefront.privacy.checks import checks_of
from tresen.foundation.money import Money
from tresen.foundation.vault.links import make_link
from tresen.workflows.trusting.addresses import COPY_LINK
from tresen.workflows.trusting.copies import recipients
from tresen.workflows.trusting.engine.reading import Held, Record, read_person
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.persons import email_on_file, whose
from tresen.workflows.trusting.place import Place, responsible_place

SHOWN_MAX = 20
"""Records of one kind on the page; the copy has them all."""
SHOWN_TABLES = ("orders_line", "privacy_request", "privacy_export", "risk_assessment")
"""Part of something else on the page, so that they are not told twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One kind of records: its values, and the five answers about it."""

    title: str
    count: int
    more: int
    records: Sequence[Sequence[tuple[str, str]]]
    purposes: str
    bases: Sequence[str]
    encrypted: bool
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One purpose that one may agree to, and whether one did."""

    purpose: str
    words: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request of one's own."""

    number: str
    title: str
    state: str
    tone: str
    received_on: date
    due: str
    reasons: Sequence[str]
    copy_url: str


def my_data(person_id: UUID, *, locale: str, now: datetime) -> dict[str, object]:
    """All that the page shows."""
    place = responsible_place()
    email = email_on_file(person_id)
    known = [one for one in read_person(whose(person_id)) if one.rows.table not in SHOWN_TABLES]
    held = sorted(known, key=lambda one: words.rank_of(one.rows.table))
    return {
        "email": email,
        "kept": [_shown(one, place=place, now=now) for one in held],
        "checks": checks_of(person_id)[:SHOWN_MAX],
        "storage": settings.SERVER_LOCATION,
        "recipients": words.received_words(recipients(person_id)),
        "kinds": _recipient_kinds(held),
        "switches": switches(person_id, locale=locale, now=now),
        "objected": bool(email) and is_suppressed(email or ""),
        "requests": [
            _asked(row, place, copies=_copies(person_id, now))
            for row in list_requests_of(person_id)
        ],
    }


def switches(person_id: UUID, *, locale: str, now: datetime) -> list[Switch]:
    """Every purpose that the shop has words for, each with its own switch."""
    granted = granted_purposes(list_consents(person_id=person_id), now=now)
    return [
        Switch(
            purpose=purpose.value,
            words=text.words.get(locale, next(iter(text.words.values()))),
            on=purpose in granted,
        )
        for purpose, text in current_texts().items()
    ]


def copy_url(export: ExportRow) -> str:
    """The signed page of one copy."""
    token = make_link(export.id, purpose=COPY_LINK, until=export.expires_at)
    return reverse("storefront:my_data_copy", args=[token])


def _recipient_kinds(held: Sequence[Held]) -> list[str]:
    """Which kinds of services may get something of this."""
    kinds = {kind.value for one in held for column in one.columns for kind in column.recipients}
    return [str(said) for kind, said in words.RECIPIENTS.items() if kind in kinds]


def _copies(person_id: UUID, now: datetime) -> Mapping[UUID, ExportRow]:
    return {export.request_id: export for export in list_exports_of(person_id, now=now)}


def _shown(held: Held, *, place: Place, now: datetime) -> Shown:
    newest = list(reversed(held.records))[:SHOWN_MAX]
    bases = dict.fromkeys(column.basis for column in held.columns)
    purposes: list[object] = [purpose for column in held.columns for purpose in column.purposes]
    return Shown(
        title=words.table_words(held.rows.table),
        count=len(held.records),
        more=max(0, len(held.records) - SHOWN_MAX),
        records=[_values(one, held) for one in newest],
        purposes=words.purpose_words(purposes),
        bases=[words.basis_words(basis) for basis in bases],
        encrypted=all(column.sealed for column in held.columns),
        until=_until(held, place=place, now=now),
    )


def _values(one: Record, held: Held) -> list[tuple[str, str]]:
    facts = [
        (words.field_words(name), _fact_words(value))
        for name, value in _with_money(one.facts).items()
        if value not in (None, "")
    ]
    return facts + [
        (str(column.label), words.value_words(one.values[column.column], column.names))
        for column in held.columns
        if column.column != "payload" and one.values[column.column] not in (None, "")
    ]


def _with_money(facts: Mapping[str, object]) -> Mapping[str, object]:
    """An amount and its currency as one."""
    minor, currency = facts.get("gross_minor"), facts.get("currency")
    if not isinstance(minor, int) or not isinstance(currency, str):
        return facts
    rest = {name: value for name, value in facts.items() if name != "currency"}
    return rest | {"gross_minor": Money(minor, currency)}


def _fact_words(value: object) -> str:
    """Moments as days, amounts as money, codes as words."""
    language = (get_language() or "en")[:2]
    if isinstance(value, Money):
        return amounts.money_words(value, language=language)
    if isinstance(value, str) and value[10:11] == "T":
        with suppress(ValueError):
            return words.day_words(datetime.fromisoformat(value).date())
    return words.code_words(value) if isinstance(value, str) else words.value_words(value)


def _until(held: Held, *, place: Place, now: datetime) -> str:
    moments = [one.born for one in held.records if isinstance(one.born, datetime)]
    if not moments:
        return gettext("as long as you are known to us")
    try:
        kept = keep_until(
            held.rows.retention,
            created_on=place.day_of(max(moments)),
            country=place.country,
            today=place.day_of(now),
        )
    except NoPeriod:
        return gettext("as long as you are known to us")
    return gettext("until %(day)s (%(law)s)") % {
        "day": words.day_words(kept.day),
        "law": law_words(kept.law, locale=get_language() or "en"),
    }


def _asked(row: RequestRow, place: Place, *, copies: Mapping[UUID, ExportRow]) -> Asked:
    state, tone = words.STATES[row.state]
    waits = row.state is RequestState.DEFERRED
    last = [step.detail for step in list_steps(row.id) if step.kind == "deferred"] if waits else []
    due = "" if row.closed_at else words.day_words(row.clock.due_on)
    return Asked(
        number=row.number,
        title=str(words.KINDS[row.kind]),
        state=str(state),
        tone=tone,
        received_on=place.day_of(row.received_at),
        due=due,
        reasons=words.obstacle_words(last[-1]) if last else (),
        copy_url=copy_url(copies[row.id]) if row.id in copies else "",
    )
