"""Reads. get_ raises, find_ may be None, list_ is bounded; ask_ is one statement on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.pricing.models import Price, PriceList
from tresen.domains.pricing.types import (
    Audience,
    PriceChange,
    PriceListRow,
    PriceRow,
    ReductionKind,
    ReductionRow,
    UnitPrice,
)
from tresen.foundation import sql
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal

LISTS_MAX = 500
PRICES_MAX = 1_000
CHANGES_MAX = 500

# Arrays behind a SELECT look alike for every call, so that one plan serves all of them.
_PRICES = """
SELECT c.variant_id, c.amount_minor, c.currency, c.code, CASE WHEN c.may_be_reduced THEN (
  SELECT r.reference_minor FROM pricing_reduction r
  WHERE r.variant_id = c.variant_id AND r.market_id = c.market_id AND r.currency = c.currency
    AND r.reference_minor > c.amount_minor
    AND r.began_at <= c.moment AND (r.ends_at IS NULL OR r.ends_at > c.moment)
  LIMIT 1) END
FROM (
  SELECT DISTINCT ON (w.variant_id) w.variant_id, p.amount_minor, l.currency, l.code,
    l.market_id, a.moment, p.min_quantity = 1 AND l.audience = 'everyone' AS may_be_reduced
  FROM (SELECT %s::timestamptz AS moment) a
  CROSS JOIN unnest((SELECT %s::uuid[]), (SELECT %s::int[])) AS w (variant_id, quantity)
  JOIN pricing_price p ON p.variant_id = w.variant_id AND p.min_quantity <= w.quantity
    AND (p.valid_from IS NULL OR p.valid_from <= a.moment)
    AND (p.valid_to IS NULL OR p.valid_to > a.moment)
  JOIN pricing_price_list l ON l.code = p.price_list_id
    AND l.market_id = %s AND l.audience = ANY(ARRAY(SELECT unnest(%s::text[])))
    AND (l.valid_from IS NULL OR l.valid_from <= a.moment)
    AND (l.valid_to IS NULL OR l.valid_to > a.moment)
  ORDER BY w.variant_id, l.priority DESC, p.min_quantity DESC, p.valid_to IS NULL,
    p.valid_from DESC NULLS LAST, p.id
) c
"""
_COLUMNS = """
  c.variant_id, c.price_list_id, l.priority, l.valid_from, l.valid_to, c.valid_from,
  c.valid_to, c.amount_minor, l.currency, c.changed_at, c.actor, c.min_quantity
"""
_CHANGES = """
SELECT <columns>
FROM pricing_price_list l JOIN LATERAL (
  (SELECT * FROM pricing_price_change c WHERE c.variant_id = ANY(%s::uuid[])
    AND c.price_list_id = l.code AND c.min_quantity = 1 AND c.changed_at > %s)
  UNION ALL
  (SELECT DISTINCT ON (variant_id, valid_from, valid_to) * FROM pricing_price_change c
    WHERE c.variant_id = ANY(%s::uuid[]) AND c.price_list_id = l.code AND c.min_quantity = 1
    AND c.changed_at <= %s
    ORDER BY variant_id, valid_from, valid_to, changed_at DESC, id DESC)
) c ON true
WHERE l.market_id = %s AND l.audience = 'everyone'
ORDER BY c.variant_id, c.changed_at, c.id
""".replace("<columns>", _COLUMNS)
_HISTORY = """
SELECT <columns>
FROM pricing_price_change c JOIN pricing_price_list l ON l.code = c.price_list_id
WHERE c.variant_id = %s ORDER BY c.changed_at DESC, c.id DESC LIMIT %s
""".replace("<columns>", _COLUMNS)
_REDUCTIONS = """
SELECT id, variant_id, market_id, kind, reference_minor, currency, began_at, ends_at
FROM pricing_reduction
WHERE variant_id = ANY(%s::uuid[]) AND market_id = %s AND (ends_at IS NULL OR ends_at > %s)
ORDER BY variant_id, began_at
"""


class NoSuchPriceList(Refusal):
    """No price list of that code."""

    code = "no_such_price_list"
    status = 404
    message = "There is no price list «%(code)s»."


def ask_prices(
    wanted: Sequence[tuple[UUID, int]],
    *,
    market: str,
    at: datetime,
    audience: Audience = Audience.EVERYONE,
) -> sql.Asked[dict[UUID, UnitPrice]]:
    """What one piece of each variant costs when so many are bought: (variant, quantity).

    The valid list of the greatest priority counts; in it the greatest quantity step that is
    reached, an offer with an end before a standing price, then the one that began last.
    Businesses are served from their own lists and everyone's. A variant without a price is
    left out.
    """
    audiences = sorted({Audience.EVERYONE.value, audience.value})
    variants = [variant_id for variant_id, _ in wanted]
    quantities = [quantity for _, quantity in wanted]
    params = (at, variants, quantities, market, audiences)
    return sql.ask(_PRICES, params, shape=_unit_prices)


def prices(
    wanted: Sequence[tuple[UUID, int]], *, market: str, at: datetime
) -> dict[UUID, UnitPrice]:
    """The same as ask_prices, at once."""
    return ask_prices(wanted, market=market, at=at).answer()


def list_price_lists(*, market: str = "") -> list[PriceListRow]:
    """Price lists of a market, or all; the greatest priority first."""
    found = PriceList.objects.order_by("market_id", "-priority", "code")
    if market:
        found = found.filter(market_id=market)
    return [_list(each) for each in found[:LISTS_MAX]]


def get_price_list(code: str) -> PriceListRow:
    """The list of that code. Raises NoSuchPriceList."""
    found = PriceList.objects.filter(code=code).first()
    if found is None:
        raise NoSuchPriceList(field="price_list", params={"code": code[:40]})
    return _list(found)


def list_prices(variant_ids: Sequence[UUID]) -> list[PriceRow]:
    """All prices of these variants in all lists, for the back office."""
    found = Price.objects.select_related("price_list").filter(variant_id__in=variant_ids)
    ordered = found.order_by("variant_id", "price_list_id", "min_quantity", "valid_from", "id")
    return [
        PriceRow(
            variant_id=price.variant_id,
            list_code=price.price_list_id,
            amount=Money(price.amount_minor, price.price_list.currency),
            min_quantity=price.min_quantity,
            valid_from=price.valid_from,
            valid_to=price.valid_to,
        )
        for price in ordered[:PRICES_MAX]
    ]


def list_price_changes(variant_id: UUID, *, limit: int = 50) -> list[PriceChange]:
    """The history of a variant's prices, the newest first."""
    return [_change(row) for row in sql.rows(_HISTORY, (variant_id, min(limit, CHANGES_MAX)))]


def changes_since(
    variant_ids: Sequence[UUID], *, market: str, since: datetime
) -> dict[UUID, list[PriceChange]]:
    """What is needed to read consumers' prices from `since` on: what stood then, what came after.

    Only single pieces and lists for everyone; per variant in the order of the changes.
    """
    variants = list(variant_ids)
    found = sql.rows(_CHANGES, (variants, since, variants, since, market))
    changes: dict[UUID, list[PriceChange]] = {variant_id: [] for variant_id in variants}
    for change in map(_change, found):
        changes[change.variant_id].append(change)
    return changes


def list_reductions(
    variant_ids: Sequence[UUID], *, market: str, at: datetime
) -> list[ReductionRow]:
    """Announced reductions of these variants that run at that moment or are still to come."""
    found = sql.rows(_REDUCTIONS, (list(variant_ids), market, at))
    return [_reduction(row) for row in found]


def _unit_prices(found: list[sql.Row]) -> dict[UUID, UnitPrice]:
    rows = cast("list[tuple[UUID, int, str, str, int | None]]", found)
    return {
        variant_id: UnitPrice(
            variant_id=variant_id,
            amount=Money(minor, currency),
            reference=None if reference is None else Money(reference, currency),
            list_code=code,
        )
        for variant_id, minor, currency, code, reference in rows
    }


def _list(found: PriceList) -> PriceListRow:
    return PriceListRow(
        code=found.code,
        name=found.name,
        market=found.market_id,
        currency=found.currency,
        audience=Audience(found.audience),
        priority=found.priority,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
    )


def _change(row: sql.Row) -> PriceChange:
    variant_id, code, priority, list_from, list_to, valid_from, valid_to, *rest = row
    minor, currency, changed_at, actor, min_quantity = rest
    return PriceChange(
        variant_id=cast("UUID", variant_id),
        list_code=str(code),
        priority=cast("int", priority),
        list_from=cast("datetime | None", list_from),
        list_to=cast("datetime | None", list_to),
        valid_from=cast("datetime | None", valid_from),
        valid_to=cast("datetime | None", valid_to),
        amount=None if minor is None else Money(cast("int", minor), str(currency)),
        changed_at=cast("datetime", changed_at),
        actor=str(actor),
        min_quantity=cast("int", min_quantity),
    )


def _reduction(row: sql.Row) -> ReductionRow:
    identity, variant_id, market, kind, minor, currency, began_at, ends_at = row
    return ReductionRow(
        id=cast("int", identity),
        variant_id=cast("UUID", variant_id),
        market=str(market),
        kind=ReductionKind(str(kind)),
        reference=Money(cast("int", minor), str(currency)),
        began_at=cast("datetime", began_at),
        ends_at=cast("datetime | None", ends_at),
    )
