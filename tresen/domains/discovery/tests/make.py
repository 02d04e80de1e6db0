"""Goods to look for, written straight into a space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction

from tresen.domains.discovery.commands import (
    know_variants,
    open_space,
    put_entries,
    remember_tokens,
    switch_space,
)
from tresen.domains.discovery.rules import (
    compound_parts,
    folded_forms,
    joined_forms,
    name_key,
    normal_code,
    rank_of,
    searchable,
    words_of,
)
from tresen.domains.discovery.types import (
    NewToken,
    NewVariant,
    Offer,
    Portrait,
    SpaceRow,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
NAMES = UUID("6f1b2c3d-0000-4000-8000-000000000000")


@dataclass(frozen=True, kw_only=True)
class Goods:
    """A product in few words; `shelves` are category codes, `values` attribute codes to values."""

    title: str
    brand: str = "Elbe"
    price: int = 1000
    shelves: Sequence[str] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    available: int = 5
    sku: str = ""
    summary: str = ""
    description: str = ""
    demand: float = 0.0
    newness: int = 0
    reference: int | None = None

    @property
    def product_id(self) -> UUID:
        return uuid5(NAMES, self.title)


def category_id(code: str) -> UUID:
    """The id of the category with that code."""
    return uuid5(NAMES, f"category {code}")


def shop(
    goods: Sequence[Goods], *, channel: str = "web-de", locale: str = "de", switched: bool = True
) -> SpaceRow:
    """A space with these goods in it."""
    space = open_space(channel_code=channel, locale=locale, market="de", currency="EUR", now=NOON)
    put(space, goods)
    if switched:
        switch_space(space=space, now=NOON)
    return space


@transaction.atomic
def put(space: SpaceRow, goods: Sequence[Goods]) -> None:
    """More goods into a space."""
    ids = remember_tokens(space_id=space.id, tokens=_tokens(goods))
    put_entries(space=space, items=[(_portrait(one, ids), offer(one)) for one in goods], now=NOON)
    know_variants(
        product_ids=[one.product_id for one in goods],
        variants=[
            NewVariant(
                variant_id=uuid5(one.product_id, "variant"),
                product_id=one.product_id,
                codes=(normal_code(one.sku),) if one.sku else (),
            )
            for one in goods
        ],
    )


def offer(one: Goods) -> Offer:
    """Price and stock of the goods."""
    return Offer(
        product_id=one.product_id,
        variant_id=uuid5(one.product_id, "variant"),
        price_minor=one.price,
        price_max_minor=one.price,
        reference_minor=one.reference,
        content_amount=Decimal(250),
        content_unit="g",
        available=one.available,
        demand=one.demand,
        rank=rank_of(demand=one.demand, available=one.available),
    )


def _tokens(goods: Sequence[Goods]) -> list[NewToken]:
    tokens = [
        NewToken(facet="category", value="", label=""),
        NewToken(facet="stock", value="in_stock", label="Auf Lager"),
    ]
    for one in goods:
        tokens.append(NewToken(facet="brand", value=one.brand.lower(), label=one.brand))
        tokens += [
            NewToken(
                facet="category",
                value=str(category_id(code)),
                label=code.title(),
                slug=code,
                facet_label="Kategorie",
            )
            for code in one.shelves
        ]
        tokens += [
            NewToken(
                facet=f"attr.{code}", value=value, label=value.title(), facet_label=code.title()
            )
            for code, value in one.values.items()
        ]
    return tokens


def _portrait(one: Goods, ids: Mapping[tuple[str, str], int]) -> Portrait:
    shelves = [ids["category", ""], *(ids["category", str(category_id(c))] for c in one.shelves)]
    tokens = [ids["brand", one.brand.lower()]]
    tokens += [ids[f"attr.{code}", value] for code, value in one.values.items()]
    parts = [
        part
        for word in words_of(f"{one.title} {one.summary}")
        for part in compound_parts(word, is_word=lambda _word: False)
    ]
    return Portrait(
        product_id=one.product_id,
        variant_count=1,
        slug=one.title.lower().replace(" ", "-"),
        title=one.title,
        brand_code=one.brand.lower(),
        brand=one.brand,
        picture_urls="/media/x/{}.webp 320",
        picture_width=800,
        picture_height=800,
        picture_alt=one.title,
        tax_category="standard",
        newness=one.newness,
        name_key=name_key(one.title),
        shelves=shelves,
        tokens=[*shelves, *tokens],
        text_a=searchable(" ".join([one.title, one.brand, one.sku, *joined_forms(one.title)])),
        text_b=searchable(" ".join(one.shelves)),
        text_c=searchable(
            " ".join([one.summary, one.description, *parts, *folded_forms(words_of(one.title))])
        ),
        text_d=searchable(" ".join(one.values.values())),
    )
