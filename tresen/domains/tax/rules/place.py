"""Where a sale of goods to a consumer is taxed.

Source: UStG §3(6), §3c; Directive 2006/112/EC Art. 31–33, 59c (10,000 euro), Art. 146 (export).
"""

from __future__ import annotations

from datetime import date

from tresen.domains.tax.rules.territories import area_of, is_in_union, is_outside_vat
from tresen.domains.tax.types import Place, SellerStanding, Supply, Treatment

_THRESHOLDS = ((date(2021, 7, 1), 1_000_000),)
"""From which day on which sum of sales abroad, in euro cents net, still counts as small."""


def decide_country(
    *,
    ship_from: Place,
    ship_to: Place,
    seller: SellerStanding,
    order_net_minor: int,
    at: date,
    collected: bool = False,
) -> Supply:
    """Whose tax a consumer's order carries.

    `order_net_minor` is this order in euro cents net; `collected` means fetched in the shop
    (no distance sale, counts for nothing). A sum of exactly the threshold is not beyond it; the
    sale that goes beyond is the first one taxed where it arrives.
    """
    if collected:
        return _at(ship_from, seller=seller, ship_from=ship_from)
    if _is_domestic(ship_from, ship_to):
        return _at(ship_to, seller=seller, ship_from=ship_from)
    if not (is_in_union(ship_from) and is_in_union(ship_to)):
        return Supply(
            country=ship_from.country, area=area_of(ship_from), treatment=Treatment.EXPORT
        )
    abroad = _is_taxed_on_arrival(
        ship_from, ship_to, seller=seller, order_net_minor=order_net_minor, at=at
    )
    return _at(ship_to if abroad else ship_from, seller=seller, ship_from=ship_from, counts=True)


def threshold_at(at: date) -> int:
    """The small-seller threshold in euro cents; 0 before there was one for the whole Union."""
    return next((sum_ for since, sum_ in reversed(_THRESHOLDS) if at >= since), 0)


def _is_domestic(ship_from: Place, ship_to: Place) -> bool:
    same = ship_from.country == ship_to.country or area_of(ship_from) == area_of(ship_to)
    return same and is_outside_vat(ship_from) == is_outside_vat(ship_to)


def _is_taxed_on_arrival(
    ship_from: Place, ship_to: Place, *, seller: SellerStanding, order_net_minor: int, at: date
) -> bool:
    if ship_from.country != seller.home:
        return True
    if seller.one_stop_shop or ship_to.country in seller.registered:
        return True
    threshold = threshold_at(at)
    return (
        seller.last_year_minor > threshold or seller.this_year_minor + order_net_minor > threshold
    )


def _at(place: Place, *, seller: SellerStanding, ship_from: Place, counts: bool = False) -> Supply:
    known = {seller.home} | seller.registered
    area = area_of(place)
    return Supply(
        country=area if area == "XI" else area[:2],
        area=area,
        counts=counts,
        registration_needed="" if ship_from.country in known else ship_from.country,
    )
