"""What the order path asks: variants as they are sold now, in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Final, cast
from uuid import UUID

from tresen.domains.catalog.queries.fragments import BEST_TEXT, SHOWN_NOW
from tresen.domains.catalog.rules.pictures import url_of
from tresen.domains.catalog.rules.words import chain_of, label_of
from tresen.domains.catalog.types import Localized, VariantSnapshot
from tresen.foundation import sql

_WORDS: Final = (
    "CASE WHEN v.choices <> '{}' THEN (SELECT jsonb_agg(jsonb_build_array("
    " (SELECT o.labels FROM catalog_option o WHERE o.code = c.option),"
    " (SELECT x.labels FROM catalog_option_value x"
    "   WHERE x.option_id = c.option AND x.code = c.value))"
    " ORDER BY array_position(p.options::text[], c.option), c.option)"
    " FROM jsonb_each_text(v.choices) AS c(option, value)) END"
)
"""What was chosen of each option, looked up by key: a join would read all values of the shop."""

_SNAPSHOTS: Final = (
    f"SELECT v.id, v.product_id, v.sku, v.gtin, t.name, {_WORDS}, t.slug, pic.picture_id,"  # noqa: S608 (constant pieces)
    " pic.width, pic.alt, v.weight_g, p.tax_category, v.origin_country, v.tariff_code,"
    " v.content_amount, v.content_unit, v.max_per_order"
    " FROM catalog_variant v"
    " JOIN catalog_product p ON p.id = v.product_id AND p.status = 'active'"
    " JOIN catalog_publication s ON s.product_id = p.id AND s.channel_code = %s"
    f" AND {SHOWN_NOW} {BEST_TEXT}"
    " LEFT JOIN LATERAL (SELECT pp.picture_id, pp.alt, k.widths[1] AS width"
    "   FROM catalog_product_picture pp JOIN catalog_picture k ON k.hash = pp.picture_id"
    "   WHERE pp.product_id = p.id AND (pp.variant_id = v.id OR pp.variant_id IS NULL)"
    "   ORDER BY pp.variant_id IS NULL, pp.position, pp.id LIMIT 1) pic ON true"
    " WHERE v.id = ANY(ARRAY(SELECT unnest(%s::uuid[]))) AND NOT v.is_archived"
)

_Found = tuple[
    UUID,
    UUID,
    str,
    str,
    str,
    str | None,
    str,
    str | None,
    int,
    str,
    int | None,
    str,
    str,
    str,
    Decimal | None,
    str,
    int,
]


def ask_snapshots(
    variant_ids: Sequence[UUID], *, channel_code: str, locale: str, at: datetime | None = None
) -> sql.Asked[dict[UUID, VariantSnapshot]]:
    """Only variants that the channel shows at `at` (now, where none is given)."""
    return sql.ask(
        _SNAPSHOTS,
        (channel_code, at, at, list(chain_of(locale)), list(variant_ids)),
        shape=partial(_snapshots, locale=locale),
    )


def _snapshots(found: list[sql.Row], *, locale: str) -> dict[UUID, VariantSnapshot]:
    snapshots = (_snapshot(row, locale) for row in cast("list[_Found]", found))
    return {snapshot.variant_id: snapshot for snapshot in snapshots}


def _snapshot(row: _Found, locale: str) -> VariantSnapshot:
    return VariantSnapshot(
        variant_id=row[0],
        product_id=row[1],
        sku=row[2],
        gtin=row[3],
        title=row[4],
        options=_options(row[5], locale),
        slug=row[6],
        picture_url=url_of(row[7], width=row[8]) if row[7] else "",
        picture_alt=label_of(json.loads(row[9]), locale=locale) if row[7] else "",
        weight_g=row[10],
        tax_category=row[11],
        origin_country=row[12],
        tariff_code=row[13],
        content_amount=row[14],
        content_unit=row[15],
        max_per_order=row[16],
    )


def _options(words: str | None, locale: str) -> str:
    """«Farbe: Blau, Größe: M»."""
    if not words:
        return ""
    pairs: list[tuple[Localized | None, Localized | None]] = json.loads(words)
    return ", ".join(
        f"{label_of(option, locale=locale)}: {label_of(value, locale=locale)}"
        for option, value in pairs
        if option is not None and value is not None
    )
