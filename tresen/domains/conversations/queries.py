"""Reads. get_ raises, find_ may return None, list_ is bounded."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.conversations.models import Letter
from tresen.domains.conversations.types import LetterKind, LetterRow, LetterState

LETTERS_MAX = 200
UNSETTLED = (LetterState.HELD, LetterState.FAILED)


def list_letters_about(order_id: UUID, *, limit: int = 50) -> list[LetterRow]:
    """What was written about an order, oldest first."""
    assert 0 < limit <= LETTERS_MAX
    found = Letter.objects.filter(order_id=order_id).order_by("queued_at", "id")
    return [_row(letter) for letter in found.defer("recipient", "payload")[:limit]]


def list_unsettled_letters(*, limit: int = 50) -> list[LetterRow]:
    """Held and failed ones, oldest first: a person has to look."""
    assert 0 < limit <= LETTERS_MAX
    found = Letter.objects.filter(state__in=UNSETTLED).order_by("queued_at", "id")
    return [_row(letter) for letter in found.defer("recipient", "payload")[:limit]]


def count_unsettled_letters() -> int:
    return Letter.objects.filter(state__in=UNSETTLED).count()


def list_letters_to(person_id: UUID, *, limit: int = 50) -> list[LetterRow]:
    """What was written to a person, newest first."""
    assert 0 < limit <= LETTERS_MAX
    found = Letter.objects.filter(person_id=person_id).order_by("-queued_at", "-id")
    return [_row(letter) for letter in found.defer("recipient", "payload")[:limit]]


def _row(letter: Letter) -> LetterRow:
    return LetterRow(
        id=letter.id,
        key=letter.key,
        kind=LetterKind(letter.kind),
        locale=letter.locale,
        state=LetterState(letter.state),
        order_id=letter.order_id,
        tries=letter.tries,
        error=letter.error,
        queued_at=letter.queued_at,
        sent_at=letter.sent_at,
    )
