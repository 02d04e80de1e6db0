"""The demo's goods come in: words, shelves, variants, pictures, prices and stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from tresen.domains.catalog.commands import (
    put_attributes,
    put_brands,
    put_categories,
    put_options,
    put_products,
)
from tresen.domains.catalog.types import (
    MediaDraft,
    ProductDraft,
    TextDraft,
    VariantDraft,
    Window,
)
from tresen.domains.catalog.types.words import ContentUnit, JsonValue
from tresen.domains.inventory.commands import open_location, receive_stock
from tresen.domains.inventory.types import LocationKind, Need, NewLocation
from tresen.domains.pricing.commands import announce_reductions, open_price_list, set_prices
from tresen.domains.pricing.types import NewPrice
from tresen.foundation.actor import SYSTEM
from tresen.foundation.money import Money
from tresen.operations.demo.goods_types import (
    AttributeValue,
    DemoProduct,
    DemoShop,
    DemoVariant,
    LocalizedText,
)
from tresen.workflows.opening.describe_demo_goods import (
    attribute_defs,
    brand_defs,
    category_defs,
    category_paths,
    localized,
    option_defs,
)
from tresen.workflows.opening.open_demo_shop import CHANNEL, MARKET, STORE

LIST = "retail-de"
BATCH = 200
REDUCED_SINCE_DAYS = 40
"""Former prices are entered that far back, so that a reduction has a lawful reference."""

Pictures = Mapping[str, Sequence[MediaDraft]]
"""By product code."""


@transaction.atomic
def stock_demo_shelves(*, shop: DemoShop, pictures: Pictures, now: datetime) -> int:
    """All goods of the demo, in one transaction; says how many products.

    Once only: the pieces are received.
    """
    _open_locations(shop)
    put_attributes(attribute_defs(shop))
    put_options(option_defs(shop))
    put_brands(brand_defs(shop), now=now)
    put_categories(category_defs(shop), now=now)
    paths = category_paths(shop)
    variant_ids: dict[str, UUID] = {}
    for batch in _batches(shop.products):
        drafts = [_draft(product, paths=paths, pictures=pictures, now=now) for product in batch]
        written = put_products(drafts, now=now, actor=SYSTEM)
        assert not written.faults, written.faults
        variant_ids |= written.variant_ids
    _set_prices(shop, variant_ids, now=now)
    _receive(shop, variant_ids, now=now)
    return len(shop.products)


def _open_locations(shop: DemoShop) -> None:
    hours = {
        store.location: {day.weekday: (day.opens, day.closes) for day in store.hours}
        for store in shop.stores
    }
    signs = {store.location: store.name.de for store in shop.stores}  # the same in each language

    for priority, location in enumerate(shop.locations):
        address = location.address
        open_location(
            location=NewLocation(
                code=location.code,
                name=signs.get(location.code, location.name.de),
                kind=LocationKind(location.kind.value),
                pickup_allowed=location.code in hours,
                priority=priority,
                street=f"{address.street} {address.house_number}",
                postcode=address.postal_code,
                city=address.city,
                country=address.country,
                opening_hours=hours.get(location.code, {}),
                store_code=STORE if location.code in hours else "",
            )
        )


def _draft(
    product: DemoProduct, *, paths: Mapping[str, str], pictures: Pictures, now: datetime
) -> ProductDraft:
    return ProductDraft(
        code=product.code,
        texts={code: _text(product, code) for code in ("de", "en")},
        variants=tuple(
            _variant(product, variant, position=position)
            for position, variant in enumerate(product.variants)
        ),
        brand=product.brand,
        tax_category=product.tax_category,
        listed_on=product.listed_on,
        options=product.options,
        categories=(paths[product.category],),
        attributes=_attributes(product),
        media=tuple(pictures.get(product.code, ())),
        channels={CHANNEL: Window(from_at=now - timedelta(days=REDUCED_SINCE_DAYS))},
    )


def _text(product: DemoProduct, code: str) -> TextDraft:
    return TextDraft(
        name=product.name.in_language(code),
        slug=product.slug.in_language(code),
        summary=product.summary.in_language(code),
        description=f"<p>{product.description.in_language(code)}</p>",
    )


def _variant(product: DemoProduct, variant: DemoVariant, *, position: int) -> VariantDraft:
    content = variant.content
    return VariantDraft(
        sku=variant.sku,
        gtin=variant.gtin,
        choices=dict(variant.choices),
        position=position,
        is_default=position == 0,
        weight_g=variant.weight_g,
        length_mm=variant.length_mm,
        width_mm=variant.width_mm,
        height_mm=variant.height_mm,
        origin_country=product.origin,
        tariff_code=product.tariff_code,
        content_amount=None if content is None else Decimal(content.amount),
        content_unit=ContentUnit.NONE if content is None else ContentUnit(content.unit),
    )


def _attributes(product: DemoProduct) -> dict[str, JsonValue]:
    values = {found.attribute: _value(found.value) for found in product.attributes}
    return values | {
        "material": localized(product.material),
        "care": localized(product.care),
    }


def _value(value: AttributeValue) -> JsonValue:
    if isinstance(value, LocalizedText):
        return localized(value)
    if isinstance(value, bool | str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _set_prices(shop: DemoShop, variant_ids: Mapping[str, UUID], *, now: datetime) -> None:
    open_price_list(code=LIST, name="Einzelhandel", market=MARKET, currency=shop.currency)
    before = now - timedelta(days=REDUCED_SINCE_DAYS)
    variants = [variant for product in shop.products for variant in product.variants]
    first = [
        (variant.sku, variant.reduced_from_minor or variant.price_minor) for variant in variants
    ]
    reduced = [
        (variant.sku, variant.price_minor) for variant in variants if variant.reduced_from_minor
    ]
    for prices, at in ((first, before), (reduced, now)):
        rows = [
            NewPrice(variant_id=variant_ids[sku], amount=Money(minor, shop.currency))
            for sku, minor in prices
        ]
        set_prices(rows, list_code=LIST, now=at, actor=SYSTEM)
    announce_reductions(
        variant_ids=[variant_ids[sku] for sku, _ in reduced], market=MARKET, now=now, actor=SYSTEM
    )


def _receive(shop: DemoShop, variant_ids: Mapping[str, UUID], *, now: datetime) -> None:
    needs: dict[str, list[Need]] = defaultdict(list)
    for product in shop.products:
        for variant in product.variants:
            for stock in variant.stock:
                if stock.quantity:
                    needs[stock.location].append(Need(variant_ids[variant.sku], stock.quantity))
    for location, wanted in sorted(needs.items()):
        receive_stock(needs=wanted, location_code=location, now=now, actor=SYSTEM)


def _batches(products: Sequence[DemoProduct]) -> Iterator[Sequence[DemoProduct]]:
    for start in range(0, len(products), BATCH):
        yield products[start : start + BATCH]
