"""Small builders. Every default is boring, so that a test states only what matters."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tresen.domains.carts.commands import open_cart, put_in
from tresen.domains.carts.types import Address, CartLine, Contact

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def address(**changes: str) -> Address:
    words = {
        "name": "Erika Beispiel",
        "street": "Elbweg 7",
        "postcode": "22765",
        "city": "Hamburg",
        "country": "DE",
    }
    return Address(**words | changes)


def contact(**changes: str) -> Contact:
    return Contact(**{"email": "erika@example.com", "phone": ""} | changes)


def cart(*lines: tuple[UUID, int], channel_code: str = "web-de") -> UUID:
    cart_id = open_cart(channel_code=channel_code, locale="de", now=NOON)
    if lines:
        put_in(cart_id=cart_id, lines=[CartLine(*line) for line in lines], now=NOON)
    return cart_id
