"""A shopper's address book."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from tresen.domains.accounts.models import SavedAddress
from tresen.domains.accounts.types import SavedAddressRow, SavedPlace
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import prefetch, unseal_json

ADDRESSES_MAX = 20
BODY = "accounts_saved_address.body"


class NoSuchAddress(Refusal):
    """An address that is not in this shopper's book."""

    code = "no_such_address"
    status = 404
    message = "This address is not in your address book any more."


def list_addresses_of(user_id: UUID) -> list[SavedAddressRow]:
    """The book, the one offered first at its top."""
    found = SavedAddress.objects.filter(user_id=user_id).order_by("-is_first", "saved_at", "id")
    entries = list(found[:ADDRESSES_MAX])
    prefetch(entry.body for entry in entries)
    return [_row(entry) for entry in entries]


def get_address_of(user_id: UUID, address_id: UUID) -> SavedAddressRow:
    """Raises NoSuchAddress, for somebody else's as well."""
    found = SavedAddress.objects.filter(user_id=user_id, id=address_id).first()
    if found is None:
        raise NoSuchAddress
    return _row(found)


def _row(entry: SavedAddress) -> SavedAddressRow:
    opened = unseal_json(bytes(entry.body), place=BODY, row=entry.id)
    place = SavedPlace(**cast("dict[str, str]", opened))
    return SavedAddressRow(id=entry.id, place=place, is_first=entry.is_first)
