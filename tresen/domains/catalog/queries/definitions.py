"""Attributes, options and brands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast
from uuid import UUID

from tresen.domains.catalog.queries.fragments import attribute_def, choices_of, labels_of
from tresen.domains.catalog.types import AttributeDef, BrandRow, Choice, OptionDef
from tresen.foundation import sql

DEFINITIONS_MAX: Final = 20_000
BRANDS_MAX: Final = 20_000

_ATTRIBUTES: Final = (
    "SELECT code, kind, labels, unit, is_filterable, choices, position FROM catalog_attribute"
)
_OPTIONS: Final = (
    "SELECT o.code, o.labels, o.position,"
    " coalesce(jsonb_agg(jsonb_build_object('code', x.code, 'labels', x.labels,"
    " 'swatch', x.swatch) ORDER BY x.position, x.code) FILTER (WHERE x.code IS NOT NULL), '[]')"
    " FROM catalog_option o LEFT JOIN catalog_option_value x ON x.option_id = o.code"
)
_AttributeRow = tuple[str, str, str, str, bool, str, int]


def list_attributes(*, only_filterable: bool = False) -> list[AttributeDef]:
    """In the order shown."""
    found = sql.rows(
        f"{_ATTRIBUTES} WHERE is_filterable OR NOT %s ORDER BY position, code LIMIT %s",
        (only_filterable, DEFINITIONS_MAX),
    )
    return [attribute_def(row) for row in cast("list[_AttributeRow]", found)]


def attributes_by_code(codes: Sequence[str]) -> dict[str, AttributeDef]:
    found = sql.rows(f"{_ATTRIBUTES} WHERE code = ANY(%s)", (list(codes),))
    return {row[0]: attribute_def(row) for row in cast("list[_AttributeRow]", found)}


def list_options() -> list[OptionDef]:
    """In the order shown."""
    found = sql.rows(
        f"{_OPTIONS} GROUP BY o.code ORDER BY o.position, o.code LIMIT %s", (DEFINITIONS_MAX,)
    )
    return [_option(row) for row in cast("list[tuple[str, str, int, str]]", found)]


def options_by_code(codes: Sequence[str]) -> dict[str, OptionDef]:
    found = sql.rows(f"{_OPTIONS} WHERE o.code = ANY(%s) GROUP BY o.code", (list(codes),))
    return {row[0]: _option(row) for row in cast("list[tuple[str, str, int, str]]", found)}


def list_brands() -> list[BrandRow]:
    """By name."""
    found = sql.rows(
        "SELECT id, code, name, about FROM catalog_brand ORDER BY lower(name), code LIMIT %s",
        (BRANDS_MAX,),
    )
    return [_brand(row) for row in cast("list[tuple[UUID, str, str, str]]", found)]


def find_brand(code: str) -> BrandRow | None:
    found = sql.rows("SELECT id, code, name, about FROM catalog_brand WHERE code = %s", (code,))
    return _brand(cast("tuple[UUID, str, str, str]", found[0])) if found else None


def _option(row: tuple[str, str, int, str]) -> OptionDef:
    code, labels, position, values = row
    choices: tuple[Choice, ...] = choices_of(values)
    return OptionDef(code=code, labels=labels_of(labels), values=choices, position=position)


def _brand(row: tuple[UUID, str, str, str]) -> BrandRow:
    brand_id, code, name, about = row
    return BrandRow(id=brand_id, code=code, name=name, about=labels_of(about))
