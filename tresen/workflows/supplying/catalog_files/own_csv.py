"""Our own format as a table: a row per variant, the product's cells in its first row.

Names, numbers and measures have columns of their own, for spreadsheets; what has no fixed shape
(attributes, pictures, channels, prices, definitions) stands in its cell as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from tresen.workflows.supplying.catalog_files.own_json import Json

PRODUCT: Final = "product"
VARIANT: Final = "variant"
SEPARATOR: Final = " | "

_PLAIN: Final = ("status", "brand", "tax_category", "listed_on")
_LISTS: Final = ("options", "categories")
_WORDS: Final = ("name", "slug", "summary", "description", "meta_title", "meta_description")
_JSON: Final = ("attributes", "media", "channels", "old_slugs")
_VARIANT_PLAIN: Final = (
    "gtin",
    "origin_country",
    "tariff_code",
    "content_amount",
    "content_unit",
)
_VARIANT_WHOLE: Final = (
    "position",
    "weight_g",
    "length_mm",
    "width_mm",
    "height_mm",
    "max_per_order",
)
_VARIANT_FLAGS: Final = ("default", "archived")
_VARIANT_JSON: Final = ("choices", "prices")
_YES: Final = "yes"


def columns_of(locales: Sequence[str]) -> list[str]:
    words = [f"{word}.{locale}" for locale in locales for word in _WORDS]
    return [
        "record",
        "code",
        *_PLAIN,
        *_LISTS,
        *words,
        *_JSON,
        "sku",
        "other_gtins",
        *_VARIANT_PLAIN,
        *_VARIANT_WHOLE,
        *_VARIANT_FLAGS,
        *_VARIANT_JSON,
        "definition",
    ]


def definition_row(kind: str, definition: Json) -> dict[str, str]:
    code = definition.get("code") or definition["path"]
    return {"record": kind, "code": str(code), "definition": to_cell(definition)}


def product_rows(product: Json) -> Iterator[dict[str, str]]:
    """One row for each variant."""
    code = str(product["code"])
    variants = cast("list[Json]", product.get("variants", []))
    for place, variant in enumerate(variants):
        head = {"record": VARIANT} if place else {"record": PRODUCT, **_product_cells(product)}
        yield {"code": code, **head, **_variant_cells(variant)}


def product_of_rows(rows: Sequence[Mapping[str, object]]) -> Json:
    """The product that the rows make up; the first one holds the product's cells."""
    head = {key: str(value) for key, value in rows[0].items()}
    texts: dict[str, dict[str, str]] = {}
    for column, cell in head.items():
        word, dot, locale = column.partition(".")
        if dot and word in _WORDS and cell:
            texts.setdefault(locale, {})[word] = cell
    return {
        "code": head.get("code", ""),
        **{name: head.get(name, "") for name in _PLAIN},
        **{name: _parts(head.get(name, "")) for name in _LISTS},
        **{name: from_cell(head[name]) for name in _JSON if head.get(name)},
        "texts": texts,
        "variants": [_variant_of({key: str(cell) for key, cell in row.items()}) for row in rows],
    }


def to_cell(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_cell(cell: str) -> object:
    """A cell that is no JSON comes back as text, and is refused where it is used."""
    try:
        value: object = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return value


def _product_cells(product: Json) -> dict[str, str]:
    texts = cast("dict[str, dict[str, str]]", product.get("texts", {}))
    return {
        **{name: str(product.get(name, "")) for name in _PLAIN},
        **{name: SEPARATOR.join(cast("list[str]", product.get(name, []))) for name in _LISTS},
        **{name: to_cell(product[name]) for name in _JSON if name in product},
        **{
            f"{word}.{locale}": cell
            for locale, words in texts.items()
            for word, cell in words.items()
        },
    }


def _variant_cells(variant: Json) -> dict[str, str]:
    return {
        "sku": str(variant["sku"]),
        "other_gtins": SEPARATOR.join(cast("list[str]", variant.get("other_gtins", []))),
        **{name: str(variant.get(name, "")) for name in (*_VARIANT_PLAIN, *_VARIANT_WHOLE)},
        **{name: _YES if variant.get(name) else "" for name in _VARIANT_FLAGS},
        **{name: to_cell(variant[name]) for name in _VARIANT_JSON if name in variant},
    }


def _variant_of(row: Mapping[str, str]) -> Json:
    return {
        "sku": row.get("sku", ""),
        "other_gtins": _parts(row.get("other_gtins", "")),
        **{name: row.get(name, "").strip() for name in _VARIANT_PLAIN},
        **{name: _whole(row[name]) for name in _VARIANT_WHOLE if row.get(name)},
        **{name: row.get(name, "").strip().lower() == _YES for name in _VARIANT_FLAGS},
        **{name: from_cell(row[name]) for name in _VARIANT_JSON if row.get(name)},
    }


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEPARATOR.strip()) if part.strip()]


def _whole(cell: str) -> object:
    """A number, or the text that is refused later."""
    bare = cell.strip()
    return int(bare) if bare.isascii() and bare.isdigit() else cell
