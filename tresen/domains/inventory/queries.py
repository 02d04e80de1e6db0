"""Reads. get_ raises, find_ may be None, list_ is bounded; ask_ is one statement on its way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.inventory.models import Location
from tresen.domains.inventory.types import (
    SELLABLE,
    Allocated,
    Cause,
    Claim,
    Drift,
    LevelRow,
    LocationKind,
    LocationRow,
    MovementRow,
    Reason,
)
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal

LOCATIONS_MAX = 500
CLAIMS_MAX = 500
MOVEMENTS_MAX = 200
DRIFTS_MAX = 1_000

Stores = Collection[str] | None
"""Codes of the stores whose shelves, and those of the house, are asked for; None: all of them."""

_KEEPING = frozenset({LocationKind.WAREHOUSE, LocationKind.STORE, LocationKind.TRANSIT})
_SELLABLE = ", ".join(f"'{kind}'" for kind in sorted(SELLABLE))
"""In the statement's text: as a parameter it would be planned anew for each call."""

# Arrays behind a SELECT look alike for every call, so that one plan serves all of them.
_AVAILABLE = """
SELECT l.variant_id,<place>
  sum(l.on_hand - l.allocated - l.reserved + CASE WHEN l.reserved = 0 THEN 0
  ELSE coalesce((SELECT sum(h.quantity) FROM inventory_hold h WHERE h.level_id = l.id
    AND (h.until <= coalesce(%s::timestamptz, now()) OR h.cart_id = %s)), 0) END)
FROM inventory_level l
"""
_BY_PLACE = (
    _AVAILABLE.replace("<place>", " l.location_id,")
    + f"""
JOIN inventory_location p ON p.code = l.location_id AND p.kind IN ({_SELLABLE})
WHERE l.variant_id = ANY(ARRAY(SELECT unnest((SELECT %s::uuid[])))) GROUP BY 1, 2
"""
)
_AVAILABLE = _AVAILABLE.replace("<place>", "")
_AVAILABLE_ANYWHERE = (
    _AVAILABLE
    + f"""
JOIN inventory_location p ON p.code = l.location_id AND p.kind IN ({_SELLABLE})
WHERE l.variant_id = ANY(ARRAY(SELECT unnest((SELECT %s::uuid[])))) GROUP BY l.variant_id
"""
)
_AVAILABLE_AT = (
    _AVAILABLE
    + """
WHERE l.location_id = ANY(ARRAY(SELECT unnest((SELECT %s::text[]))))
  AND l.variant_id = ANY(ARRAY(SELECT unnest((SELECT %s::uuid[])))) GROUP BY l.variant_id
"""
)
_LEVELS = """
SELECT l.variant_id, p.code, p.name, p.kind, sum(l.on_hand), sum(l.allocated), sum(l.reserved),
  greatest(count(*) FILTER (WHERE l.spread AND l.shard > 0), 1)
FROM inventory_level l JOIN inventory_location p ON p.code = l.location_id
WHERE l.variant_id = ANY(%s::uuid[])
<mine>GROUP BY l.variant_id, p.code ORDER BY l.variant_id, p.priority, p.code
"""
_CLAIMS = """
SELECT l.variant_id, l.location_id, c.quantity, c.order_id, c.cart_id, c.until
FROM (
  SELECT level_id, quantity, order_id, NULL::uuid AS cart_id, NULL::timestamptz AS until, made_at
  FROM inventory_allocation
  UNION ALL SELECT level_id, quantity, NULL, cart_id, until, until FROM inventory_hold
) c JOIN inventory_level l ON l.id = c.level_id
JOIN inventory_location p ON p.code = l.location_id
WHERE l.variant_id = %s
<mine>ORDER BY c.order_id IS NULL, c.made_at, c.order_id, c.cart_id LIMIT %s
"""
_PLACE_IS_MINE = "AND (p.store_code = '' OR p.store_code = ANY(%s::text[]))\n"
_BOTH_ENDS_ARE_MINE = """AND NOT EXISTS (SELECT FROM inventory_location p
  WHERE p.code IN (from_location_id, to_location_id) AND p.store_code <> ''
    AND p.store_code <> ALL(%s::text[]))
"""
_ALLOCATIONS = """
SELECT l.variant_id, l.location_id, sum(a.quantity)
FROM inventory_allocation a JOIN inventory_level l ON l.id = a.level_id
WHERE a.order_id = %s GROUP BY 1, 2 ORDER BY 1, 2
"""
_MOVEMENTS = """
SELECT id, variant_id, from_location_id, to_location_id, quantity, reason, cause_kind, cause_id,
  actor, moved_at
FROM inventory_movement
WHERE variant_id = %s AND (%s::bigint IS NULL OR id < %s)
<mine>ORDER BY id DESC LIMIT %s
"""
_DRIFT = """
WITH level AS (
  SELECT variant_id, location_id, sum(on_hand) AS on_hand, sum(allocated) AS allocated,
    sum(reserved) AS reserved
  FROM inventory_level GROUP BY 1, 2
), moved AS (
  SELECT variant_id, location_id, sum(quantity) AS quantity FROM (
    SELECT variant_id, to_location_id AS location_id, quantity FROM inventory_movement
    UNION ALL SELECT variant_id, from_location_id, -quantity FROM inventory_movement
  ) AS both_ways JOIN inventory_location p ON p.code = location_id AND p.kind = ANY(%s::text[])
  GROUP BY 1, 2
), promised AS (
  SELECT l.variant_id, l.location_id, sum(a.quantity) AS quantity
  FROM inventory_allocation a JOIN inventory_level l ON l.id = a.level_id GROUP BY 1, 2
), held AS (
  SELECT l.variant_id, l.location_id, sum(h.quantity) AS quantity
  FROM inventory_hold h JOIN inventory_level l ON l.id = h.level_id GROUP BY 1, 2
)
SELECT variant_id, location_id, coalesce(l.on_hand, 0), coalesce(m.quantity, 0),
  coalesce(l.allocated, 0), coalesce(p.quantity, 0), coalesce(l.reserved, 0),
  coalesce(h.quantity, 0)
FROM level l FULL JOIN moved m USING (variant_id, location_id)
LEFT JOIN promised p USING (variant_id, location_id)
LEFT JOIN held h USING (variant_id, location_id)
WHERE (coalesce(l.on_hand, 0), coalesce(l.allocated, 0), coalesce(l.reserved, 0))
  IS DISTINCT FROM (coalesce(m.quantity, 0), coalesce(p.quantity, 0), coalesce(h.quantity, 0))
ORDER BY 1, 2 LIMIT %s
"""


class NoSuchLocation(Refusal):
    """No location of that code, or one where no goods can lie."""

    code = "no_such_location"
    status = 404
    message = "There is no place «%(code)s» where goods can lie."


def ask_availability(
    variant_ids: Sequence[UUID],
    *,
    locations: Sequence[str] | None,
    cart_id: UUID | None = None,
    now: datetime | None = None,
) -> sql.Asked[dict[UUID, int]]:
    """How many pieces of each may be sold now, at these locations or at all sellable ones.

    Expired holds count as free, and so do those of `cart_id`: this is what that cart may have.
    `now` defaults to the database's clock. A variant without stock is 0.
    """
    wanted = list(variant_ids)

    def shape(found: list[sql.Row]) -> dict[UUID, int]:
        return dict.fromkeys(wanted, 0) | {
            cast("UUID", variant_id): int(str(pieces)) for variant_id, pieces in found
        }

    if locations is None:
        return sql.ask(_AVAILABLE_ANYWHERE, (now, cart_id, wanted), shape=shape)
    return sql.ask(_AVAILABLE_AT, (now, cart_id, list(locations), wanted), shape=shape)


def ask_stock_by_place(
    variant_ids: Sequence[UUID], *, cart_id: UUID | None, now: datetime
) -> sql.Asked[dict[UUID, dict[str, int]]]:
    """The same by sellable location: what a cart may have of each variant, and where it lies."""
    wanted = list(variant_ids)

    def shape(found: list[sql.Row]) -> dict[UUID, dict[str, int]]:
        places: dict[UUID, dict[str, int]] = {variant_id: {} for variant_id in wanted}
        for variant_id, location, pieces in cast("list[tuple[UUID, str, int]]", found):
            places[variant_id][location] = int(str(pieces))
        return places

    return sql.ask(_BY_PLACE, (now, cart_id, wanted), shape=shape)


def stock_of(variant_id: UUID, *, stores: Stores = None) -> list[LevelRow]:
    """What lies where, per location."""
    return list_levels([variant_id], stores=stores)


def list_levels(variant_ids: Sequence[UUID], *, stores: Stores = None) -> list[LevelRow]:
    """What lies where of these variants; by variant, then by the locations' priority."""
    statement, mine = _narrowed(_LEVELS, _PLACE_IS_MINE, stores)
    return [_level(row) for row in sql.rows(statement, (list(variant_ids), *mine))]


def list_claims(variant_id: UUID, *, stores: Stores = None, limit: int = CLAIMS_MAX) -> list[Claim]:
    """For whom pieces of a variant are kept: orders first, the oldest first, then carts."""
    statement, mine = _narrowed(_CLAIMS, _PLACE_IS_MINE, stores)
    found = sql.rows(statement, (variant_id, *mine, min(limit, CLAIMS_MAX)))
    return [_claim(row) for row in found]


def list_allocations(order_id: UUID) -> list[Allocated]:
    """What is still kept for an order, and where."""
    return [
        Allocated(cast("UUID", variant_id), str(code), int(str(quantity)))
        for variant_id, code, quantity in sql.rows(_ALLOCATIONS, (order_id,))
    ]


def list_movements(
    variant_id: UUID, *, stores: Stores = None, before: int | None = None, limit: int = 50
) -> list[MovementRow]:
    """The ledger of a variant, the newest first; `before` is the id to go on from."""
    statement, mine = _narrowed(_MOVEMENTS, _BOTH_ENDS_ARE_MINE, stores)
    page = (variant_id, before, before, *mine, min(limit, MOVEMENTS_MAX))
    found = sql.rows(statement, page)
    return [_movement(row) for row in found]


def list_locations(*, beyond: bool = False, stores: Stores = None) -> list[LocationRow]:
    """Where goods lie, by priority; with `beyond` also supplier, customer and loss."""
    found = Location.objects.order_by("priority", "code")
    if stores is not None:
        found = found.filter(store_code__in=["", *stores])
    if not beyond:
        found = found.filter(kind__in=_KEEPING).exclude(code="transit")
    return [_location(place) for place in found[:LOCATIONS_MAX]]


def get_location(code: str) -> LocationRow:
    """The location of that code. Raises NoSuchLocation."""
    found = Location.objects.filter(code=code).first()
    if found is None:
        raise NoSuchLocation(field="location", params={"code": code[:40]})
    return _location(found)


def check_keeps_goods(*codes: str) -> None:
    """Goods can lie at each of these locations. Raises NoSuchLocation."""
    known = set(
        Location.objects.filter(code__in=codes, kind__in=_KEEPING).values_list("code", flat=True)
    )
    for code in codes:
        if code not in known:
            raise NoSuchLocation(field="location", params={"code": code[:40]})


def find_drift(*, limit: int = DRIFTS_MAX) -> list[Drift]:
    """Levels that do not equal the sums of their ledgers: never any, unless somebody meddled."""
    kinds = sorted(kind.value for kind in _KEEPING)
    return [_drift(row) for row in sql.rows(_DRIFT, (kinds, min(limit, DRIFTS_MAX)))]


def _narrowed(statement: str, condition: str, stores: Stores) -> tuple[str, tuple[list[str], ...]]:
    """The statement with its condition where it is wanted, and the condition's parameters."""
    if stores is None:
        return statement.replace("<mine>", ""), ()
    shown = [list(stores)] * condition.count("%s")
    return statement.replace("<mine>", condition), tuple(shown)


def _level(row: sql.Row) -> LevelRow:
    variant_id, code, name, kind, on_hand, allocated, reserved, shards = row
    return LevelRow(
        variant_id=cast("UUID", variant_id),
        location_code=str(code),
        location_name=str(name),
        kind=LocationKind(str(kind)),
        on_hand=int(str(on_hand)),
        allocated=int(str(allocated)),
        reserved=int(str(reserved)),
        shards=int(str(shards)),
    )


def _claim(row: sql.Row) -> Claim:
    variant_id, code, quantity, order_id, cart_id, until = row
    return Claim(
        variant_id=cast("UUID", variant_id),
        location_code=str(code),
        quantity=int(str(quantity)),
        order_id=cast("UUID | None", order_id),
        cart_id=cast("UUID | None", cart_id),
        until=cast("datetime | None", until),
    )


def _movement(row: sql.Row) -> MovementRow:
    identity, variant_id, from_code, to_code, quantity, reason, kind, cause_id, actor, at = row
    return MovementRow(
        id=int(str(identity)),
        variant_id=cast("UUID", variant_id),
        from_code=str(from_code),
        to_code=str(to_code),
        quantity=int(str(quantity)),
        reason=Reason(str(reason)),
        cause=Cause(kind=str(kind), id=cast("UUID | None", cause_id)),
        actor=str(actor),
        moved_at=cast("datetime", at),
    )


def _location(place: Location) -> LocationRow:
    hours = cast("dict[str, list[str]]", place.opening_hours)
    return LocationRow(
        code=place.code,
        name=place.name,
        kind=LocationKind(place.kind),
        pickup_allowed=place.pickup_allowed,
        priority=place.priority,
        street=place.street,
        postcode=place.postcode,
        city=place.city,
        country=place.country,
        store_code=place.store_code,
        opening_hours={int(day): (span[0], span[1]) for day, span in hours.items()},
    )


def _drift(row: sql.Row) -> Drift:
    numbers = [int(str(number)) for number in row[2:]]
    return Drift(
        variant_id=cast("UUID", row[0]),
        location_code=str(row[1]),
        on_hand=numbers[0],
        moved=numbers[1],
        allocated=numbers[2],
        promised=numbers[3],
        reserved=numbers[4],
        held=numbers[5],
    )
