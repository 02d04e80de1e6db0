"""Small builders. Every default is boring, so that a test states only what matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tresen.domains.inventory.commands import (
    allocate_stock,
    hold_stock,
    open_location,
    receive_stock,
    ship_stock,
    spread_level,
)
from tresen.domains.inventory.queries import stock_of
from tresen.domains.inventory.types import (
    Allocated,
    LocationKind,
    Need,
    NewLocation,
    Shelf,
)
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import new_id

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=15)
LAGER, ALTONA, EIMSBUETTEL = "lager", "altona", "eimsbuettel"
PLACES = [LAGER, ALTONA, EIMSBUETTEL]


def places() -> None:
    """A warehouse and two stores."""
    open_location(location=NewLocation(code=LAGER, name="Lager", kind=LocationKind.WAREHOUSE))
    for code in (ALTONA, EIMSBUETTEL):
        open_location(
            location=NewLocation(
                code=code, name=code.title(), kind=LocationKind.STORE, pickup_allowed=True
            )
        )


def stocked(*, shards: int = 1, **quantities: int) -> UUID:
    """A new variant with so many pieces at the named locations."""
    variant_id = new_id()
    for code, quantity in quantities.items():
        receive_stock(
            needs=[Need(variant_id, quantity)], location_code=code, now=NOON, actor=SYSTEM
        )
        if shards > 1:
            spread_level(variant_id=variant_id, location_code=code, shards=shards)
    return variant_id


def hold(
    cart_id: UUID,
    *needs: tuple[UUID, int],
    locations: list[str] | None = None,
    until: datetime = LATER,
    now: datetime = NOON,
) -> None:
    hold_stock(
        cart_id=cart_id,
        needs=[Need(variant_id, quantity) for variant_id, quantity in needs],
        locations=locations or PLACES,
        until=until,
        now=now,
    )


def order(
    *needs: tuple[UUID, int],
    order_id: UUID | None = None,
    cart_id: UUID | None = None,
    locations: list[str] | None = None,
    now: datetime = NOON,
) -> list[Allocated]:
    return allocate_stock(
        order_id=order_id or new_id(),
        cart_id=cart_id,
        needs=[Need(variant_id, quantity) for variant_id, quantity in needs],
        locations=locations or PLACES,
        now=now,
    )


def numbers(variant_id: UUID) -> dict[str, tuple[int, int, int]]:
    """On hand, allocated and reserved per location."""
    return {
        row.location_code: (row.on_hand, row.allocated, row.reserved)
        for row in stock_of(variant_id)
    }


def shelf(
    variant_id: UUID, code: str, *, free: int, held: int = 0, shard: int = 0, level_id: int = 0
) -> Shelf:
    return Shelf(
        level_id=level_id,
        variant_id=variant_id,
        location_code=code,
        shard=shard,
        free=free,
        held=held,
    )


def ship(order_id: UUID, *needs: tuple[UUID, int]) -> None:
    ship_stock(
        order_id=order_id,
        needs=[Need(variant_id, quantity) for variant_id, quantity in needs],
        location_code=LAGER,
        now=NOON,
        actor=SYSTEM,
    )
