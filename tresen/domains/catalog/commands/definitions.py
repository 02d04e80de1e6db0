"""Writing what products are described with: attributes, options, brands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.db import transaction

from tresen.domains.catalog.commands.telling import tell_products
from tresen.domains.catalog.queries.definitions import attributes_by_code
from tresen.domains.catalog.rules.attributes import (
    sound_choices,
    sound_definition,
    sound_labels,
)
from tresen.domains.catalog.rules.codes import sound_code, sound_name
from tresen.domains.catalog.rules.refusals import KindFixed
from tresen.domains.catalog.rules.words import clean_text, required_line
from tresen.domains.catalog.types import (
    NAME_LENGTH_MAX,
    AttributeDef,
    BrandDef,
    Choice,
    Localized,
    OptionDef,
)
from tresen.foundation import sql
from tresen.foundation.ids import new_id

_PUT_ATTRIBUTES: Final = (
    "INSERT INTO catalog_attribute AS a"
    " (code, kind, labels, unit, is_filterable, choices, position)"
    " SELECT n.code, n.kind, n.labels::jsonb, n.unit, n.is_filterable, n.choices::jsonb,"
    " n.position FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::boolean[],"
    " %s::text[], %s::integer[])"
    " AS n(code, kind, labels, unit, is_filterable, choices, position)"
    " ON CONFLICT (code) DO "
)
_CHANGE_ATTRIBUTES: Final = (
    "UPDATE SET labels = excluded.labels, unit = excluded.unit,"
    " is_filterable = excluded.is_filterable, choices = excluded.choices,"
    " position = excluded.position"
)
_PUT_OPTIONS: Final = (
    "INSERT INTO catalog_option AS o (code, labels, position)"
    " SELECT n.code, n.labels::jsonb, n.position"
    " FROM unnest(%s::text[], %s::text[], %s::integer[]) AS n(code, labels, position)"
    " ON CONFLICT (code) DO "
)
_PUT_VALUES: Final = (
    "INSERT INTO catalog_option_value AS o (option_id, code, labels, swatch, position)"
    " SELECT n.option, n.code, n.labels::jsonb, n.swatch, n.position"
    " FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::integer[])"
    " AS n(option, code, labels, swatch, position)"
    " ON CONFLICT (option_id, code) DO "
)
_PUT_BRANDS: Final = (
    "INSERT INTO catalog_brand AS b (id, code, name, about)"
    " SELECT n.id, n.code, n.name, n.about::jsonb"
    " FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS n(id, code, name, about)"
    " ON CONFLICT (code) DO "
)


@transaction.atomic
def put_attributes(definitions: Sequence[AttributeDef], *, only_new: bool = False) -> None:
    """Add or change definitions; with `only_new` those that are there stay as they are.

    Raises KindFixed, CodeUnsound, TextMissing. A kind never changes: values are stored by it.
    """
    sound = [sound_definition(definition) for definition in definitions]
    if not only_new:
        _refuse_other_kinds(sound)
    sql.run(
        _PUT_ATTRIBUTES + ("NOTHING" if only_new else _CHANGE_ATTRIBUTES),
        (
            [one.code for one in sound],
            [one.kind.value for one in sound],
            [_json(one.labels) for one in sound],
            [one.unit for one in sound],
            [one.is_filterable for one in sound],
            [json.dumps([_choice(choice) for choice in one.choices]) for one in sound],
            [one.position for one in sound],
        ),
    )


@transaction.atomic
def put_options(definitions: Sequence[OptionDef], *, only_new: bool = False) -> None:
    """Add or change options and their values; values that are left out stay."""
    codes = [sound_name(one.code, field="options") for one in definitions]
    labels = [_json(sound_labels(one.labels, field=f"option.{one.code}")) for one in definitions]
    sql.run(
        _PUT_OPTIONS
        + (
            "NOTHING"
            if only_new
            else "UPDATE SET labels = excluded.labels, position = excluded.position"
        ),
        (codes, labels, [one.position for one in definitions]),
    )
    values = [
        (one.code, place, choice)
        for one in definitions
        for place, choice in enumerate(sound_choices(one.values, field=f"option.{one.code}"))
    ]
    sql.run(
        _PUT_VALUES
        + (
            "NOTHING"
            if only_new
            else "UPDATE SET labels = excluded.labels, swatch = excluded.swatch,"
            " position = excluded.position"
        ),
        (
            [option for option, _, _ in values],
            [choice.code for _, _, choice in values],
            [_json(choice.labels) for _, _, choice in values],
            [choice.swatch for _, _, choice in values],
            [place for _, place, _ in values],
        ),
    )


@transaction.atomic
def put_brands(brands: Sequence[BrandDef], *, now: datetime, only_new: bool = False) -> None:
    """Add or change brands. Facts: ProductsImported for the products of a brand renamed."""
    found = sql.rows(
        _PUT_BRANDS
        + (
            "NOTHING RETURNING b.id, true"
            if only_new
            else "UPDATE SET name = excluded.name, about = excluded.about"
            " WHERE (b.name, b.about) IS DISTINCT FROM (excluded.name, excluded.about)"
            " RETURNING b.id, b.xmax = 0"
        ),
        (
            [new_id() for _ in brands],
            [sound_code(one.code, field="brand") for one in brands],
            [
                required_line(one.name, field="brand.name", length_max=NAME_LENGTH_MAX)
                for one in brands
            ],
            [_json(_about(one.about)) for one in brands],
        ),
    )
    renamed = [
        brand_id for brand_id, is_new in cast("list[tuple[UUID, bool]]", found) if not is_new
    ]
    if renamed:
        _tell_products_of(renamed, now=now)


def _refuse_other_kinds(definitions: Sequence[AttributeDef]) -> None:
    present = attributes_by_code([one.code for one in definitions])
    for one in definitions:
        there = present.get(one.code)
        if there is not None and there.kind is not one.kind:
            raise KindFixed(
                field=f"attributes.{one.code}",
                params={"attribute": one.code, "kind": there.kind.value},
            )


def _tell_products_of(brands: list[UUID], *, now: datetime) -> None:
    found = sql.rows("SELECT id FROM catalog_product WHERE brand_id = ANY(%s::uuid[])", (brands,))
    tell_products([row[0] for row in cast("list[tuple[UUID]]", found)], now=now)


def _about(words: Localized) -> dict[str, str]:
    cleaned = {locale: clean_text(text) for locale, text in sorted(words.items())}
    return {locale: text for locale, text in cleaned.items() if text}


def _json(words: Localized) -> str:
    return json.dumps(dict(words), ensure_ascii=False)


def _choice(choice: Choice) -> dict[str, object]:
    return {"code": choice.code, "labels": dict(choice.labels), "swatch": choice.swatch}
