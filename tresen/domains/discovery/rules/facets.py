"""Which facets are worth showing, and in which order their values stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tresen.domains.discovery.types import (
    BRAND,
    CATEGORY,
    FACET_VALUES_MAX,
    FACETS_MAX,
    STOCK,
    Facet,
    FacetKind,
    FacetValue,
    Filters,
)

_FIXED = (CATEGORY, BRAND, STOCK)
_COVERED_MIN = 0.02
"""An attribute that fewer of the goods have is not asked for, unless it is chosen."""


class Counted(NamedTuple):
    """A value and how many of the matched products have it."""

    facet: str
    facet_label: str
    facet_unit: str
    facet_kind: str
    facet_position: int
    value: str
    label: str
    slug: str
    swatch: str
    position: int
    products: int


def facets_of(counted: Iterable[Counted], *, filters: Filters, total: int) -> tuple[Facet, ...]:
    """Category, brand and stock first, then the attributes in the shop's own order."""
    by_facet: dict[str, list[Counted]] = defaultdict(list)
    for row in counted:
        if row.products > 0 and row.value:
            by_facet[row.facet].append(row)
    chosen = _chosen(filters)
    covered = {code: sum(row.products for row in rows) for code, rows in by_facet.items()}
    worth = [
        code
        for code, rows in by_facet.items()
        if code not in _FIXED and (code in chosen or _is_worth(rows, covered[code], total))
    ]
    worth.sort(key=lambda code: (code not in chosen, -covered[code], code))
    kept = sorted(worth[:FACETS_MAX], key=lambda code: (by_facet[code][0].facet_position, code))
    fixed = [code for code in _FIXED if code in by_facet]
    return tuple(_facet(code, by_facet[code], chosen.get(code, ())) for code in fixed + kept)


def _chosen(filters: Filters) -> dict[str, tuple[str, ...]]:
    chosen = {f"attr.{code}": values for code, values in filters.attributes.items()}
    if filters.brands:
        chosen[BRAND] = filters.brands
    if filters.in_stock:
        chosen[STOCK] = ("in_stock",)
    return chosen


def _is_worth(rows: Sequence[Counted], covered: int, total: int) -> bool:
    """It tells goods apart, and enough of them have it."""
    tells_apart = len(rows) > 1 or rows[0].products < total
    return tells_apart and covered >= max(1, total * _COVERED_MIN)


def _facet(code: str, rows: Sequence[Counted], chosen: Sequence[str]) -> Facet:
    kept = rows
    if len(rows) > FACET_VALUES_MAX:
        frequent = sorted(rows, key=lambda row: (row.value not in chosen, -row.products, row.label))
        kept = frequent[: max(FACET_VALUES_MAX, len(chosen))]
    first = rows[0]
    return Facet(
        code=code,
        label=first.facet_label,
        kind=FacetKind(first.facet_kind),
        unit=first.facet_unit,
        values=tuple(
            FacetValue(
                row.value, row.label, row.products, row.value in chosen, row.swatch, row.slug
            )
            for row in sorted(kept, key=_place)
        ),
    )


def _place(row: Counted) -> tuple[int, float, str]:
    if row.facet == BRAND:
        return (0, -row.products, row.label)
    number = float(row.value) if row.facet_kind == FacetKind.NUMBER else 0.0
    return (row.position, number, row.label)
