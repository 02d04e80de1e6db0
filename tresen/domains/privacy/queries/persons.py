"""Finding people by what they are reached at."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from tresen.domains.privacy.models.persons import Identifier, Person
from tresen.domains.privacy.types.persons import IdentifierKind, PersonRow
from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.vault.normal import normal_phone
from tresen.foundation.vault.sealing import CannotOpen, blind_indexes, prefetch, unseal

VALUE = "privacy_identifier.value"
PERSONS_MAX = 200
ERASED_MAX = 20_000
PURPOSE = {kind: f"privacy.{kind.value}" for kind in IdentifierKind}
"""Each kind has fingerprints of its own: a phone number never matches an address."""


def find_person(person_id: UUID) -> PersonRow | None:
    found = Person.objects.filter(id=person_id).first()
    return _row(found) if found else None


def find_person_by_email(email: str) -> UUID | None:
    """Whose address this is."""
    indexes = email_indexes(email)
    found = Identifier.objects.filter(kind=IdentifierKind.EMAIL, index__in=indexes)
    return found.values_list("person_id", flat=True).first()


def list_persons_by_phone(number: str, *, country: str) -> list[UUID]:
    """Everybody who gave that number; a household may share one."""
    normal = normal_phone(number, country=country)
    if not normal:
        return []
    indexes = blind_indexes(normal, purpose=PURPOSE[IdentifierKind.PHONE])
    found = Identifier.objects.filter(kind=IdentifierKind.PHONE, index__in=indexes)
    return list(found.values_list("person_id", flat=True)[:PERSONS_MAX])


def email_indexes(email: str) -> list[bytes]:
    """Fingerprints of an address, newest key first."""
    return blind_indexes(mailbox_of(email), purpose=PURPOSE[IdentifierKind.EMAIL])


def list_erased_since(moment: datetime, *, limit: int = ERASED_MAX) -> list[PersonRow]:
    """Who was erased since then, oldest first."""
    found = Person.objects.filter(erased_at__gte=moment).order_by("erased_at")
    return [_row(person) for person in found[:limit]]


def list_not_erased(person_ids: Sequence[UUID]) -> list[PersonRow]:
    """Those of these persons who are still known."""
    found = Person.objects.filter(id__in=person_ids, erased_at=None)
    return [_row(person) for person in found[:ERASED_MAX]]


def list_addresses(*, after: UUID, limit: int) -> tuple[list[str], UUID | None]:
    """Addresses on file that can still be read, one batch; where to go on, None at the end."""
    found = Identifier.objects.filter(kind=IdentifierKind.EMAIL, value__isnull=False, id__gt=after)
    rows = list(found.order_by("id").values_list("id", "value")[:limit])
    prefetch(value for _, value in rows)
    addresses = []
    for row, value in rows:
        with suppress(CannotOpen):
            addresses.append(unseal(bytes(value or b""), place=VALUE, row=row).decode())
    return addresses, rows[-1][0] if len(rows) == limit else None


def _row(person: Person) -> PersonRow:
    return PersonRow(
        id=person.id,
        made_at=person.made_at,
        erased_at=person.erased_at,
        restricted_at=person.restricted_at,
    )


def find_email(person_id: UUID) -> str | None:
    """The address on file. None where there is none, or nobody can read it any more."""
    found = Identifier.objects.filter(person_id=person_id, kind=IdentifierKind.EMAIL)
    for one in found.order_by("id")[:1]:
        if one.value is not None:
            with suppress(CannotOpen):
                sealed = bytes(one.value)
                return unseal(sealed, place=VALUE, row=one.id).decode()
    return None
