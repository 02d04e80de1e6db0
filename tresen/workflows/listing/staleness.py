"""How old the oldest fact is that the lists do not show yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from tresen.domains.discovery.queries import list_spaces
from tresen.domains.stores.queries import list_channels
from tresen.foundation import sql

STALE_SECONDS_MAX: Final = 2.0
"""The promise: so long after a fact the lists show it."""

KINDS: Final = (
    "ProductChanged",
    "ProductsImported",
    "CategoryChanged",
    "PricesChanged",
    "StockChanged",
)
LISTENERS: Final = (
    "product_changed.refresh_lists",
    "product_changed.refresh_imported",
    "product_changed.refresh_shelf",
    "prices_changed.refresh_prices",
    "stock_changed.refresh_stock_shown",
)

_WAITING: Final = """
SELECT min(waiting.happened_at), count(*) FROM (
  SELECT f.happened_at FROM journal_delivery d JOIN journal_fact f ON f.id = d.fact_id
  WHERE d.heard_at IS NULL AND d.given_up_at IS NULL AND d.listener = ANY(%s::text[])
  UNION ALL
  SELECT happened_at FROM journal_fact WHERE spread_at IS NULL AND kind = ANY(%s::text[])
) waiting
"""


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How far behind the lists are; `missing` names channels and languages without a list."""

    staleness_seconds: float
    pending: int
    missing: tuple[str, ...]

    @property
    def is_kept(self) -> bool:
        return self.staleness_seconds <= STALE_SECONDS_MAX and not self.missing


def freshness(*, now: datetime) -> Freshness:
    """One statement for the facts, two for the spaces."""
    oldest, pending = cast(
        "tuple[datetime | None, int]", sql.rows(_WAITING, (list(LISTENERS), list(KINDS)))[0]
    )
    age = (now - oldest).total_seconds() if oldest else 0.0
    return Freshness(staleness_seconds=max(age, 0.0), pending=pending, missing=_missing())


def staleness_seconds(*, now: datetime) -> float:
    """The age of the oldest fact that is waiting; 0 when none is."""
    return freshness(now=now).staleness_seconds


def _missing() -> tuple[str, ...]:
    current = {(space.channel_code, space.locale) for space in list_spaces() if space.is_current}
    wanted = [
        (channel.code, locale)
        for channel in list_channels()
        if channel.is_open
        for locale in channel.market.locales
    ]
    return tuple(f"{code} {locale}" for code, locale in wanted if (code, locale) not in current)
