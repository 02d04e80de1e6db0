"""Our own format taken apart again: a definition, or a whole product."""

from __future__ import annotations

from typing import cast

from tresen.domains.catalog.types import (
    PER_ORDER_DEFAULT,
    AttributeDef,
    AttributeKind,
    BrandDef,
    CategoryDef,
    CategoryText,
    Choice,
    ContentUnit,
    JsonValue,
    OptionDef,
    ProductDraft,
    ProductStatus,
    TextDraft,
    VariantDraft,
    Window,
)
from tresen.foundation.money import Money, exponent_of
from tresen.workflows.supplying.catalog_files.own_values import Taken
from tresen.workflows.supplying.catalog_files.shaped import (
    Definitions,
    PictureFile,
    PriceDraft,
    Shaped,
)


def keep_definition(kind: str, taken: Taken, *, definitions: Definitions) -> None:
    """Note an attribute, option, brand or category."""
    if kind == "attribute":
        attribute = _attribute(taken)
        definitions.attributes[attribute.code] = attribute
    elif kind == "option":
        option = _option(taken)
        definitions.options[option.code] = option
    elif kind == "brand":
        brand = BrandDef(
            code=taken.text("code"), name=taken.text("name"), about=taken.words("about")
        )
        definitions.brands[brand.code] = brand
    else:
        category = _category(taken)
        definitions.categories[category.path] = category


def product_of(taken: Taken, *, file: str, line: int) -> Shaped:
    """A whole product with its prices and pictures."""
    variants = taken.many("variants")
    draft = ProductDraft(
        code=taken.text("code"),
        texts={locale: _text(text) for locale, text in taken.named("texts").items()},
        variants=tuple(_variant(variant) for variant in variants),
        brand=taken.text("brand"),
        status=taken.one_of("status", ProductStatus),
        tax_category=taken.text("tax_category"),
        listed_on=taken.day("listed_on"),
        options=taken.texts("options"),
        categories=taken.texts("categories"),
        attributes=cast("dict[str, JsonValue]", taken.values("attributes")),
        channels={code: _window(window) for code, window in taken.named("channels").items()},
        old_slugs=taken.text_lists("old_slugs"),
    )
    prices = tuple(
        _price(price, sku=variant.text("sku"))
        for variant in variants
        for price in variant.many("prices")
    )
    pictures = tuple(_picture(medium) for medium in taken.many("media"))
    return Shaped(file=file, line=line, draft=draft, prices=prices, pictures=pictures)


def _text(taken: Taken) -> TextDraft:
    return TextDraft(**{name: taken.text(name) for name in TextDraft.__slots__})


def _variant(taken: Taken) -> VariantDraft:
    return VariantDraft(
        sku=taken.text("sku"),
        gtin=taken.text("gtin"),
        other_gtins=taken.texts("other_gtins"),
        choices=taken.words("choices"),
        position=taken.whole("position"),
        is_default=taken.flag("default"),
        is_archived=taken.flag("archived"),
        weight_g=taken.whole("weight_g"),
        length_mm=taken.whole("length_mm"),
        width_mm=taken.whole("width_mm"),
        height_mm=taken.whole("height_mm"),
        origin_country=taken.text("origin_country"),
        tariff_code=taken.text("tariff_code"),
        content_amount=taken.decimal("content_amount"),
        content_unit=taken.one_of("content_unit", ContentUnit),
        max_per_order=taken.whole("max_per_order") or PER_ORDER_DEFAULT,
    )


def _price(taken: Taken, *, sku: str) -> PriceDraft:
    """An amount with more decimal places than its currency has is refused."""
    amount, currency = taken.decimal("amount"), taken.text("currency")
    scaled = None if amount is None else amount.scaleb(exponent_of(currency))
    if amount is None or scaled is None or scaled != int(scaled):
        taken.wrong("amount", "12.34")
    return PriceDraft(
        sku=sku,
        amount=Money.from_amount(amount, currency),
        list_code=taken.text("list"),
        min_quantity=taken.whole("min_quantity") or 1,
        valid_from=taken.moment("from"),
        valid_to=taken.moment("until"),
    )


def _picture(taken: Taken) -> PictureFile:
    return PictureFile(
        file=taken.text("file"),
        alt=taken.words("alt"),
        sku=taken.text("sku"),
        position=taken.whole("position"),
    )


def _window(taken: Taken) -> Window:
    begins = taken.moment("from")
    if begins is None:
        taken.wrong("from", "2026-12-31T00:00:00+00:00")
    return Window(from_at=begins, until_at=taken.moment("until"))


def _attribute(taken: Taken) -> AttributeDef:
    return AttributeDef(
        code=taken.text("code"),
        kind=taken.one_of("kind", AttributeKind),
        labels=taken.words("labels"),
        unit=taken.text("unit"),
        is_filterable=taken.flag("filterable"),
        choices=_choices(taken, "choices"),
        position=taken.whole("position") or 0,
    )


def _option(taken: Taken) -> OptionDef:
    return OptionDef(
        code=taken.text("code"),
        labels=taken.words("labels"),
        values=_choices(taken, "values"),
        position=taken.whole("position") or 0,
    )


def _category(taken: Taken) -> CategoryDef:
    return CategoryDef(
        path=taken.text("path"),
        texts={
            locale: CategoryText(
                name=text.text("name"), slug=text.text("slug"), summary=text.text("summary")
            )
            for locale, text in taken.named("texts").items()
        },
        position=taken.whole("position") or 0,
        is_visible=not taken.flag("hidden"),
    )


def _choices(taken: Taken, name: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            code=choice.text("code"), labels=choice.words("labels"), swatch=choice.text("swatch")
        )
        for choice in taken.many(name)
    )
