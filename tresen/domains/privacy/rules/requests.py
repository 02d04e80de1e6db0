"""How a request moves, and what it is called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tresen.domains.privacy.types.requests import (
    OPEN_STATES,
    PROVEN,
    RequestState,
    RequestWay,
)

NUMBER_DIGITS = 6
WISH_LENGTH_MAX = 4_000
ANSWER_LENGTH_MAX = 8_000


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands in the way of an erasure, each as a plain word that the pages explain."""

    open_orders: int = 0
    open_payments: int = 0
    disputes: int = 0
    holds: int = 0

    def words(self) -> tuple[str, ...]:
        """The names of those that are there."""
        return tuple(name for name in self.__slots__ if getattr(self, name))

    def __bool__(self) -> bool:
        return bool(self.words())


def number_of(count: int) -> str:
    """How a request is called in letters and on the phone."""
    return f"D{count:0{NUMBER_DIGITS}d}"


def first_state(way: RequestWay, *, identity_note: str) -> RequestState:
    """Who came by their account or the link in their mail is who they are; others are checked."""
    proven = way in PROVEN or bool(identity_note.strip())
    return RequestState.RECEIVED if proven else RequestState.UNPROVEN


def is_open(state: RequestState) -> bool:
    return state in OPEN_STATES


def may_answer(state: RequestState) -> bool:
    """No data leave before the person is proven."""
    return state in {RequestState.RECEIVED, RequestState.DEFERRED}


def detail_of(words: Collection[str]) -> str:
    """Plain words as one step's detail."""
    return ",".join(sorted(words))
