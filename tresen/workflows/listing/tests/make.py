"""A shop with goods that have words, a price and stock; and a rebuild of its lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tresen.domains.catalog.commands import add_product, publish_product
from tresen.domains.catalog.queries import find_variant_by_sku
from tresen.domains.catalog.tests import make as catalog
from tresen.domains.catalog.types import (
    JsonValue,
    ProductDraft,
    TextDraft,
    VariantDraft,
)
from tresen.domains.discovery.queries import browse
from tresen.domains.discovery.types import Page
from tresen.domains.inventory.commands import open_location, receive_stock
from tresen.domains.inventory.types import LocationKind, Need, NewLocation
from tresen.domains.pricing.tests import make as pricing
from tresen.domains.stores.queries import get_channel
from tresen.domains.stores.types import ChannelRow
from tresen.foundation.actor import SYSTEM
from tresen.workflows.listing.rebuild import rebuild

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
SHOP = catalog.CHANNEL


def shop() -> ChannelRow:
    """A channel with a warehouse and a price list; nothing in it yet."""
    catalog.channel()
    open_location(location=NewLocation(code="lager", name="Lager", kind=LocationKind.WAREHOUSE))
    pricing.price_list()
    return get_channel(SHOP)


def goods(
    code: str,
    *,
    price: str = "10.00",
    stock: int = 5,
    published: bool = True,
    attributes: Mapping[str, JsonValue] | None = None,
    categories: tuple[str, ...] = (),
    brand: str = "",
    summary: str = "",
) -> UUID:
    """A product whose name is its code, with one variant «code-1»."""
    product_id = add_product(
        draft=ProductDraft(
            code=code,
            texts={
                "de": TextDraft(name=code.title(), summary=summary),
                "en": TextDraft(name=f"{code.title()} in English"),
            },
            variants=(VariantDraft(sku=f"{code}-1"),),
            attributes=attributes or {},
            categories=categories,
            brand=brand,
        ),
        now=NOON,
        actor=SYSTEM,
    )
    if price:
        pricing.price(variant_of(code), price, at=NOON)
    if stock:
        receive(code, stock)
    if published:
        publish(product_id)
    return product_id


def publish(product_id: UUID, **window: datetime) -> None:
    """Show it in the shop, from noon on unless said otherwise."""
    publish_product(
        product_id=product_id,
        channel_code=SHOP,
        from_at=window.get("from_at", NOON),
        until_at=window.get("until_at"),
        now=NOON,
        actor=SYSTEM,
    )


def receive(code: str, pieces: int) -> None:
    receive_stock(
        needs=[Need(variant_of(code), pieces)], location_code="lager", now=NOON, actor=SYSTEM
    )


def variant_of(code: str) -> UUID:
    found = find_variant_by_sku(f"{code}-1")
    assert found is not None
    return found.variant_id


def build(at: datetime = NOON) -> int:
    """All lists of the shop, anew."""
    return rebuild(channel=get_channel(SHOP), clock=lambda: at)


def listed(locale: str = "de") -> Page:
    """What the shop shows."""
    return browse(channel_code=SHOP, locale=locale)


def titles(page: Page) -> list[str]:
    return sorted(entry.title for entry in page.entries)
