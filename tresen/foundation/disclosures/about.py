"""Whose data a call is about, where only the caller of the caller knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_PERSON: ContextVar[UUID | None] = ContextVar("about_person", default=None)


@contextmanager
def about(person_id: UUID | None) -> Iterator[None]:
    """What leaves inside is noted as being about that person."""
    token = _PERSON.set(person_id)
    try:
        yield
    finally:
        _PERSON.reset(token)


def person_in_question() -> UUID | None:
    return _PERSON.get()
