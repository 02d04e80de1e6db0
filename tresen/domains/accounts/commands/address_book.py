"""The address book of a shopper: a handful of addresses, one of them offered first."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands.shoppers import profile_key
from tresen.domains.accounts.models import SavedAddress, User
from tresen.domains.accounts.queries.address_book import ADDRESSES_MAX, BODY, NoSuchAddress
from tresen.domains.accounts.types import Realm, SavedPlace
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import seal_json


class BookIsFull(Refusal):
    """More addresses than a book holds."""

    code = "book_is_full"
    message = "Your address book is full. Please remove an address first."


@transaction.atomic
def save_address(
    *,
    user_id: UUID,
    person_id: UUID,
    place: SavedPlace,
    first: bool,
    now: datetime,
    address_id: UUID | None = None,
) -> UUID:
    """Add one, or change the one of that id. Raises NoSuchAddress, BookIsFull."""
    User.objects.select_for_update().get(id=user_id, realm=Realm.SHOP)
    book = SavedAddress.objects.filter(user_id=user_id)
    count = book.count()
    if address_id is None and count >= ADDRESSES_MAX:
        raise BookIsFull
    entry = (
        SavedAddress(user_id=user_id, saved_at=now)
        if address_id is None
        else book.filter(id=address_id).first()
    )
    if entry is None:
        raise NoSuchAddress
    if first or not count:
        book.update(is_first=False)
        entry.is_first = True
    entry.body = seal_json(asdict(place), key=profile_key(person_id), place=BODY, row=entry.id)
    entry.save()
    return entry.id


def remove_address(*, user_id: UUID, address_id: UUID) -> None:
    """Raises NoSuchAddress, for somebody else's as well."""
    removed, _ = SavedAddress.objects.filter(user_id=user_id, id=address_id).delete()
    if not removed:
        raise NoSuchAddress
