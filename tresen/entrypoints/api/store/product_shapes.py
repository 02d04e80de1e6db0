"""The shapes of goods, as the OpenAPI document shows them. Prices say net, tax and gross."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import Field

from tresen.domains.discovery.types import CURSOR_LENGTH_MAX, PAGE_MAX, PAGE_SIZE
from tresen.entrypoints.api.store.shapes import MoneyOut, TaxedMoneyOut

Amount = Annotated[
    str | None, Field(pattern=r"^\d{1,9}([.,]\d{1,3})?$", examples=["12.50"], description="Decimal")
]


class ProductsIn(Schema):
    """What a list is narrowed to. Attributes come as `attr.<code>=<value>`, also several times."""

    category: str = Field("", max_length=160, description="Address or id (`cat_…`) of a category")
    q: str = Field("", max_length=1000, description="Words to search for; 200 signs are read")
    brand: list[str] = Field([], max_length=20, description="Codes of brands; any of them")
    price_min: Amount = None
    price_max: Amount = None
    in_stock: bool = False
    sort: str = Field("", max_length=20, description="rank, price, -price, name, newest, relevance")
    cursor: str = Field("", max_length=CURSOR_LENGTH_MAX)
    limit: int = Field(PAGE_SIZE, ge=1, le=PAGE_MAX)


class SuggestionsIn(Schema):
    """What has been typed so far."""

    q: str = Field("", max_length=1000)


class PictureOut(Schema):
    """A picture with its true size and its versions by pixel width."""

    alt: str
    width: int
    height: int
    urls: dict[str, str] = Field(examples=[{"320": "/media/…/320.webp"}])


class BrandOut(Schema):
    """A brand; filter by its code."""

    code: str
    name: str


class UnitPriceOut(Schema):
    """The price of one kg, l, m or m2 (PAngV §4)."""

    price: MoneyOut
    unit: str = Field(examples=["kg"])


class ProductOut(Schema):
    """A product in a list. `price` is the lowest; `is_from` says that variants cost more.

    `available` counts pieces and ends at 20.
    """

    id: str = Field(examples=["prd_01k…"])
    slug: str
    title: str
    brand: BrandOut | None
    picture: PictureOut | None
    variant: str = Field(description="The variant that has this price (`var_…`)")
    variant_count: int
    price: TaxedMoneyOut
    tax_rate: str = Field(examples=["19.00"])
    is_from: bool
    reference_price: MoneyOut | None = Field(description="Lowest of 30 days, while reduced")
    percent_off: int | None
    unit_price: UnitPriceOut | None
    in_stock: bool
    available: int


class FacetValueOut(Schema):
    """A value and how many products it leaves."""

    value: str
    label: str
    count: int
    chosen: bool
    swatch: str
    slug: str


class FacetOut(Schema):
    """One question put to the list; filter by `code=value` (category, brand, attr.…, in_stock)."""

    code: str
    label: str
    kind: str = Field(description="choice, number or boolean")
    unit: str
    values: list[FacetValueOut]


class PriceSpanOut(Schema):
    """The lowest and the highest price in the list."""

    low: MoneyOut
    high: MoneyOut


class SuggestionOut(Schema):
    """A line below the search box."""

    label: str
    slug: str
    count: int


class WaysOnOut(Schema):
    """Where to look when nothing was found."""

    categories: list[SuggestionOut]
    products: list[SuggestionOut]


class SearchOut(Schema):
    """How the words were understood; `corrected` was sought instead, `did_you_mean` was not."""

    corrected: str
    did_you_mean: str
    some_words_only: bool
    ways_on: WaysOnOut | None


class ProductsOut(Schema):
    """A page of a list. `next` and `prev` are cursors, empty where there is no such page."""

    items: list[ProductOut]
    facets: list[FacetOut]
    prices: PriceSpanOut | None
    total: int
    total_is_exact: bool
    next: str
    prev: str
    search: SearchOut | None


class SuggestionsOut(Schema):
    """Words to search for, categories and products."""

    terms: list[SuggestionOut]
    categories: list[SuggestionOut]
    products: list[SuggestionOut]


class VariantOut(Schema):
    """What is put into a cart. Without `price` it cannot be bought."""

    id: str = Field(examples=["var_01k…"])
    sku: str
    gtin: str
    choices: dict[str, str] = Field(description="Option code to value code")
    is_default: bool
    price: TaxedMoneyOut | None
    reference_price: MoneyOut | None
    percent_off: int | None
    unit_price: UnitPriceOut | None
    available: int
    in_stock: bool
    max_per_order: int
    weight_g: int | None
    origin_country: str
    content_amount: str | None
    content_unit: str


class OptionValueOut(Schema):
    """One button of an option."""

    code: str
    label: str
    swatch: str


class OptionOut(Schema):
    """One choice before the cart."""

    code: str
    label: str
    values: list[OptionValueOut]


class AttributeOut(Schema):
    """One row of the facts table; numbers are decimal texts."""

    code: str
    label: str
    kind: str
    unit: str
    value: str | bool


class CategoryRefOut(Schema):
    """A category as a crumb."""

    id: str = Field(examples=["cat_01k…"])
    name: str
    slug: str


class MediaOut(PictureOut):
    """A picture; `variant` is set where it shows one variant only."""

    variant: str | None


class ProductPageOut(Schema):
    """All that a product page says. `slugs` are its addresses by language."""

    id: str
    slug: str
    slugs: dict[str, str]
    locale: str
    title: str
    summary: str
    description: str = Field(description="Clean HTML")
    meta_title: str
    meta_description: str
    brand: BrandOut | None
    trail: list[CategoryRefOut]
    categories: list[CategoryRefOut]
    options: list[OptionOut]
    variants: list[VariantOut]
    attributes: list[AttributeOut]
    media: list[MediaOut]
    tax_rate: str


class CategoryOut(Schema):
    """A category with those below it; `count` counts products on it and below."""

    id: str = Field(examples=["cat_01k…"])
    name: str
    slug: str
    summary: str
    count: int
    children: list[CategoryOut]


class CategoriesOut(Schema):
    """The tree of categories."""

    items: list[CategoryOut]


class CategoryPageOut(Schema):
    """A category with its way from the root and what is right below it."""

    id: str
    name: str
    slug: str
    slugs: dict[str, str]
    summary: str
    trail: list[CategoryRefOut]
    children: list[CategoryRefOut]
