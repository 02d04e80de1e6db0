"""Deciding, draft by draft, what is written; what cannot be written becomes a fault."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tresen.domains.catalog.commands.bulk.knowing import Choices, Known, KnownVariant
from tresen.domains.catalog.rules.attributes import sound_values
from tresen.domains.catalog.rules.refusals import (
    BrandUnknown,
    CategoryUnknown,
    ChannelUnknown,
    ChoicesTwice,
    ChoiceUnknown,
    OptionUnknown,
    PictureUnknown,
    SkuTaken,
    SkuTwice,
    SlugTaken,
    TextMissing,
    VariantUnknown,
)
from tresen.domains.catalog.rules.variants import words_of_choices
from tresen.domains.catalog.types import Fault, Part, ProductDraft, TextDraft, VariantDraft
from tresen.foundation.ids import new_id
from tresen.foundation.refusals import Refusal


@dataclass(slots=True)
class Plan:
    """What one batch writes. Drafts of the same product are put together."""

    known: Known
    parts: frozenset[Part]
    product_ids: dict[str, UUID] = field(default_factory=dict)
    new_products: set[str] = field(default_factory=set)
    heads: dict[str, ProductDraft] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    texts: dict[tuple[str, str], TextDraft] = field(default_factory=dict)
    text_slugs: dict[tuple[str, str], str] = field(default_factory=dict)
    variants: dict[str, tuple[str, VariantDraft]] = field(default_factory=dict)
    variant_ids: dict[str, UUID] = field(default_factory=dict)
    slugs: dict[tuple[str, str], UUID] = field(default_factory=dict)
    choices: dict[tuple[UUID, Choices], str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def plan_batch(
    drafts: Sequence[tuple[int, ProductDraft]], *, known: Known, parts: frozenset[Part]
) -> Plan:
    """Each draft comes with its place in what was handed in."""
    plan = Plan(known=known, parts=parts, product_ids=dict(known.products))
    plan.slugs.update(known.slug_owners)
    for index, draft in drafts:
        try:
            _plan_draft(plan, draft)
        except Refusal as refusal:
            plan.faults.append(Fault(index=index, refusal=refusal))
    return plan


def _plan_draft(plan: Plan, draft: ProductDraft) -> None:
    """All checks first, so that a refused draft leaves nothing in the plan."""
    is_new = draft.code not in plan.product_ids
    if is_new and not draft.texts:
        raise TextMissing(field="name")
    product_id = plan.product_ids.get(draft.code) or new_id()
    _check_references(plan, draft)
    values = sound_values(draft.attributes, definitions=plan.known.attributes)
    choices = _free_choices(plan, draft, product_id)
    slugs = _free_slugs(plan, draft, product_id)
    plan.product_ids[draft.code] = product_id
    if is_new:
        plan.new_products.add(draft.code)
    if draft.texts and draft.code not in plan.heads:
        plan.heads[draft.code] = draft
        plan.values[draft.code] = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for locale, slug in slugs.items():
        plan.slugs[locale, slug] = product_id
        plan.text_slugs[draft.code, locale] = slug
        plan.texts[draft.code, locale] = draft.texts[locale]
    plan.choices |= choices
    for variant in draft.variants:
        known = plan.known.variants.get(variant.sku)
        plan.variant_ids[variant.sku] = known.id if known else new_id()
        plan.variants[variant.sku] = (draft.code, variant)


def _check_references(plan: Plan, draft: ProductDraft) -> None:
    known = plan.known
    if draft.brand and draft.brand not in known.brands:
        raise BrandUnknown(field="brand", params={"brand": draft.brand})
    if path := _first_absent(draft.categories, known.categories):
        raise CategoryUnknown(field="categories", params={"category": path})
    if channel := _first_absent(draft.channels, known.channels):
        raise ChannelUnknown(field="channels", params={"channel": channel})
    if picture := _first_absent([medium.picture for medium in draft.media], known.pictures):
        raise PictureUnknown(field="media", params={"picture": picture})
    if option := _first_absent(draft.options, known.options):
        raise OptionUnknown(field="options", params={"option": option})
    mine = {variant.sku for variant in draft.variants}
    shown = [medium.sku for medium in draft.media if medium.sku and medium.sku not in mine]
    if sku := _first_absent(shown, _siblings(plan, draft.code)):
        raise VariantUnknown(field="media", params={"sku": sku})
    for variant in draft.variants:
        _check_variant(plan, draft, variant)


def _first_absent(wanted: Iterable[str], known: Container[str]) -> str:
    return next((code for code in wanted if code not in known), "")


def _check_variant(plan: Plan, draft: ProductDraft, variant: VariantDraft) -> None:
    owner = plan.known.sku_owners.get(variant.sku, draft.code)
    if variant.sku in plan.variants:
        raise SkuTwice(field="sku", params={"sku": variant.sku})
    if owner != draft.code:
        raise SkuTaken(field="sku", params={"sku": variant.sku, "product": owner})
    for option, value in variant.choices.items():
        definition = plan.known.options.get(option)
        if definition is None:
            raise OptionUnknown(field="options", params={"option": option})
        if all(choice.code != value for choice in definition.values):
            raise ChoiceUnknown(
                field=f"option.{option}", params={"value": value, "attribute": option}
            )


def _free_choices(
    plan: Plan, draft: ProductDraft, product_id: UUID
) -> dict[tuple[UUID, Choices], str]:
    """The draft's combinations, none of them held by a variant that stays as it is."""
    mine = {variant.sku for variant in draft.variants}
    siblings = plan.known.siblings.get(product_id, {})
    held = {
        known.choices
        for sku, known in siblings.items()
        if sku not in mine and not known.is_archived
    }
    claimed: dict[tuple[UUID, Choices], str] = {}
    for variant in draft.variants:
        if variant.is_archived:
            continue
        choices = _final_choices(plan, variant)
        key = (product_id, choices)
        if choices in held or key in plan.choices or key in claimed:
            words = words_of_choices(dict(choices))
            raise ChoicesTwice(field="choices", params={"choices": words})
        claimed[key] = variant.sku
    return claimed


def _siblings(plan: Plan, code: str) -> dict[str, KnownVariant]:
    """The variants that the product has already."""
    product_id = plan.known.products.get(code)
    return plan.known.siblings.get(product_id, {}) if product_id else {}


def _final_choices(plan: Plan, variant: VariantDraft) -> Choices:
    there = plan.known.variants.get(variant.sku)
    if there is not None and Part.CHOICES not in plan.parts:
        return there.choices
    return tuple(sorted(variant.choices.items()))


def _free_slugs(plan: Plan, draft: ProductDraft, product_id: UUID) -> dict[str, str]:
    """An address for each language that no draft before has spoken: the wished one, the present
    one, or one made of the name."""
    chosen: dict[str, str] = {}
    for locale in draft.texts:
        key = (draft.code, locale)
        if key in plan.texts:
            continue
        candidates = plan.known.candidates.get(key)
        if candidates is None:
            chosen[locale] = plan.known.slugs[product_id, locale]
        else:
            chosen[locale] = _first_free(plan.slugs, candidates, locale, product_id)
    return chosen


def _first_free(
    owners: Mapping[tuple[str, str], UUID],
    candidates: Sequence[str],
    locale: str,
    product_id: UUID,
) -> str:
    for slug in candidates:
        if owners.get((locale, slug), product_id) == product_id:
            return slug
    raise SlugTaken(field=f"slug.{locale}", params={"slug": candidates[-1]})
