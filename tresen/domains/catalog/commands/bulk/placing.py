"""A plan's rows, staged and put in place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import cast
from uuid import UUID

from tresen.domains.catalog.commands.bulk import statements
from tresen.domains.catalog.commands.bulk.planning import Plan
from tresen.domains.catalog.commands.bulk.staging import analyze, make_empty, stage
from tresen.domains.catalog.rules.words import sort_key
from tresen.domains.catalog.types import Part, VariantDraft
from tresen.foundation import sql
from tresen.foundation.actor import Actor

_Rows = list[tuple[object, ...]]


def place(plan: Plan, *, now: datetime, actor: Actor) -> set[UUID]:
    """The ids of all products that are new or differ now from before."""
    make_empty()
    stage("catalog_new_product", _products(plan))
    stage("catalog_new_text", _texts(plan))
    stage("catalog_new_variant", _variants(plan))
    analyze(len(plan.variants))
    changed = {plan.product_ids[code] for code in plan.new_products}
    has_old = len(plan.new_products) < len(plan.product_ids)
    sql.run(statements.ADD_PRODUCTS, (now, str(actor)))
    if has_old:
        changed |= _change_products(plan)
    changed |= _place_texts(plan, has_old=has_old)
    changed |= _place_variants(plan, has_old=has_old)
    changed |= _place_rest(plan, has_old=has_old)
    _touch(plan, changed, now=now, actor=actor)
    return changed


def _change_products(plan: Plan) -> set[UUID]:
    changed: set[UUID] = set()
    if statement := statements.change_products(plan.parts):
        changed |= _ids(statement)
    if Part.ATTRIBUTES in plan.parts:
        changed |= _ids(statements.MERGE_ATTRIBUTES)
    return changed


def _place_texts(plan: Plan, *, has_old: bool) -> set[UUID]:
    if has_old:
        sql.run(statements.KEEP_OLD_SLUGS)
    changed = _ids(statements.put_texts(plan.parts))
    if has_old:
        sql.run(statements.FORGET_OLD_SLUGS)
    return changed


def _place_variants(plan: Plan, *, has_old: bool) -> set[UUID]:
    """Present ones first: what they let go may be taken by new ones."""
    changed: set[UUID] = set()
    if has_old:
        sql.run(statements.UNSET_DEFAULTS)
        if Part.CHOICES in plan.parts:
            sql.run(statements.FREE_CHOICES)
        if statement := statements.change_variants(plan.parts):
            changed |= _ids(statement)
    return changed | _ids(statements.ADD_VARIANTS)


def _place_rest(plan: Plan, *, has_old: bool) -> set[UUID]:
    changed: set[UUID] = set()
    if Part.CATEGORIES in plan.parts:
        stage("catalog_new_category", list(_categories(plan)))
        changed |= _ids(statements.DROP_CATEGORIES) if has_old else set()
        changed |= _ids(statements.PUT_CATEGORIES)
    if Part.MEDIA in plan.parts:
        stage("catalog_new_picture", list(_pictures(plan)))
        changed |= _ids(statements.DROP_PICTURES) if has_old else set()
        changed |= _ids(statements.PUT_PICTURES)
    if plan.parts & {Part.CHANNELS, Part.CHANNELS_IF_NEW}:
        changed |= _place_publications(plan, has_old=has_old)
    if Part.OLD_SLUGS in plan.parts:
        stage("catalog_new_old_slug", list(_old_slugs(plan)))
        changed |= _ids(statements.ADD_OLD_SLUGS)
    return changed


def _place_publications(plan: Plan, *, has_old: bool) -> set[UUID]:
    stage("catalog_new_publication", list(_publications(plan)))
    if Part.CHANNELS not in plan.parts:
        return _ids(statements.ADD_PUBLICATIONS)
    dropped = _ids(statements.DROP_PUBLICATIONS) if has_old else set()
    return dropped | _ids(statements.PUT_PUBLICATIONS)


def _touch(plan: Plan, changed: set[UUID], *, now: datetime, actor: Actor) -> None:
    added = {plan.product_ids[code] for code in plan.new_products}
    if older := list(changed - added):
        sql.run(statements.TOUCH, (now, str(actor), older))


def _ids(statement: str) -> set[UUID]:
    return {row[0] for row in cast("list[tuple[UUID]]", sql.rows(statement))}


def _products(plan: Plan) -> _Rows:
    brands = plan.known.brands
    return [
        (
            plan.product_ids[code],
            code in plan.new_products,
            code,
            brands[draft.brand] if draft.brand else None,
            draft.status.value,
            draft.tax_category,
            draft.listed_on,
            _array(draft.options),
            plan.values[code],
        )
        for code, draft in plan.heads.items()
    ]


def _texts(plan: Plan) -> _Rows:
    return [
        (
            plan.product_ids[code],
            locale,
            text.name,
            sort_key(text.name),
            plan.text_slugs[code, locale],
            text.summary,
            text.description,
            text.meta_title,
            text.meta_description,
        )
        for (code, locale), text in plan.texts.items()
    ]


def _variants(plan: Plan) -> _Rows:
    defaults = default_skus(plan)
    known = plan.known.variants
    return [
        (
            plan.variant_ids[sku],
            sku not in known,
            plan.product_ids[code],
            sku,
            draft.gtin,
            _array(draft.other_gtins),
            json.dumps(draft.choices, ensure_ascii=False) if draft.choices else "{}",
            draft.position,
            sku in defaults,
            draft.is_archived,
            *_measures(draft),
            draft.origin_country,
            draft.tariff_code,
            draft.content_amount,
            draft.content_unit.value,
            draft.max_per_order,
        )
        for sku, (code, draft) in plan.variants.items()
    ]


def _array(codes: tuple[str, ...]) -> str:
    """An array's own text, much cheaper than the driver's. Codes and GTINs need no quotes."""
    return f"{{{','.join(codes)}}}" if codes else "{}"


def _measures(draft: VariantDraft) -> tuple[int | None, int | None, int | None, int | None]:
    return (draft.weight_g, draft.length_mm, draft.width_mm, draft.height_mm)


def default_skus(plan: Plan) -> set[str]:
    """The staged variants that are their product's default: the one said to be, else the one
    that is, else the first that is sold, as long as no variant elsewhere holds the place."""
    by_product: dict[str, list[VariantDraft]] = {}
    for code, draft in plan.variants.values():
        by_product.setdefault(code, []).append(draft)
    chosen = set()
    for code, drafts in by_product.items():
        siblings = plan.known.siblings.get(plan.product_ids[code], {})
        present = next((sku for sku, known in siblings.items() if known.is_default), "")
        if sku := _default_of(plan, drafts, present):
            chosen.add(sku)
    return chosen


def _default_of(plan: Plan, drafts: list[VariantDraft], present: str) -> str:
    sold = [draft.sku for draft in drafts if not draft.is_archived]
    if Part.VARIANT_ORDER in plan.parts:
        said = [draft.sku for draft in drafts if draft.is_default and draft.sku in sold]
        staged = {draft.sku for draft in drafts}
        if said:
            return said[0]
        if present and present not in staged:
            return ""
        return present if present in sold else next(iter(sold), "")
    return present or next(iter(sold), "")


def _categories(plan: Plan) -> Iterator[tuple[object, ...]]:
    for code, draft in plan.heads.items():
        for position, path in enumerate(draft.categories):
            yield plan.product_ids[code], plan.known.categories[path], position


def _pictures(plan: Plan) -> Iterator[tuple[object, ...]]:
    for code, draft in plan.heads.items():
        for medium in draft.media:
            variant_id = _variant_id(plan, medium.sku) if medium.sku else None
            alt = json.dumps(medium.alt, ensure_ascii=False)
            yield plan.product_ids[code], medium.picture, variant_id, medium.position, alt


def _variant_id(plan: Plan, sku: str) -> UUID:
    return plan.variant_ids.get(sku) or plan.known.variants[sku].id


def _publications(plan: Plan) -> Iterator[tuple[object, ...]]:
    for code, draft in plan.heads.items():
        for channel, window in draft.channels.items():
            yield plan.product_ids[code], channel, window.from_at, window.until_at


def _old_slugs(plan: Plan) -> Iterator[tuple[object, ...]]:
    for code, draft in plan.heads.items():
        for locale, slugs in draft.old_slugs.items():
            for slug in slugs:
                yield locale, slug, plan.product_ids[code]
