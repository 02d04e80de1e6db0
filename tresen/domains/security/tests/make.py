"""Deeds to seal, and the moments at which it happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tresen.domains.security.commands import seal_deeds
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record, record_read

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
WIEBKE = Actor("staff", UUID(int=7), session="ses_wiebke")
JONAS = Actor("staff", UUID(int=8), session="ses_jonas")
HANNE, PIET = UUID(int=11), UUID(int=12)
MINUTE = timedelta(minutes=1)


def a_deed(number: int = 1, *, now: datetime = NOON, actor: Actor = WIEBKE) -> UUID:
    """A refund to Hanne."""
    return record(
        Deed(
            action="order.refund",
            actor=actor,
            object_kind="order",
            object_id=str(number),
            persons=(HANNE,),
            before={"refunded": 0},
            after={"refunded": number},
            note=f"refund {number}",
        ),
        now=now,
    )


def a_read(*persons: UUID, now: datetime = NOON, actor: Actor = WIEBKE) -> UUID:
    """A list of people was looked at."""
    return record_read(
        action="orders.list", actor=actor, persons=persons, fields=("name", "email"), now=now
    )


def a_chain(*, seals: int, deeds: int, begin: datetime = NOON) -> list[UUID]:
    """So many seals over so many deeds each, a minute apart."""
    ids = []
    for at in range(seals):
        now = begin + at * MINUTE
        ids += [
            a_deed(at * deeds + number, now=now + timedelta(milliseconds=number))
            for number in range(deeds)
        ]
        assert seal_deeds(now=now + timedelta(seconds=30)) == deeds
    return ids
