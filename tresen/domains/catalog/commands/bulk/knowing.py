"""What a batch must know of what is already there, asked in two trips."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, cast
from uuid import UUID

from tresen.domains.catalog.queries.definitions import attributes_by_code, options_by_code
from tresen.domains.catalog.rules.words import slug_candidates
from tresen.domains.catalog.types import AttributeDef, OptionDef, ProductDraft
from tresen.domains.stores.queries import list_channels
from tresen.foundation import sql

Choices = tuple[tuple[str, str], ...]
"""A variant's options and values, in the order of the options' codes."""


class KnownVariant(NamedTuple):
    """A variant that is there."""

    id: UUID
    product_id: UUID
    product_code: str
    choices: Choices
    is_default: bool
    is_archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that the drafts of one batch refer to, as far as it exists."""

    products: dict[str, UUID]
    sku_owners: dict[str, str]
    variants: dict[str, KnownVariant]
    siblings: dict[UUID, dict[str, KnownVariant]]
    brands: dict[str, UUID]
    categories: dict[str, UUID]
    attributes: dict[str, AttributeDef]
    options: dict[str, OptionDef]
    pictures: frozenset[str]
    channels: frozenset[str]
    slugs: dict[tuple[UUID, str], str]
    candidates: dict[tuple[str, str], tuple[str, ...]]
    slug_owners: dict[tuple[str, str], UUID]


_BY_SKU: Final = (
    "SELECT v.sku, p.code FROM catalog_variant v"
    " JOIN catalog_product p ON p.id = v.product_id WHERE v.sku = ANY(%s)"
)
_BY_CODE: Final = "SELECT code, id FROM catalog_product WHERE code = ANY(%s)"
_VARIANTS: Final = (
    "SELECT v.sku, v.id, v.product_id, p.code, v.choices, v.is_default, v.is_archived"
    " FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id"
    " WHERE v.product_id = ANY(%s::uuid[])"
)
_SLUGS: Final = (
    "SELECT product_id, locale, slug FROM catalog_product_text WHERE product_id = ANY(%s::uuid[])"
)
_PICTURES: Final = "SELECT hash FROM catalog_picture WHERE hash = ANY(%s)"
_OWNERS: Final = (
    "SELECT t.locale, t.slug, t.product_id FROM unnest(%s::text[], %s::text[]) AS w(locale, slug)"
    " JOIN catalog_product_text t ON t.locale = w.locale AND t.slug = w.slug"
)


def codes_by_sku(skus: Sequence[str]) -> dict[str, str]:
    """Which product (its code) each SKU that exists belongs to."""
    return dict(cast("list[tuple[str, str]]", sql.rows(_BY_SKU, (list(skus),))))


def look_up(drafts: Sequence[ProductDraft], *, sku_owners: Mapping[str, str]) -> Known:
    """Every draft has its code by now; `sku_owners` are as `codes_by_sku` gave them."""
    codes = list({draft.code for draft in drafts})
    products = dict(cast("list[tuple[str, UUID]]", sql.rows(_BY_CODE, (codes,))))
    attributes, options, channels = _attributes(drafts), _options(drafts), _channels(drafts)
    ids = list(products.values())
    with sql.pipelined():
        asked_variants = sql.ask(_VARIANTS, (ids,), shape=_variants)
        asked_slugs = sql.ask(_SLUGS, (ids,), shape=_mine)
        brands = _pairs("catalog_brand", "code", {draft.brand for draft in drafts} - {""})
        paths = {path for draft in drafts for path in draft.categories}
        categories = _pairs("catalog_category", "path", paths)
        shown = {medium.picture for draft in drafts for medium in draft.media}
        pictures = sql.ask(_PICTURES, (list(shown),), shape=_pictures)
        variants, slugs = asked_variants.answer(), asked_slugs.answer()
        candidates = _candidates(drafts, products, slugs)
        wanted = [(locale, slug) for (_, locale), some in candidates.items() for slug in some]
        owners = sql.ask(
            _OWNERS, ([one for one, _ in wanted], [slug for _, slug in wanted]), shape=_owners
        )
        return Known(
            products=products,
            sku_owners=dict(sku_owners),
            variants=variants,
            siblings=_siblings(variants),
            brands=brands.answer(),
            categories=categories.answer(),
            attributes=attributes,
            options=options,
            pictures=pictures.answer(),
            channels=channels,
            slugs=slugs,
            candidates=candidates,
            slug_owners=owners.answer(),
        )


def _candidates(
    drafts: Sequence[ProductDraft],
    products: Mapping[str, UUID],
    slugs: Mapping[tuple[UUID, str], str],
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Addresses to try, by code and language: the wished one alone, or those made of the name.

    Nothing where the product has its address and no other is wished.
    """
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for draft in drafts:
        product_id = products.get(draft.code)
        for locale, text in draft.texts.items():
            key = (draft.code, locale)
            if key in found:
                continue
            if text.slug:
                found[key] = (text.slug,)
            elif product_id is None or (product_id, locale) not in slugs:
                found[key] = slug_candidates(name=text.name, code=draft.code)
    return found


def _pairs(table: str, column: str, wanted: set[str]) -> sql.Asked[dict[str, UUID]]:
    return sql.ask(
        f"SELECT {column}, id FROM {table} WHERE {column} = ANY(%s)",  # noqa: S608 (constants)
        (list(wanted),),
        shape=lambda found: dict(cast("list[tuple[str, UUID]]", found)),
    )


def _attributes(drafts: Sequence[ProductDraft]) -> dict[str, AttributeDef]:
    codes = {code for draft in drafts for code in draft.attributes}
    return attributes_by_code(list(codes)) if codes else {}


def _options(drafts: Sequence[ProductDraft]) -> dict[str, OptionDef]:
    codes = {code for draft in drafts for code in draft.options}
    codes |= {code for draft in drafts for variant in draft.variants for code in variant.choices}
    return options_by_code(list(codes)) if codes else {}


def _channels(drafts: Sequence[ProductDraft]) -> frozenset[str]:
    if not any(draft.channels for draft in drafts):
        return frozenset()
    return frozenset(channel.code for channel in list_channels())


def _variants(found: list[sql.Row]) -> dict[str, KnownVariant]:
    return {
        sku: KnownVariant(variant_id, product_id, code, _choices(choices), is_default, is_archived)
        for sku, variant_id, product_id, code, choices, is_default, is_archived in cast(
            "list[tuple[str, UUID, UUID, str, str, bool, bool]]", found
        )
    }


def _siblings(variants: Mapping[str, KnownVariant]) -> dict[UUID, dict[str, KnownVariant]]:
    by_product: dict[UUID, dict[str, KnownVariant]] = {}
    for sku, variant in variants.items():
        by_product.setdefault(variant.product_id, {})[sku] = variant
    return by_product


def _choices(text: str) -> Choices:
    return tuple(sorted(json.loads(text).items())) if text != "{}" else ()


def _pictures(found: list[sql.Row]) -> frozenset[str]:
    return frozenset(row[0] for row in cast("list[tuple[str]]", found))


def _mine(found: list[sql.Row]) -> dict[tuple[UUID, str], str]:
    return {
        (product_id, locale): slug
        for product_id, locale, slug in cast("list[tuple[UUID, str, str]]", found)
    }


def _owners(found: list[sql.Row]) -> dict[tuple[str, str], UUID]:
    return {
        (locale, slug): product_id
        for locale, slug, product_id in cast("list[tuple[str, str, UUID]]", found)
    }
