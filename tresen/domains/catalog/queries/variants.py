"""Variants as the stock screens list them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast
from uuid import UUID

from tresen.domains.catalog.queries.fragments import BEST_TEXT
from tresen.domains.catalog.rules.words import chain_of
from tresen.domains.catalog.types import VariantListRow
from tresen.foundation import sql

LIST_MAX: Final = 200
SEARCH_LENGTH_MAX: Final = 120
_VARIANTS: Final = (
    "SELECT v.id, v.product_id, v.sku, t.name FROM catalog_variant v"  # noqa: S608 (constants)
    f" JOIN catalog_product p ON p.id = v.product_id {BEST_TEXT}"
)


def list_variants(
    *, locale: str, search: str = "", after_sku: str = "", limit: int = 50
) -> list[VariantListRow]:
    """By article number, from one on. `search` begins article numbers or is part of a name."""
    words = search.strip()[:SEARCH_LENGTH_MAX]
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    found = sql.rows(
        f"{_VARIANTS} WHERE v.sku > %s AND (v.sku ILIKE %s OR t.name ILIKE %s)"
        " ORDER BY v.sku LIMIT %s",
        (
            list(chain_of(locale)),
            after_sku,
            f"{escaped}%",
            f"%{escaped}%",
            min(limit, LIST_MAX + 1),
        ),
    )
    return [_row(row) for row in found]


def find_variants(variant_ids: Sequence[UUID], *, locale: str) -> list[VariantListRow]:
    """Those that exist, archived ones too."""
    found = sql.rows(
        f"{_VARIANTS} WHERE v.id = ANY(%s::uuid[])",
        (list(chain_of(locale)), list(variant_ids)),
    )
    return [_row(row) for row in found]


def _row(row: sql.Row) -> VariantListRow:
    variant_id, product_id, sku, name = cast("tuple[UUID, UUID, str, str]", row)
    return VariantListRow(variant_id=variant_id, product_id=product_id, sku=sku, name=name)
