"""The demo's vocabulary in the catalogue's words: attributes, options, brands, shelves."""

from __future__ import annotations

from tresen.domains.catalog.types import (
    AttributeDef,
    BrandDef,
    CategoryDef,
    CategoryText,
    Choice,
    OptionDef,
)
from tresen.domains.catalog.types.words import AttributeKind
from tresen.operations.demo.goods_types import DemoShop, LocalizedText

_OWN = {
    "material": LocalizedText("Material", "Material"),
    "care": LocalizedText("Pflege", "Care"),
}


def localized(text: LocalizedText) -> dict[str, str]:
    """Both languages."""
    return {"de": text.de, "en": text.en}


def attribute_defs(shop: DemoShop) -> list[AttributeDef]:
    """The goods' typed properties; material and care come with every product."""
    defined = [
        AttributeDef(
            code=found.code,
            kind=AttributeKind(found.kind.value),
            labels=localized(found.name),
            unit=found.unit or "",
            is_filterable=found.filterable,
            choices=tuple(
                Choice(code=choice.code, labels=localized(choice.label)) for choice in found.choices
            ),
            position=position,
        )
        for position, found in enumerate(shop.attributes)
    ]
    known = {definition.code for definition in defined}
    own = [
        AttributeDef(
            code=code, kind=AttributeKind.TEXT, labels=localized(name), position=900 + place
        )
        for place, (code, name) in enumerate(_OWN.items())
        if code not in known
    ]
    return defined + own


def option_defs(shop: DemoShop) -> list[OptionDef]:
    """What customers choose between."""
    return [
        OptionDef(
            code=option.code,
            labels=localized(option.name),
            values=tuple(
                Choice(code=value.code, labels=localized(value.label), swatch=value.swatch or "")
                for value in option.values
            ),
            position=position,
        )
        for position, option in enumerate(shop.options)
    ]


def brand_defs(shop: DemoShop) -> list[BrandDef]:
    """The invented brands."""
    return [
        BrandDef(code=brand.code, name=brand.name, about=localized(brand.about))
        for brand in shop.brands
    ]


def category_paths(shop: DemoShop) -> dict[str, str]:
    """By code: the codes from the root."""
    return {
        category.code: f"{category.parent}/{category.code}" if category.parent else category.code
        for category in shop.categories
    }


def category_defs(shop: DemoShop) -> list[CategoryDef]:
    """The shelves, parents first."""
    paths = category_paths(shop)
    ordered = sorted(shop.categories, key=lambda category: category.parent is not None)
    return [
        CategoryDef(
            path=paths[category.code],
            texts={
                code: CategoryText(
                    name=category.name.in_language(code),
                    slug=category.slug.in_language(code),
                    summary=category.summary.in_language(code),
                )
                for code in ("de", "en")
            },
            position=category.position,
        )
        for category in ordered
    ]
