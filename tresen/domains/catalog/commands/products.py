"""Adding, editing and archiving one product."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.domains.catalog.commands.bulk.writing import write_products
from tresen.domains.catalog.commands.telling import touch
from tresen.domains.catalog.events import ProductChanged
from tresen.domains.catalog.queries.pages import NoSuchProduct
from tresen.domains.catalog.rules.refusals import CodeTaken, RevisionOutdated
from tresen.domains.catalog.types import ALL_PARTS, ProductDraft, ProductStatus
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.journal.events import announce


@transaction.atomic
def add_product(*, draft: ProductDraft, now: datetime, actor: Actor) -> UUID:
    """A new product with its words, variants, shelves and pictures.

    Raises CodeTaken, SkuTaken, SlugTaken and every refusal of `rules.drafts`. Fact: ProductChanged.
    """
    if sql.rows("SELECT 1 FROM catalog_product WHERE code = %s", (draft.code,)):
        raise CodeTaken(field="code", params={"value": draft.code})
    return _write(draft, now=now, actor=actor)


@transaction.atomic
def edit_product(
    *, product_id: UUID, revision: int, draft: ProductDraft, now: datetime, actor: Actor
) -> None:
    """The whole product as it should be; its code stays, variants left out stay as they are.

    `revision` is the one that was read before editing; raises RevisionOutdated if a colleague
    was faster, NoSuchProduct, and what `add_product` raises.
    """
    found = sql.rows(
        "SELECT code, revision FROM catalog_product WHERE id = %s FOR UPDATE", (product_id,)
    )
    if not found:
        raise NoSuchProduct(field="product_id")
    code, present = cast("tuple[str, int]", found[0])
    if present != revision:
        raise RevisionOutdated(field="revision")
    _write(replace(draft, code=code), now=now, actor=actor)


@transaction.atomic
def set_status(*, product_id: UUID, status: ProductStatus, now: datetime, actor: Actor) -> None:
    """Draft, active or archived. Only active products are sold. Raises NoSuchProduct."""
    changed = sql.changed(
        "UPDATE catalog_product SET status = %s WHERE id = %s AND status <> %s",
        (status.value, product_id, status.value),
    )
    if changed:
        touch(product_id, now=now, actor=actor)
    elif not sql.rows("SELECT 1 FROM catalog_product WHERE id = %s", (product_id,)):
        raise NoSuchProduct(field="product_id")


def archive_product(*, product_id: UUID, now: datetime, actor: Actor) -> None:
    """No longer sold or shown anywhere; old orders still refer to it."""
    set_status(product_id=product_id, status=ProductStatus.ARCHIVED, now=now, actor=actor)


def _write(draft: ProductDraft, *, now: datetime, actor: Actor) -> UUID:
    written = write_products([draft], parts=ALL_PARTS, now=now, actor=actor)
    if written.faults:
        raise written.faults[0].refusal
    found = sql.rows("SELECT id FROM catalog_product WHERE code = %s", (draft.code.strip(),))
    product_id = cast("UUID", found[0][0])
    if written.product_ids:
        announce(ProductChanged(happened_at=now, product_id=str(product_id)))
    return product_id
