"""What a price row must be before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from tresen.domains.pricing.types import NewPrice
from tresen.foundation.refusals import Refusal

AMOUNT_MAX = 10**12
"""In minor units; beyond it somebody mistook a number for a price."""
QUANTITY_MAX = 1_000_000


class BadPrice(Refusal):
    """An amount, a quantity step or days that cannot be."""

    code = "bad_price"
    message = "Please check the amount, the quantity step and the days of this price."


class WrongCurrency(Refusal):
    """A price in another currency than its list."""

    code = "wrong_currency"
    message = "This price list is in %(currency)s."


class DuplicatePrice(Refusal):
    """The same variant, step and days twice in one call."""

    code = "duplicate_price"
    message = "This price is given twice."


def check_rows(rows: Sequence[NewPrice], *, currency: str) -> None:
    """Raises BadPrice, WrongCurrency or DuplicatePrice, each naming the row."""
    seen = set()
    for place, row in enumerate(rows):
        field = f"rows[{place}]"
        if row.amount.currency != currency:
            raise WrongCurrency(field=f"{field}.amount", params={"currency": currency})
        if not 0 <= row.amount.minor <= AMOUNT_MAX:
            raise BadPrice(field=f"{field}.amount")
        if not 1 <= row.min_quantity <= QUANTITY_MAX:
            raise BadPrice(field=f"{field}.min_quantity")
        if row.valid_from and row.valid_to and row.valid_from >= row.valid_to:
            raise BadPrice(field=f"{field}.valid_to")
        key = (row.variant_id, row.min_quantity, row.valid_from, row.valid_to)
        if key in seen:
            raise DuplicatePrice(field=field)
        seen.add(key)
