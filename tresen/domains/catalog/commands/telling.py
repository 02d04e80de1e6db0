"""Telling the house that products changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tresen.domains.catalog.events import IDS_PER_FACT_MAX, ProductChanged, ProductsImported
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.journal.events import announce


def tell_products(product_ids: Sequence[UUID], *, now: datetime) -> None:
    """One fact for each IDS_PER_FACT_MAX products."""
    for start in range(0, len(product_ids), IDS_PER_FACT_MAX):
        some = [str(one) for one in product_ids[start : start + IDS_PER_FACT_MAX]]
        announce(ProductsImported(happened_at=now, count=len(some), product_ids=some))


def touch(product_id: UUID, *, now: datetime, actor: Actor) -> None:
    """Note who changed the product and when, and tell it."""
    sql.run(
        "UPDATE catalog_product SET revision = revision + 1, changed_at = %s, changed_by = %s"
        " WHERE id = %s",
        (now, str(actor), product_id),
    )
    announce(ProductChanged(happened_at=now, product_id=str(product_id)))
