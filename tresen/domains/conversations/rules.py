"""Decisions about letters. Pure: no database, no clock, no network."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tresen.domains.conversations.types import ABOUT_ORDERS, LetterKind
from tresen.foundation.ids import outer
from tresen.foundation.vault.classes import KeyClass

WAIT_SECONDS = (30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800)
"""How long after each refusal that may pass; then the letter has failed."""
SENDING_MAX = timedelta(minutes=5)
"""Longer than any talk with a mail server: a letter still «sending» lost its worker."""


def key_class_of(kind: LetterKind, *, now: datetime) -> str:
    """About an order it is a commercial letter, kept by year; else it ends with the profile."""
    return KeyClass.LETTER.of(now) if kind in ABOUT_ORDERS else str(KeyClass.PROFILE)


def message_id_of(letter_id: UUID, *, host: str) -> str:
    """The Message-ID of RFC 5322, fixed for the life of a letter."""
    return f"<{outer('let', letter_id)}@{host}>"


def try_again_at(*, tries: int, now: datetime) -> datetime | None:
    """When to try after that many refusals; None when it was the last try."""
    assert tries > 0
    if tries > len(WAIT_SECONDS):
        return None
    return now + timedelta(seconds=WAIT_SECONDS[tries - 1])
