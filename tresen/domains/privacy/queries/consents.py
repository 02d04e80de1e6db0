"""Reads about consents: what was said, what may be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tresen.domains.privacy import models
from tresen.domains.privacy.queries.persons import email_indexes
from tresen.domains.privacy.queries.sealed import opened
from tresen.domains.privacy.rules import consents as rules
from tresen.domains.privacy.types.consents import (
    ConsentAction,
    ConsentRow,
    ConsentText,
    Purpose,
    SendRefusal,
    Verdict,
)
from tresen.domains.privacy.types.persons import IdentifierKind

EVENTS_MAX = 1_000
EMAIL_PLACE = "privacy_opt_in.email"


def email_index_of(email: str) -> bytes:
    """How an address is looked up without lying in the clear."""
    return email_indexes(email)[0]


def current_text(purpose: Purpose) -> ConsentText | None:
    """The words that are shown now."""
    found = models.ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
    return None if found is None else text_row(found)


def current_texts() -> dict[Purpose, ConsentText]:
    """The words of every purpose that has some, in one statement."""
    found = models.ConsentText.objects.order_by("purpose", "-version").distinct("purpose")
    rows = {Purpose(text.purpose): text_row(text) for text in found}
    return {purpose: rows[purpose] for purpose in Purpose if purpose in rows}


def list_consents(
    *, person_id: UUID | None = None, email_index: bytes | None = None, limit: int = EVENTS_MAX
) -> list[ConsentRow]:
    """What a person or an address said, in the order it happened."""
    assert 0 < limit <= EVENTS_MAX
    assert person_id or email_index
    named = Q()
    if person_id:
        named |= Q(person_id=person_id)
    if email_index:
        named |= Q(email_index=email_index)
    found = models.ConsentEvent.objects.filter(named).select_related("text")
    return [_row(event) for event in found.order_by("happened_at", "id")[:limit]]


def is_suppressed(email: str) -> bool:
    """This address gets no advertising."""
    return models.Suppression.objects.filter(email_index__in=email_indexes(email)).exists()


def may_send(email: str, *, purpose: Purpose, now: datetime, covers: str = "") -> Verdict:
    """May advertising for a purpose go to this address now. Asked before every single send.

    `covers` is what the mail is about where that is not the purpose itself: a text that did not
    name it is no consent to it.
    """
    return may_send_many([email], purpose=purpose, now=now, covers=covers)[email]


def may_send_many(
    emails: Sequence[str], *, purpose: Purpose, now: datetime, covers: str = ""
) -> dict[str, Verdict]:
    """The same for a list, in three statements however long it is."""
    assert len(emails) <= EVENTS_MAX
    owner = {index: email for email in emails for index in email_indexes(email)}
    wanted = list(owner)
    last = _last_words(owner, purpose)
    suppressed = _owned(owner, models.Suppression.objects.filter(email_index__in=wanted))
    restricted = {
        owner[bytes(index)]
        for index in models.Identifier.objects.filter(
            kind=IdentifierKind.EMAIL, index__in=wanted, person__restricted_at__isnull=False
        ).values_list("index", flat=True)
    }
    return {
        email: Verdict(False, SendRefusal.RESTRICTED)
        if email in restricted
        else rules.decide(
            last.get(email, []),
            suppressed=email in suppressed,
            covers=covers or purpose.value,
            now=now,
        )
        for email in emails
    }


def _last_words(owner: Mapping[bytes, str], purpose: Purpose) -> dict[str, list[ConsentRow]]:
    """What each address said last, whichever key it was noted with."""
    events = (
        models.ConsentEvent.objects.filter(email_index__in=list(owner), purpose=purpose)
        .select_related("text")
        .order_by("email_index", "-happened_at", "-id")
        .distinct("email_index")
    )
    last: dict[str, list[ConsentRow]] = {}
    for event in sorted(events, key=lambda event: event.happened_at):
        last[owner[bytes(event.email_index)]] = [_row(event)]
    return last


def _owned(owner: Mapping[bytes, str], found: QuerySet[models.Suppression]) -> set[str]:
    return {owner[bytes(index)] for index in found.values_list("email_index", flat=True)}


def granted_purposes(events: Sequence[ConsentRow], *, now: datetime) -> frozenset[Purpose]:
    """For which purposes the last word was a grant that still counts."""
    last = {event.purpose: event for event in events}
    return frozenset(
        purpose
        for purpose, event in last.items()
        if event.action is ConsentAction.GRANT
        and (event.expires_at is None or now < event.expires_at)
    )


def find_opt_in_email(opt_in_id: UUID) -> str | None:
    """The address that waits for its confirmation."""
    found = models.OptIn.objects.filter(id=opt_in_id).first()
    return None if found is None else opened(found.email, place=EMAIL_PLACE, row=found.id)


def text_row(text: models.ConsentText) -> ConsentText:
    return ConsentText(
        purpose=Purpose(text.purpose),
        version=text.version,
        covers=tuple(text.covers),
        words=text.words,
        digest=text.digest,
    )


def _row(event: models.ConsentEvent) -> ConsentRow:
    return ConsentRow(
        id=event.id,
        person_id=event.person_id,
        purpose=Purpose(event.purpose),
        action=ConsentAction(event.action),
        version=event.text.version,
        digest=event.text.digest,
        covers=tuple(event.text.covers),
        locale=event.locale,
        place=event.place,
        channel=event.channel,
        proof=event.proof,
        happened_at=event.happened_at,
        expires_at=event.expires_at,
    )
