"""Finding variants and products by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from tresen.domains.catalog.rules.codes import sound_gtin
from tresen.domains.catalog.rules.refusals import GtinUnsound
from tresen.domains.catalog.types import VariantFound
from tresen.foundation import sql

FOUND_MAX: Final = 50
IDS_MAX: Final = 10_000

_FOUND: Final = (
    "SELECT v.id, v.product_id, v.sku, v.gtin, p.code, v.is_archived"
    " FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id"
)
_Row = tuple[UUID, UUID, str, str, str, bool]


def find_variant_by_sku(sku: str) -> VariantFound | None:
    found = sql.rows(f"{_FOUND} WHERE v.sku = %s", (sku.strip(),))
    return _found(found[0]) if found else None


def find_variants_by_gtin(gtin: str) -> list[VariantFound]:
    """Sold ones first. A used and a new one may carry the same GTIN, so there can be several."""
    try:
        wanted = sound_gtin(gtin)
    except GtinUnsound:
        return []
    found = sql.rows(
        f"{_FOUND} WHERE v.gtin = %s AND v.gtin <> '' ORDER BY v.is_archived, v.sku LIMIT %s",
        (wanted, FOUND_MAX),
    )
    return [_found(row) for row in found]


_BY_SKU = "SELECT sku, id FROM catalog_variant WHERE sku = ANY(ARRAY(SELECT unnest(%s::text[])))"
"""An array behind a SELECT looks alike for every call, so that one plan serves all of them."""


def variant_ids_by_sku(skus: Sequence[str]) -> dict[str, UUID]:
    """Those that exist, archived or not."""
    found = sql.rows(_BY_SKU, (list(skus),))
    return dict(cast("list[tuple[str, UUID]]", found))


def shelves_of(variant_ids: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The paths of the categories that each variant lies in, those above included."""
    found = sql.rows(
        "SELECT v.id, array_agg(DISTINCT c.path) FROM catalog_variant v"
        " JOIN catalog_product_category pc ON pc.product_id = v.product_id"
        " JOIN catalog_category c ON c.id = pc.category_id"
        " WHERE v.id = ANY(%s::uuid[]) GROUP BY v.id",
        (list(variant_ids),),
    )
    return {
        variant_id: tuple(sorted({above for path in paths for above in _with_above(path)}))
        for variant_id, paths in cast("list[tuple[UUID, list[str]]]", found)
    }


def _with_above(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[: depth + 1]) for depth in range(len(steps))]


def ask_variants_of(product_ids: Sequence[UUID]) -> sql.Asked[dict[UUID, list[UUID]]]:
    """The variants that are sold, by product, in the order shown."""
    return sql.ask(
        "SELECT product_id, array_agg(id ORDER BY position, sku) FROM catalog_variant"
        " WHERE product_id = ANY(%s::uuid[]) AND NOT is_archived GROUP BY product_id",
        (list(product_ids),),
        shape=lambda found: dict(cast("list[tuple[UUID, list[UUID]]]", found)),
    )


def list_product_ids(*, after: UUID | None = None, limit: int = 1_000) -> list[UUID]:
    """All products page by page, in the order of their ids."""
    found = sql.rows(
        "SELECT id FROM catalog_product WHERE %s::uuid IS NULL OR id > %s ORDER BY id LIMIT %s",
        (after, after, min(limit, IDS_MAX)),
    )
    return [row[0] for row in cast("list[tuple[UUID]]", found)]


def list_changed_product_ids(
    *, since: datetime, after: tuple[datetime, UUID] | None = None, limit: int = 1_000
) -> list[tuple[datetime, UUID]]:
    """Products changed at or after `since`, oldest change first; hand in the last pair to go on."""
    changed_at, product_id = after or (since, UUID(int=0))
    found = sql.rows(
        "SELECT changed_at, id FROM catalog_product WHERE (changed_at, id) > (%s, %s)"
        " ORDER BY changed_at, id LIMIT %s",
        (changed_at, product_id, min(limit, IDS_MAX)),
    )
    return cast("list[tuple[datetime, UUID]]", found)


def count_products() -> tuple[int, int]:
    """How many products and variants there are, of whatever status."""
    found = sql.rows(
        "SELECT (SELECT count(*) FROM catalog_product), (SELECT count(*) FROM catalog_variant)"
    )
    return cast("tuple[int, int]", found[0])


def _found(row: sql.Row) -> VariantFound:
    variant_id, product_id, sku, gtin, code, is_archived = cast("_Row", row)
    return VariantFound(
        variant_id=variant_id,
        product_id=product_id,
        sku=sku,
        gtin=gtin,
        product_code=code,
        is_archived=is_archived,
    )
