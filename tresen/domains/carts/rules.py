"""Decisions about carts. Pure: no database, no clock, no network."""

from __future__ import annotations

from tresen.domains.carts.types import QUANTITY_MAX
from tresen.foundation.refusals import Refusal


class BadQuantity(Refusal):
    """A quantity outside 1 … QUANTITY_MAX."""

    code = "bad_quantity"
    message = "Please choose a quantity between 1 and %(max)s."


def checked_quantity(quantity: int, *, field: str = "quantity", at_least: int = 1) -> int:
    """The quantity itself. Raises BadQuantity."""
    if not at_least <= quantity <= QUANTITY_MAX:
        raise BadQuantity(field=field, params={"max": QUANTITY_MAX})
    return quantity
