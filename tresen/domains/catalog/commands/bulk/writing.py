"""Writing many products in a handful of statements; one bad draft never spoils the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.utils import IntegrityError

from tresen.domains.catalog.commands.bulk.knowing import codes_by_sku, look_up
from tresen.domains.catalog.commands.bulk.placing import place
from tresen.domains.catalog.commands.bulk.planning import plan_batch
from tresen.domains.catalog.commands.telling import tell_products
from tresen.domains.catalog.rules.drafts import sound_draft
from tresen.domains.catalog.rules.refusals import ChoicesTwice, CodeTaken, SkuTaken, SlugTaken
from tresen.domains.catalog.types import ALL_PARTS, Fault, Part, ProductDraft, Written
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.refusals import Refusal

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('catalog:write'))"
"""Writers of products take turns, batch by batch: what one looked up is still so when it writes."""

Numbered = Sequence[tuple[int, ProductDraft]]


@transaction.atomic
def put_products(
    drafts: Sequence[ProductDraft],
    *,
    now: datetime,
    actor: Actor,
    parts: Collection[Part] = ALL_PARTS,
) -> Written:
    """Add the products that are new and bring the others up to date, in the parts named.

    Products are known by their code, variants by their SKU; a draft without a code means the
    product of its first SKU, or a new one of that name. A few thousand drafts at a time. Facts:
    ProductsImported, for what is new or differs; what is as before is neither written nor told.
    """
    written = write_products(drafts, parts=parts, now=now, actor=actor)
    tell_products(written.product_ids, now=now)
    return written


def write_products(
    drafts: Sequence[ProductDraft], *, parts: Collection[Part], now: datetime, actor: Actor
) -> Written:
    """As `put_products`, without telling."""
    assert transaction.get_connection().in_atomic_block
    sql.run(_LOCK)
    owners = codes_by_sku([v.sku.strip() for draft in drafts for v in draft.variants])
    sound, faults = _sound(drafts, parts, owners)
    try:
        with transaction.atomic():
            written = _write(sound, owners, parts=frozenset(parts), now=now, actor=actor)
    except IntegrityError as error:
        written = _one_by_one(sound, error, parts=frozenset(parts), now=now, actor=actor)
    everything = sorted((*faults, *written.faults), key=lambda fault: fault.index)
    return replace(written, faults=tuple(everything))


def _sound(
    drafts: Sequence[ProductDraft], parts: Collection[Part], owners: Mapping[str, str]
) -> tuple[Numbered, list[Fault]]:
    sound: list[tuple[int, ProductDraft]] = []
    faults: list[Fault] = []
    for index, draft in enumerate(drafts):
        try:
            code = draft.code or _code_of(draft, owners)
            sound.append((index, sound_draft(draft, parts=parts, code=code)))
        except Refusal as refusal:
            faults.append(Fault(index=index, refusal=refusal))
    return sound, faults


def _code_of(draft: ProductDraft, owners: Mapping[str, str]) -> str:
    """The product that the first SKU belongs to, or a new one of that name."""
    if not draft.variants:
        return ""
    sku = draft.variants[0].sku.strip()
    return owners.get(sku, sku)


def _write(
    drafts: Numbered,
    owners: Mapping[str, str],
    *,
    parts: frozenset[Part],
    now: datetime,
    actor: Actor,
) -> Written:
    known = look_up([draft for _, draft in drafts], sku_owners=owners)
    plan = plan_batch(drafts, known=known, parts=parts)
    changed = place(plan, now=now, actor=actor) if plan.variants else set()
    added = len(plan.new_products)
    return Written(
        added=added,
        changed=len(changed) - added,
        unchanged=len({code for code, _ in plan.variants.values()}) - len(changed),
        product_ids=tuple(changed),
        variant_ids=dict(plan.variant_ids),
        faults=tuple(plan.faults),
    )


def _one_by_one(
    drafts: Numbered,
    error: IntegrityError,
    *,
    parts: frozenset[Part],
    now: datetime,
    actor: Actor,
) -> Written:
    """The database refused the batch: find out which draft it means, and write the others."""
    if len(drafts) == 1:
        return _nothing((Fault(index=drafts[0][0], refusal=_refusal_of(error)),))
    done = _nothing(())
    for numbered in drafts:
        owners = codes_by_sku([variant.sku for variant in numbered[1].variants])
        try:
            with transaction.atomic():
                one = _write([numbered], owners, parts=parts, now=now, actor=actor)
        except IntegrityError as single:
            one = _nothing((Fault(index=numbered[0], refusal=_refusal_of(single)),))
        done = _sum(done, one)
    return done


def _refusal_of(error: IntegrityError) -> Refusal:
    """What a broken constraint means. Raises the error again where it means a fault of ours."""
    match sql.constraint_of(error):
        case "one_variant_per_choice":
            return ChoicesTwice(field="choices", params={"choices": "–"})
        case "one_product_per_address":
            return SlugTaken(field="slug", params={"slug": "–"})
        case "one_product_per_code":
            return CodeTaken(field="code", params={"value": "–"})
        case "catalog_variant_sku_key":
            return SkuTaken(field="sku", params={"sku": "–", "product": "–"})
        case _:
            raise error


def _nothing(faults: tuple[Fault, ...]) -> Written:
    return Written(added=0, changed=0, unchanged=0, product_ids=(), variant_ids={}, faults=faults)


def _sum(one: Written, other: Written) -> Written:
    return Written(
        added=one.added + other.added,
        changed=one.changed + other.changed,
        unchanged=one.unchanged + other.unchanged,
        product_ids=(*one.product_ids, *other.product_ids),
        variant_ids={**one.variant_ids, **other.variant_ids},
        faults=(*one.faults, *other.faults),
    )
