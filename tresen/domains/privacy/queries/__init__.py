"""Reads, by noun. get_ raises, find_ may return None, list_ is bounded, ask_ is on its way."""

from tresen.domains.privacy.queries.persons import (
    email_indexes,
    find_person,
    find_person_by_email,
    list_addresses,
    list_persons_by_phone,
)

__all__ = [
    "email_indexes",
    "find_person",
    "find_person_by_email",
    "list_addresses",
    "list_persons_by_phone",
]
