"""Opening locations, and spreading a hot article over several rows of a location."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.inventory import rules
from tresen.domains.inventory.commands.ledger import Row, lock_rows
from tresen.domains.inventory.models import Location
from tresen.domains.inventory.types import (
    CUSTOMER,
    LOSS,
    SUPPLIER,
    TRANSIT,
    LocationKind,
    NewLocation,
)
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal

BEYOND = {
    SUPPLIER: LocationKind.SUPPLIER,
    CUSTOMER: LocationKind.CUSTOMER,
    LOSS: LocationKind.LOSS,
    TRANSIT: LocationKind.TRANSIT,
}
"""The locations outside our walls. The first migration makes them, too."""

_SPREAD = """
INSERT INTO inventory_level (variant_id, location_id, shard, spread, on_hand, allocated, reserved)
SELECT %s, %s, p.shard, %s, p.on_hand, 0, 0
FROM unnest(%s::int[], %s::int[]) AS p (shard, on_hand)
ON CONFLICT (variant_id, location_id, shard)
DO UPDATE SET on_hand = EXCLUDED.on_hand, spread = EXCLUDED.spread
"""


class BadShards(Refusal):
    """A number of shards that makes no sense."""

    code = "bad_shards"
    message = "Please give a number of shards between 1 and %(most)s."


def open_location(*, location: NewLocation) -> None:
    """A new location, or the one of that code brought up to date."""
    Location.objects.update_or_create(
        code=location.code,
        defaults={
            "name": location.name,
            "kind": location.kind.value,
            "pickup_allowed": location.pickup_allowed,
            "priority": location.priority,
            "street": location.street,
            "postcode": location.postcode,
            "city": location.city,
            "country": location.country,
            "opening_hours": {
                str(day): list(hours) for day, hours in location.opening_hours.items()
            },
            "store_code": location.store_code,
        },
    )
    Location.objects.bulk_create(
        [Location(code=code, name=code, kind=kind.value) for code, kind in BEYOND.items()],
        ignore_conflicts=True,
    )


def spread_level(*, variant_id: UUID, location_code: str, shards: int) -> None:
    """Spread the free pieces of a hot article over so many rows; 1 gathers them again.

    Claims stay on their rows. For a moment no other stock is written, as the order in which
    rows are locked changes here. Run it alone in its transaction. Raises BadShards.
    """
    if not 1 <= shards <= rules.SHARDS_MAX:
        raise BadShards(field="shards", params={"most": rules.SHARDS_MAX})
    sql.run("LOCK TABLE inventory_level IN EXCLUSIVE MODE")
    found = lock_rows(variant_ids=[variant_id], locations=[location_code])
    rows = {row.shard: row for row in found.get((variant_id, location_code), [])}
    free = sum(row.free for row in rows.values())
    targets = [0] if shards == 1 else list(range(1, shards + 1))
    shares = dict(zip(targets, rules.spread_evenly(free, over=len(targets)), strict=True))
    touched = sorted({0, *targets, *rows})
    on_hand = [shares.get(shard, 0) + _claimed(rows.get(shard)) for shard in touched]
    sql.run(_SPREAD, (variant_id, location_code, shards > 1, touched, on_hand))


def _claimed(row: Row | None) -> int:
    return row.allocated + row.reserved if row else 0
