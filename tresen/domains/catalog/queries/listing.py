"""The product list of the back office: searched, sorted, page by page."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from tresen.domains.catalog.queries.fragments import FIRST_PICTURE, picture_view
from tresen.domains.catalog.rules.codes import sound_gtin
from tresen.domains.catalog.rules.refusals import GtinUnsound
from tresen.domains.catalog.rules.words import chain_of
from tresen.domains.catalog.types import (
    PictureView,
    ProductList,
    ProductListRow,
    ProductSort,
    ProductStatus,
)
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal

PAGE_MAX: Final = 200
SEARCH_LENGTH_MAX: Final = 100

_ORDERS: Final = {
    ProductSort.NAME: {"key": "t.sort_name", "id": "t.product_id", "way": "ASC"},
    ProductSort.CODE: {"key": "p.code", "id": "p.id", "way": "ASC"},
    ProductSort.CHANGED: {"key": "p.changed_at", "id": "p.id", "way": "DESC"},
}
_BEYOND: Final = {
    ProductSort.NAME: " AND (t.sort_name, t.product_id) > (%s, %s)",
    ProductSort.CODE: " AND (p.code, p.id) > (%s, %s)",
    ProductSort.CHANGED: " AND (p.changed_at, p.id) < (%s::timestamptz, %s)",
}
_ROWS: Final = (
    "WITH page AS MATERIALIZED ("  # noqa: S608 (constant pieces)
    "   SELECT t.product_id, t.name, {key} AS key"
    "   FROM catalog_product_text t JOIN catalog_product p ON p.id = t.product_id"
    "   WHERE t.locale = (SELECT o.locale FROM catalog_product_text o"
    "     WHERE o.product_id = t.product_id"
    "     ORDER BY array_position(%s::text[], o.locale::text) NULLS LAST, o.locale LIMIT 1)"
    "   {only} ORDER BY {key} {way}, {id} {way} LIMIT %s)"
    " SELECT p.id, p.code, page.name, coalesce(b.name, ''), p.status, coalesce(v.sku, ''),"
    " v.many, pic.picture_id, pic.widths, pic.width, pic.height, pic.alt,"
    " ARRAY(SELECT s.channel_code FROM catalog_publication s WHERE s.product_id = p.id"
    "   AND (s.until_at IS NULL OR s.until_at > now()) ORDER BY 1), p.changed_at, page.key::text"
    " FROM page JOIN catalog_product p ON p.id = page.product_id"
    " LEFT JOIN catalog_brand b ON b.id = p.brand_id"
    " LEFT JOIN LATERAL (SELECT (array_agg(v.sku ORDER BY v.is_default DESC, v.position))[1],"
    "   count(*) FROM catalog_variant v WHERE v.product_id = p.id AND NOT v.is_archived)"
    f"   AS v(sku, many) ON true {FIRST_PICTURE}"
    " ORDER BY page.key {way}, p.id {way}"
)
"""The page is chosen first, and only its products are looked at closely."""

_BY_STATUS: Final = " AND p.status = %s"
_BY_BRAND: Final = " AND p.brand_id = (SELECT id FROM catalog_brand WHERE code = %s)"
_MATCHES: Final = (
    "SELECT id FROM ("
    " SELECT product_id AS id FROM catalog_product_text WHERE upper(name) LIKE upper(%s)"
    " UNION ALL SELECT product_id FROM catalog_variant WHERE sku LIKE %s"
    " UNION ALL SELECT product_id FROM catalog_variant WHERE gtin = %s AND gtin <> ''"
    " UNION ALL SELECT id FROM catalog_product WHERE code = %s) found LIMIT %s"
)
_BY_IDS: Final = " AND p.id = ANY(%s::uuid[])"
_BY_WORDS: Final = (
    " AND (EXISTS (SELECT 1 FROM catalog_product_text x WHERE x.product_id = p.id"
    "   AND upper(x.name) LIKE upper(%s))"
    " OR EXISTS (SELECT 1 FROM catalog_variant x WHERE x.product_id = p.id"
    "   AND (x.sku LIKE %s OR (x.gtin = %s AND x.gtin <> ''))) OR p.code = %s)"
)
_FEW: Final = 1_000
"""So many matches are sorted; where there are more, walking the list in its order meets the
first page of them soon."""

_Found = tuple[
    UUID,
    str,
    str,
    str,
    str,
    str,
    int,
    str | None,
    list[int],
    int,
    int,
    str,
    list[str],
    datetime,
    str,
]


class CursorUnsound(Refusal):
    """The list's page mark was altered or belongs to another order of the list."""

    code = "cursor_unsound"
    status = 400
    message = "This page of the list is not known.\nPlease begin with the first page."


def list_products(
    *,
    locale: str,
    search: str = "",
    status: ProductStatus | None = None,
    brand: str = "",
    sort: ProductSort = ProductSort.NAME,
    cursor: str = "",
    limit: int = 50,
) -> ProductList:
    """One statement, and one more with `search`, which finds in names, begins article numbers,
    or is a GTIN or code."""
    clauses: list[tuple[str, Sequence[object]]] = []
    if status is not None:
        clauses.append((_BY_STATUS, (status.value,)))
    if brand:
        clauses.append((_BY_BRAND, (brand,)))
    if words := search.strip()[:SEARCH_LENGTH_MAX]:
        clauses.append(_matching(words))
    if cursor:
        clauses.append((_BEYOND[sort], _read_cursor(cursor, sort)))
    wanted = min(limit, PAGE_MAX)
    only = "".join(clause for clause, _ in clauses)
    params = [param for _, some in clauses for param in some]
    statement = _ROWS.format(only=only, **_ORDERS[sort])
    found = sql.rows(statement, [list(chain_of(locale)), *params, wanted + 1])
    rows = [cast("_Found", row) for row in found]
    more = len(rows) > wanted
    return ProductList(
        rows=tuple(_row(row, locale) for row in rows[:wanted]),
        next_cursor=_cursor(rows[wanted - 1], sort) if more else "",
    )


def _matching(words: str) -> tuple[str, Sequence[object]]:
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    params = (f"%{escaped}%", f"{escaped}%", _gtin(words), words)
    found = sql.rows(_MATCHES, (*params, _FEW + 1))
    if len(found) > _FEW:
        return _BY_WORDS, params
    return _BY_IDS, ([row[0] for row in found],)


def _gtin(words: str) -> str:
    try:
        return sound_gtin(words)
    except GtinUnsound:
        return ""


def _cursor(row: _Found, sort: ProductSort) -> str:
    text = json.dumps([sort.value, row[14], row[0].hex])
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(cursor: str, sort: ProductSort) -> tuple[str, UUID]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        kind, last, last_id = json.loads(urlsafe_b64decode(padded))
        if kind != sort.value or not isinstance(last, str) or "\0" in last:
            raise CursorUnsound(field="cursor")
        if sort is ProductSort.CHANGED:
            datetime.fromisoformat(last)
        return last, UUID(last_id)
    except (ValueError, TypeError, AttributeError) as wrong:
        raise CursorUnsound(field="cursor") from wrong


def _row(row: _Found, locale: str) -> ProductListRow:
    return ProductListRow(
        product_id=row[0],
        code=row[1],
        name=row[2],
        brand=row[3],
        status=ProductStatus(row[4]),
        sku=row[5],
        variant_count=row[6],
        picture=_picture(row, locale),
        channels=tuple(row[12]),
        changed_at=row[13],
    )


def _picture(row: _Found, locale: str) -> PictureView | None:
    if row[7] is None:
        return None
    return picture_view(
        row[7], widths=row[8], width=row[9], height=row[10], alt=json.loads(row[11]), locale=locale
    )
