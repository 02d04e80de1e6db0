"""From a product of the catalogue to what a list shows and what a search finds. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from tresen.domains.catalog.types import ProjectedText, ProjectedVariant, ProjectionRow
from tresen.domains.discovery.rules import (
    days_of,
    folded_forms,
    joined_forms,
    name_key,
    normal_code,
    packed,
    rank_of,
    searchable,
    words_of,
)
from tresen.domains.discovery.types import (
    AVAILABLE_SHOWN_MAX,
    CATEGORY,
    NewToken,
    NewVariant,
    Offer,
    Portrait,
    TokenKey,
)
from tresen.domains.pricing.types import UnitPrice
from tresen.workflows.listing.labels import (
    Labels,
    brand_token,
    option_token,
    property_of,
)

TEXT_LENGTH_MAX: Final = 20_000
"""Signs of a description that are searched; the rest is only shown."""
CODES_MAX: Final = 300
SHORT_VARIANTS: Final = 30_000
_CODE_LENGTH_MAX: Final = 40


def tokens_of(row: ProjectionRow, labels: Labels) -> list[NewToken]:
    """Shelves, brand, options and properties of the product."""
    tokens = [labels.shelves[path] for path in row.category_paths if path in labels.shelves]
    if row.brand_code:
        tokens.append(brand_token(labels, code=row.brand_code, name=row.brand_name))
    chosen = {choice for variant in row.variants for choice in variant.choices.items()}
    found = [option_token(labels, option=option, value=value) for option, value in sorted(chosen)]
    found += [
        property_of(labels, code=code, value=row.attributes[code]).token
        for code in sorted(row.filterable)
    ]
    return [*tokens, *filter(None, found)]


def portrait_of(
    row: ProjectionRow,
    text: ProjectedText,
    *,
    labels: Labels,
    tokens: Sequence[NewToken],
    ids: Mapping[TokenKey, int],
) -> Portrait:
    """The product in one language."""
    shelves = [ids[CATEGORY, ""], *(ids[t.key] for t in tokens if t.facet == CATEGORY)]
    picture = row.picture
    return Portrait(
        product_id=row.product_id,
        variant_count=min(len(row.variants), SHORT_VARIANTS),
        slug=text.slug,
        title=text.name,
        brand_code=row.brand_code,
        brand=row.brand_name,
        picture_urls=packed(picture.urls) if picture else "",
        picture_width=picture.width if picture else 0,
        picture_height=picture.height if picture else 0,
        picture_alt=text.picture_alt,
        tax_category=row.tax_category,
        newness=days_of(row.listed_on or row.from_at.date()),
        name_key=name_key(text.name),
        shelves=shelves,
        tokens=list(dict.fromkeys([*shelves, *(ids[token.key] for token in tokens)])),
        text_a=_title_words(row, text),
        text_b=searchable(" ".join(text.category_names)),
        text_c=_body_words(row, text, labels),
        text_d=_property_words(row, labels),
    )


def offer_of(
    row: ProjectionRow,
    *,
    prices: Mapping[UUID, UnitPrice],
    stock: Mapping[UUID, int],
    demand: float,
) -> Offer | None:
    """Price and stock; None where no variant has a price: what has none is not for sale."""
    priced = [variant for variant in row.variants if variant.variant_id in prices]
    if not priced:
        return None
    amounts = {v.variant_id: prices[v.variant_id].amount.minor for v in priced}
    cheapest = min(priced, key=lambda v: (amounts[v.variant_id], not v.is_default))
    reference = prices[cheapest.variant_id].reference
    available = sum(max(stock.get(v.variant_id, 0), 0) for v in priced)
    shown = min(available, AVAILABLE_SHOWN_MAX)
    return Offer(
        product_id=row.product_id,
        variant_id=cheapest.variant_id,
        price_minor=amounts[cheapest.variant_id],
        price_max_minor=max(amounts.values()),
        reference_minor=reference.minor if reference else None,
        content_amount=cheapest.content_amount,
        content_unit=cheapest.content_unit,
        available=shown,
        demand=demand,
        rank=rank_of(demand=demand, available=shown),
    )


def variants_of(row: ProjectionRow) -> list[NewVariant]:
    """The numbers that the product is found by."""
    return [
        NewVariant(
            variant_id=variant.variant_id, product_id=row.product_id, codes=tuple(_codes(variant))
        )
        for variant in row.variants
    ]


def is_shown(row: ProjectionRow, *, now: datetime) -> bool:
    """Is the product published at this moment?"""
    return row.from_at <= now and (row.until_at is None or now < row.until_at)


def next_window(row: ProjectionRow, *, now: datetime) -> datetime | None:
    """When the product appears, or disappears."""
    return min((at for at in (row.from_at, row.until_at) if at and at > now), default=None)


def _title_words(row: ProjectionRow, text: ProjectedText) -> str:
    skus = [variant.sku for variant in row.variants[:CODES_MAX]]
    codes = [code for variant in row.variants[:CODES_MAX] for code in _codes(variant)]
    words = [text.name, row.brand_name, *skus, *dict.fromkeys(codes), *joined_forms(text.name)]
    return searchable(" ".join(words))


def _body_words(row: ProjectionRow, text: ProjectedText, labels: Labels) -> str:
    """Summary and description, and hidden forms of their words and of those of the title."""
    body = words_of(f"{text.summary} {text.description}"[:TEXT_LENGTH_MAX])
    named = words_of(" ".join([text.name, row.brand_name, *text.category_names]))
    words = dict.fromkeys([*named, *body])
    hidden = folded_forms(words)
    hidden += [part for word in words for part in labels.parts_of(word)]
    return " ".join([*body, *dict.fromkeys(hidden)])


def _property_words(row: ProjectionRow, labels: Labels) -> str:
    found = (property_of(labels, code=code, value=one) for code, one in row.attributes.items())
    return " ".join(one.words for one in found)[:TEXT_LENGTH_MAX]


def _codes(variant: ProjectedVariant) -> list[str]:
    codes = [normal_code(code) for code in (variant.sku, *variant.gtins)]
    return [code for code in dict.fromkeys(codes) if code and len(code) <= _CODE_LENGTH_MAX]
