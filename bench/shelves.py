"""A shop for the benchmarks of lists and search, and any number of generated goods in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db import transaction

from tresen.domains.catalog.commands import (
    put_attributes,
    put_brands,
    put_categories,
    put_products,
)
from tresen.domains.catalog.types import (
    AttributeDef,
    AttributeKind,
    BrandDef,
    CategoryDef,
    CategoryText,
    Choice,
    ContentUnit,
    JsonValue,
    ProductDraft,
    TextDraft,
    VariantDraft,
    Window,
)
from tresen.domains.inventory.commands import open_location, receive_stock
from tresen.domains.inventory.types import LocationKind, Need, NewLocation
from tresen.domains.pricing.commands import open_price_list, set_prices
from tresen.domains.pricing.types import NewPrice
from tresen.domains.stores.commands import (
    found_store,
    make_publishable_key,
    open_channel,
    set_market,
)
from tresen.domains.stores.types import ChannelKind, MarketRow, NewStore
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.money import Money
from tresen.operations.demo.generator import (
    GeneratedFrame,
    GeneratedProduct,
    generate_products,
    generated_frame,
)
from tresen.operations.demo.goods_types import DemoCategory, LocalizedText

CHANNEL = "web-de"
LIST = "retail-de"
KEY = "pk_bench"
SEED = 1
AT_ONCE = 1_000


def open_shop() -> None:
    """A web channel in Germany that speaks German and English."""
    store = NewStore(
        code="bench",
        name="Bench",
        legal_name="Bench GmbH",
        street="Kai 1",
        postcode="20457",
        city="Hamburg",
        country="DE",
        email="bench@example.com",
    )
    market = MarketRow(
        code="de",
        country="DE",
        countries=("DE",),
        currency="EUR",
        locales=("de", "en"),
        prices_include_tax=True,
        time_zone="Europe/Berlin",
    )
    store_id = found_store(store=store)
    set_market(market=market)
    channel_id = open_channel(
        code=CHANNEL, name="Bench", kind=ChannelKind.WEB, store_id=store_id, market="de"
    )
    make_publishable_key(channel_id=channel_id, label="bench", now=clock.now(), key=KEY)
    open_price_list(code=LIST, name="Retail", market="de", currency="EUR")


def fill_shop(count: int) -> Iterator[int]:
    """So many generated goods with prices and stock; yields how many are there."""
    frame = generated_frame()
    _put_frame(frame)
    goods = generate_products(count, SEED)
    done = 0
    while some := list(itertools.islice(goods, AT_ONCE)):
        _put(some, frame)
        done += len(some)
        yield done


def _put_frame(frame: GeneratedFrame) -> None:
    now = clock.now()
    put_brands([BrandDef(code=brand.code, name=brand.name) for brand in frame.brands], now=now)
    put_categories(
        [
            CategoryDef(
                path=_path(category),
                texts={
                    "de": CategoryText(name=category.name.de),
                    "en": CategoryText(name=category.name.en),
                },
            )
            for category in frame.categories
        ],
        now=now,
    )
    put_attributes(
        [
            AttributeDef(
                code=attribute.code,
                kind=AttributeKind(attribute.kind.value),
                labels=_both(attribute.name),
                unit=attribute.unit or "",
                is_filterable=True,
                choices=tuple(
                    Choice(code=choice.code, labels=_both(choice.label))
                    for choice in attribute.choices
                ),
            )
            for attribute in frame.attributes
        ]
    )
    for code in frame.locations:
        open_location(
            location=NewLocation(code=code, name=code.title(), kind=LocationKind.WAREHOUSE)
        )


def _path(category: DemoCategory) -> str:
    return f"{category.parent}/{category.code}" if category.parent else category.code


def _both(text: LocalizedText) -> dict[str, str]:
    return {"de": text.de, "en": text.en}


@transaction.atomic
def _put(goods: Sequence[GeneratedProduct], frame: GeneratedFrame) -> None:
    now = clock.now()
    paths = {category.code: _path(category) for category in frame.categories}
    written = put_products(
        [_draft(one, path=paths[one.category], window=Window(from_at=now)) for one in goods],
        now=now,
        actor=SYSTEM,
    )
    assert not written.faults, written.faults[0]
    ids = written.variant_ids
    set_prices(
        [NewPrice(variant_id=ids[one.sku], amount=Money(one.price_minor, "EUR")) for one in goods],
        list_code=LIST,
        now=now,
        actor=SYSTEM,
    )
    for place, location in enumerate(frame.locations):
        needs = [Need(ids[one.sku], one.stock[place]) for one in goods if one.stock[place]]
        if needs:
            receive_stock(needs=needs, location_code=location, now=now, actor=SYSTEM)


def _draft(one: GeneratedProduct, *, path: str, window: Window) -> ProductDraft:
    variant = VariantDraft(
        sku=one.sku,
        gtin=one.gtin,
        weight_g=one.weight_g,
        length_mm=one.length_mm,
        width_mm=one.width_mm,
        height_mm=one.height_mm,
        origin_country=one.origin,
        tariff_code=one.tariff_code,
        content_amount=None,
        content_unit=ContentUnit.NONE,
    )
    return ProductDraft(
        code=one.sku,
        texts={
            "de": TextDraft(name=one.name_de, slug=one.slug_de, description=one.description_de),
            "en": TextDraft(name=one.name_en, slug=one.slug_en, description=one.description_en),
        },
        variants=(variant,),
        brand=one.brand,
        tax_category=one.tax_category,
        categories=(path,),
        attributes={code: _value(value) for code, value in one.attributes},
        channels={CHANNEL: window},
    )


def _value(value: str | Decimal | bool) -> JsonValue:
    return float(value) if isinstance(value, Decimal) else value
