"""Which facets are worth showing, and in which order their values stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Counted:
    """A value and how many of the matched products have it."""

    facet: str
    facet_label: str
    facet_unit: str
    facet_kind: FacetKind
    facet_position: int
    value: str
    label: str
    slug: str
    swatch: str
    position: int
    count: int


def facets_of(counted: Iterable[Counted], *, filters: Filters, total: int) -> tuple[Facet, ...]:
    """Category, brand and stock first, then the attributes in the shop's own order."""
    by_facet: dict[str, list[Counted]] = defaultdict(list)
    for row in counted:
        if row.count > 0 and row.value:
            by_facet[row.facet].append(row)
    chosen = _chosen(filters)
    fixed = [code for code in _FIXED if code in by_facet]
    attributes = [code for code in by_facet if code not in _FIXED]
    worth = [code for code in attributes if _is_worth(by_facet[code], total, chosen.get(code, ()))]
    worth.sort(key=lambda code: (code not in chosen, -_covered(by_facet[code]), code))
    kept = sorted(worth[:FACETS_MAX], key=lambda code: (by_facet[code][0].facet_position, code))
    return tuple(_facet(code, by_facet[code], chosen.get(code, ())) for code in fixed + kept)


def _chosen(filters: Filters) -> dict[str, tuple[str, ...]]:
    chosen = {f"attr.{code}": values for code, values in filters.attributes.items()}
    if filters.brands:
        chosen[BRAND] = filters.brands
    if filters.in_stock:
        chosen[STOCK] = ("in_stock",)
    return chosen


def _is_worth(rows: Sequence[Counted], total: int, chosen: Sequence[str]) -> bool:
    if chosen:
        return True
    tells_apart = len(rows) > 1 or rows[0].count < total
    return tells_apart and _covered(rows) >= max(1, total * _COVERED_MIN)


def _covered(rows: Sequence[Counted]) -> int:
    return sum(row.count for row in rows)


def _facet(code: str, rows: Sequence[Counted], chosen: Sequence[str]) -> Facet:
    frequent = sorted(rows, key=lambda row: (row.value not in chosen, -row.count, row.label))
    kept = frequent[: max(FACET_VALUES_MAX, len(chosen))]
    first = rows[0]
    return Facet(
        code=code,
        label=first.facet_label,
        kind=first.facet_kind,
        unit=first.facet_unit,
        values=tuple(_value(row, chosen) for row in sorted(kept, key=_place)),
    )


def _place(row: Counted) -> tuple[int, float, str]:
    if row.facet == BRAND:
        return (0, -row.count, row.label)
    number = float(row.value) if row.facet_kind is FacetKind.NUMBER else 0.0
    return (row.position, number, row.label)


def _value(row: Counted, chosen: Sequence[str]) -> FacetValue:
    return FacetValue(
        value=row.value,
        label=row.label,
        count=row.count,
        chosen=row.value in chosen,
        swatch=row.swatch,
        slug=row.slug,
    )
