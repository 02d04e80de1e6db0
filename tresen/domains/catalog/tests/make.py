"""Small builders. Every default is boring, so that a test states only what matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

from PIL import Image

from tresen.domains.catalog.commands import (
    add_product,
    keep_picture,
    publish_product,
    put_attributes,
    put_brands,
    put_categories,
    put_options,
)
from tresen.domains.catalog.rules.pictures import render
from tresen.domains.catalog.types import (
    AttributeDef,
    AttributeKind,
    BrandDef,
    CategoryDef,
    CategoryText,
    Choice,
    JsonValue,
    MediaDraft,
    OptionDef,
    ProductDraft,
    ProductStatus,
    TextDraft,
    VariantDraft,
    Window,
)
from tresen.domains.stores.commands import found_store, open_channel, set_market
from tresen.domains.stores.types import ChannelKind, MarketRow, NewStore
from tresen.foundation.actor import SYSTEM

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
CHANNEL = "web-de"
GTIN = "4006381333931"
OTHER_GTIN = "4006381333948"


def channel(code: str = CHANNEL) -> str:
    """A web shop in Germany that speaks German and English."""
    store = NewStore(
        code="kontor",
        name="Kontor",
        legal_name="Kontor GmbH",
        street="Kai 1",
        postcode="20457",
        city="Hamburg",
        country="DE",
        email="post@kontor.example",
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
    open_channel(code=code, name=code, kind=ChannelKind.WEB, store_id=store_id, market="de")
    return code


def text(name: str = "Teekanne", **more: str) -> TextDraft:
    return TextDraft(name=name, **more)


def variant(sku: str = "TK-1", **more: object) -> VariantDraft:
    return VariantDraft(sku=sku, **more)  # type: ignore[arg-type]


def draft(
    code: str = "teekanne",
    *,
    name: str = "Teekanne",
    variants: tuple[VariantDraft, ...] | None = None,
    attributes: Mapping[str, JsonValue] | None = None,
    **more: object,
) -> ProductDraft:
    return ProductDraft(
        code=code,
        texts=more.pop("texts", None) or {"de": TextDraft(name=name)},  # type: ignore[arg-type]
        variants=variants or (VariantDraft(sku=f"{code}-1"),),
        attributes=attributes or {},
        **more,  # type: ignore[arg-type]
    )


def product(code: str = "teekanne", *, published: bool = True, **more: object) -> UUID:
    """A product that stands in the web shop since noon."""
    product_id = add_product(draft=draft(code, **more), now=NOON, actor=SYSTEM)  # type: ignore[arg-type]
    if published:
        channel()
        publish_product(
            product_id=product_id, channel_code=CHANNEL, from_at=NOON, now=NOON, actor=SYSTEM
        )
    return product_id


def brand(code: str = "hafen", name: str = "Hafen") -> str:
    put_brands([BrandDef(code=code, name=name, about={"de": "Aus Hamburg."})], now=NOON)
    return code


def category(path: str, **names: str) -> str:
    texts = {locale: CategoryText(name=name) for locale, name in names.items()}
    put_categories(
        [CategoryDef(path=path, texts=texts or {"de": CategoryText(name=path)})], now=NOON
    )
    return path


def attribute(code: str, kind: AttributeKind = AttributeKind.TEXT, **more: object) -> AttributeDef:
    definition = AttributeDef(code=code, kind=kind, labels={"de": code.title()}, **more)  # type: ignore[arg-type]
    put_attributes([definition])
    return definition


def colours() -> str:
    """An option «colour» with blue and red."""
    values = (
        Choice(code="blue", labels={"de": "Blau", "en": "Blue"}, swatch="#2244aa"),
        Choice(code="red", labels={"de": "Rot", "en": "Red"}),
    )
    labels = {"de": "Farbe", "en": "Colour"}
    put_options([OptionDef(code="colour", labels=labels, values=values)])
    return "colour"


def picture_bytes(
    width: int = 1200, height: int = 800, *, kind: str = "PNG", shade: int = 90
) -> bytes:
    target = BytesIO()
    Image.new("RGB", (width, height), (shade, 120, 150)).save(target, kind)
    return target.getvalue()


def picture(shade: int = 90) -> str:
    content = picture_bytes(shade=shade)
    return keep_picture(content, now=NOON, render=lambda: render(content)).hash


def replaced(draft: ProductDraft, **changes: object) -> ProductDraft:
    return replace(draft, **changes)  # type: ignore[arg-type]


__all__ = ["GTIN", "NOON", "MediaDraft", "ProductStatus", "Window"]
