"""Kept pictures, and which languages the catalogue speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from tresen.foundation import sql


def picture_files(pictures: Sequence[str]) -> dict[str, str]:
    """Where the originals lie, relative to the media folder, by hash; unknown ones are left out."""
    if not pictures:
        return {}
    found = sql.rows(
        "SELECT hash, file FROM catalog_picture WHERE hash = ANY(%s)", (list(pictures),)
    )
    return dict(cast("list[tuple[str, str]]", found))


def list_locales() -> list[str]:
    """The languages in which products have words; a few steps through an index, however many."""
    found = sql.rows(
        "WITH RECURSIVE spoken AS (SELECT min(locale) AS locale FROM catalog_product_text"
        " UNION ALL SELECT (SELECT min(t.locale) FROM catalog_product_text t"
        "   WHERE t.locale > spoken.locale) FROM spoken WHERE spoken.locale IS NOT NULL)"
        " SELECT locale FROM spoken WHERE locale IS NOT NULL ORDER BY locale"
    )
    return [row[0] for row in cast("list[tuple[str]]", found)]
