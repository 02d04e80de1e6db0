"""A product as its page shows it: words, prices, tax and stock of this moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from tresen.domains.catalog.queries import get_product
from tresen.domains.catalog.types import ProductPage
from tresen.domains.inventory.queries import ask_availability
from tresen.domains.pricing.queries import ask_prices
from tresen.domains.pricing.types import UnitPrice
from tresen.domains.stores.types import ChannelRow
from tresen.domains.tax.queries import rates_of
from tresen.domains.tax.rules import rate_for
from tresen.domains.tax.types import TaxRate
from tresen.foundation import sql


@dataclass(frozen=True, kw_only=True)
class ShownProduct:
    """Prices and pieces by variant; a variant without a price cannot be bought."""

    page: ProductPage
    prices: Mapping[UUID, UnitPrice]
    available: Mapping[UUID, int]
    rate: TaxRate


def show_product(slug: str, *, channel: ChannelRow, locale: str, at: datetime) -> ShownProduct:
    """At most five statements. Raises NoSuchProduct.

    If the page's slug is not the one that was asked for, the address has moved.
    """
    page = get_product(slug, channel_code=channel.code, locale=locale, at=at)
    variant_ids = [variant.variant_id for variant in page.variants]
    with sql.pipelined():
        asked_prices = ask_prices(
            [(variant_id, 1) for variant_id in variant_ids], market=channel.market.code, at=at
        )
        asked_stock = ask_availability(variant_ids, locations=None, now=at)
        prices, available = asked_prices.answer(), asked_stock.answer()
    rates = tax_rates(channel=channel, at=at)
    return ShownProduct(
        page=page,
        prices=prices,
        available={one: max(available.get(one, 0), 0) for one in variant_ids},
        rate=rate_for(rates, category=page.tax_category),
    )


def tax_rates(*, channel: ChannelRow, at: datetime) -> dict[str, TaxRate]:
    """The rates that prices of the channel contain today, by tax category."""
    market = channel.market
    return rates_of(country=market.country, at=at.astimezone(ZoneInfo(market.time_zone)).date())
