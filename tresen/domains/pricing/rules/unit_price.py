"""The Grundpreis: what a kilogram, a litre, a metre or a square metre costs (PAngV 2022 §4, §5)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tresen.domains.pricing.types import UnitPriceShown
from tresen.foundation.money import Money

_LARGE = {
    "g": ("kg", 1000),
    "ml": ("l", 1000),
    "m": ("m", 1),
    "m2": ("m2", 1),
    "m3": ("m3", 1),
}
_EXEMPT_BELOW = {"g": Decimal(10), "ml": Decimal(10)}


def unit_price_of(
    price: Money, *, content_amount: Decimal | None, content_unit: str, pieces: int = 1
) -> UnitPriceShown | None:
    """The price of one kg, l, m, m2 or m3, half-up; None where none is to be shown.

    `content_amount` is what one piece holds in `content_unit` (g, ml, m, m2, m3): the drained
    weight where there is one, without any deposit in `price`. `price` is for all `pieces`
    together (six bottles, «3 for 2»). Less than 10 g or 10 ml in all needs none (§4(3) Nr. 1);
    assortments, colouring cosmetics and the other exemptions carry no content at all.
    """
    assert pieces > 0
    if content_amount is None or content_amount <= 0 or content_unit not in _LARGE:
        return None
    content = content_amount * pieces
    if content < _EXEMPT_BELOW.get(content_unit, Decimal(0)):
        return None
    unit, size = _LARGE[content_unit]
    minor = (Decimal(price.minor) * size / content).quantize(Decimal(1), ROUND_HALF_UP)
    amount = Money(int(minor), price.currency)
    return UnitPriceShown(amount=amount, unit=unit, may_be_omitted=amount == price)
