"""Decisions about stock. Pure: no database, no clock, no network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from tresen.domains.inventory.types import Allocated, Need, Part, Shelf
from tresen.foundation.refusals import Refusal

SHARDS_MAX = 64
QUANTITY_MAX = 1_000_000


class OutOfStock(Refusal):
    """There is not enough of an article where it may be taken from."""

    code = "out_of_stock"
    status = 409
    message = "There are only %(available)s of this article left."

    def __init__(self, *, variant_id: UUID, available: int) -> None:
        super().__init__(field="lines", params={"available": available})
        self.variant_id = variant_id
        self.available = available


class BadStockQuantity(Refusal):
    """A number of pieces that is not one, or beyond reason."""

    code = "bad_stock_quantity"
    message = "Please give a whole number of pieces between 1 and %(most)s."

    def __init__(self, *, field: str = "quantity") -> None:
        super().__init__(field=field, params={"most": QUANTITY_MAX})


def merged(needs: Iterable[Need]) -> dict[UUID, int]:
    """Pieces per variant, each variant once, in the order of their ids. Raises BadStockQuantity."""
    sums: dict[UUID, int] = {}
    for need in needs:
        if not 0 < need.quantity <= QUANTITY_MAX:
            raise BadStockQuantity
        sums[need.variant_id] = sums.get(need.variant_id, 0) + need.quantity
    return dict(sorted(sums.items()))


def plan(
    needs: Mapping[UUID, int], *, shelves: Sequence[Shelf], locations: Sequence[str]
) -> list[Part]:
    """From which level rows to take what is needed.

    The first location that has everything serves everything. Where none has, the one that has
    most of what is still missing comes next (of equals the earlier in `locations`), and so on:
    few parcels, and a result that depends on nothing but its input. Pieces that are already
    held for this buyer are taken first. Raises OutOfStock for the first variant that is short.
    """
    usable = [shelf for shelf in shelves if shelf.location_code in locations]
    stock = _by_place(usable)
    for variant_id, quantity in needs.items():
        available = sum(stock.get((place, variant_id), 0) for place in locations)
        if available < quantity:
            raise OutOfStock(variant_id=variant_id, available=available)
    missing, places, parts = dict(needs), list(locations), list[Part]()
    while missing:
        place = max(places, key=lambda code: _served(missing, stock, code))
        places.remove(place)
        served = {
            variant_id: min(quantity, stock.get((place, variant_id), 0))
            for variant_id, quantity in missing.items()
        }
        parts += _parts(served, [shelf for shelf in usable if shelf.location_code == place])
        missing = {
            variant_id: quantity - served[variant_id]
            for variant_id, quantity in missing.items()
            if quantity > served[variant_id]
        }
    return parts


def allocated_of(parts: Iterable[Part]) -> list[Allocated]:
    """The parts as an order sees them: per variant and location, in that order."""
    sums: dict[tuple[UUID, str], int] = {}
    for part in parts:
        place = (part.variant_id, part.location_code)
        sums[place] = sums.get(place, 0) + part.quantity
    return [
        Allocated(variant_id, code, quantity)
        for (variant_id, code), quantity in sorted(sums.items())
    ]


def is_just_what_was_held(parts: Sequence[Part], *, shelves: Sequence[Shelf]) -> bool:
    """Whether the parts are the held pieces, no more and no less, location for location."""
    held: dict[tuple[UUID, str], int] = {}
    for shelf in shelves:
        if shelf.held:
            place = (shelf.variant_id, shelf.location_code)
            held[place] = held.get(place, 0) + shelf.held
    taken = {(each.variant_id, each.location_code): each.quantity for each in allocated_of(parts)}
    return taken == held


def spread_evenly(quantity: int, *, over: int) -> list[int]:
    """A quantity in so many nearly equal shares, the greater ones first."""
    share, rest = divmod(quantity, over)
    return [share + 1] * rest + [share] * (over - rest)


def _by_place(shelves: Iterable[Shelf]) -> dict[tuple[str, UUID], int]:
    stock: dict[tuple[str, UUID], int] = {}
    for shelf in shelves:
        place = (shelf.location_code, shelf.variant_id)
        stock[place] = stock.get(place, 0) + shelf.reachable
    return stock


def _served(missing: Mapping[UUID, int], stock: Mapping[tuple[str, UUID], int], code: str) -> int:
    return sum(
        min(quantity, stock.get((code, variant_id), 0)) for variant_id, quantity in missing.items()
    )


def _parts(served: Mapping[UUID, int], shelves: Sequence[Shelf]) -> list[Part]:
    parts: list[Part] = []
    fullest_first = sorted(shelves, key=lambda s: (-s.held, -s.reachable, s.shard))
    for variant_id, quantity in served.items():
        missing = quantity
        for shelf in fullest_first:
            taken = min(missing, shelf.reachable) if shelf.variant_id == variant_id else 0
            if taken:
                parts.append(
                    Part(
                        level_id=shelf.level_id,
                        variant_id=variant_id,
                        location_code=shelf.location_code,
                        quantity=taken,
                    )
                )
                missing -= taken
    return parts
