"""When prices of products change by themselves: an offer begins or ends as planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from tresen.domains.catalog.types import ProjectionRow
from tresen.domains.pricing.queries import PRICES_MAX, list_price_lists, list_prices
from tresen.domains.pricing.types import PriceRow

VARIANTS_AT_ONCE: Final = 200


def next_price_moments(
    rows: Sequence[ProjectionRow], *, market: str, now: datetime
) -> dict[UUID, datetime]:
    """The next moment at which a price of a product begins or ends, if there is one."""
    lists = {row.code: row for row in list_price_lists(market=market)}
    windows = {code: [row.valid_from, row.valid_to] for code, row in lists.items()}
    owner = {variant.variant_id: row.product_id for row in rows for variant in row.variants}
    moments: dict[UUID, datetime] = {}
    for price in _prices(list(owner)):
        if price.list_code not in windows:
            continue
        planned = [price.valid_from, price.valid_to, *windows[price.list_code]]
        _note(moments, owner[price.variant_id], planned, now)
    return moments


def _prices(variant_ids: Sequence[UUID]) -> list[PriceRow]:
    """In portions: the read is bounded, and a portion that fills it is halved."""
    found: list[PriceRow] = []
    for start in range(0, len(variant_ids), VARIANTS_AT_ONCE):
        found += _portion(variant_ids[start : start + VARIANTS_AT_ONCE])
    return found


def _portion(variant_ids: Sequence[UUID]) -> list[PriceRow]:
    rows = list_prices(variant_ids)
    if len(rows) < PRICES_MAX or len(variant_ids) == 1:
        return rows
    half = len(variant_ids) // 2
    return [*_portion(variant_ids[:half]), *_portion(variant_ids[half:])]


def _note(
    moments: dict[UUID, datetime],
    product_id: UUID,
    planned: Sequence[datetime | None],
    now: datetime,
) -> None:
    ahead = [at for at in planned if at is not None and at > now]
    if ahead:
        first = min(ahead)
        moments[product_id] = min(first, moments.get(product_id, first))
