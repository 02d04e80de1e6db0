"""Temporary tables that a batch is copied into, private to the connection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

import psycopg
from django.db import connection

from tresen.foundation import sql

_TABLES: Final = {
    "catalog_new_product": (
        "id uuid, is_new boolean, code text, brand_id uuid, status text, tax_category text,"
        " listed_on date, options varchar[], attributes jsonb"
    ),
    "catalog_new_text": (
        "product_id uuid, locale text, name text, sort_name text, slug text, summary text,"
        " description text, meta_title text, meta_description text"
    ),
    "catalog_new_variant": (
        "id uuid, is_new boolean, product_id uuid, sku text, gtin text, other_gtins varchar[],"
        " choices jsonb, position integer, is_default boolean, is_archived boolean,"
        " weight_g integer, length_mm integer, width_mm integer, height_mm integer,"
        " origin_country text, tariff_code text, content_amount numeric, content_unit text,"
        " max_per_order integer"
    ),
    "catalog_new_category": "product_id uuid, category_id uuid, position integer",
    "catalog_new_picture": (
        "product_id uuid, picture_id text, variant_id uuid, position integer, alt jsonb"
    ),
    "catalog_new_publication": (
        "product_id uuid, channel_code text, from_at timestamptz, until_at timestamptz"
    ),
    "catalog_new_old_slug": "locale text, slug text, product_id uuid",
}
_MAKE: Final = "; ".join(
    f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({columns}) ON COMMIT DELETE ROWS"
    for name, columns in _TABLES.items()
)
_EMPTY: Final = f"TRUNCATE {', '.join(_TABLES)}"
_ANALYZED: Final = "ANALYZE catalog_new_product, catalog_new_text, catalog_new_variant"
_BIG: Final = 200
"""From so many rows on the planner is told what has been staged."""


def make_empty() -> None:
    """The staging tables, there and empty."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = warning")
        cursor.execute(_MAKE)
        cursor.execute(_EMPTY)


def stage(table: str, rows: Sequence[Iterable[object]]) -> None:
    """COPY the rows into a staging table, in the order of its columns."""
    assert table in _TABLES
    if not rows:
        return
    raw = cast("psycopg.Connection[sql.Row]", connection.connection)
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(raw) as cursor,
        cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy,
    ):
        for row in rows:
            copy.write_row(tuple(row))


def analyze(count: int) -> None:
    if count >= _BIG:
        sql.run(_ANALYZED)
