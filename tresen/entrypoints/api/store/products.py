"""Goods: lists with facets, search, suggestions, and one product with everything about it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from tresen.domains.catalog.queries import NoSuchCategory, NoSuchProduct, get_category
from tresen.domains.discovery.queries import browse, search, suggest, ways_on
from tresen.domains.discovery.rules import sound_filters, sound_sort
from tresen.domains.discovery.types import Filters, Page
from tresen.domains.stores.types import ChannelRow
from tresen.entrypoints.api.store import product_words
from tresen.entrypoints.api.store.context import channel_of, id_of, locale_of
from tresen.entrypoints.api.store.problems import problem_of
from tresen.entrypoints.api.store.product_shapes import (
    ProductPageOut,
    ProductsIn,
    ProductsOut,
    SuggestionsIn,
    SuggestionsOut,
)
from tresen.entrypoints.api.store.public_answers import LIST_SECONDS, public_answer
from tresen.entrypoints.api.store.shapes import ProblemOut
from tresen.foundation import clock
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.workflows.listing.show_product import show_product, tax_rates

router = Router(tags=["products"])

ATTRIBUTE = "attr."
_CATEGORY_ID = "cat_"
_LIST = {200: ProductsOut, 401: ProblemOut, 404: ProblemOut, 422: ProblemOut}
_ONE = {200: ProductPageOut, 301: ProblemOut, 401: ProblemOut, 404: ProblemOut, 422: ProblemOut}
_SUGGESTIONS = {200: SuggestionsOut, 401: ProblemOut, 422: ProblemOut}


class Moved(Refusal):
    """The product has another address now; it is in `Location`."""

    code = "moved"
    status = 301
    message = "This product has moved to another address."


@router.get("", response=_LIST, operation_id="listProducts", summary="List, filter, search")
def products(request: HttpRequest, asked: Query[ProductsIn]) -> HttpResponse:
    """A page of goods: of a category, of a search (`q`), or of all.

    Filter by attributes with `attr.<code>=<value>`; several values of one facet mean any of them.
    """
    channel, locale = channel_of(request), locale_of(request)
    filters = _filters(request, asked, channel)
    found = (
        _search(asked, filters, channel, locale)
        if asked.q.strip()
        else _browse(asked, filters, channel, locale)
    )
    nothing = asked.q.strip() and not found.total
    body = product_words.page(
        found,
        rates=tax_rates(channel=channel, at=clock.now()),
        ways_on=ways_on(channel_code=channel.code, locale=locale) if nothing else None,
    )
    return public_answer(request, body, seconds=LIST_SECONDS)


@router.get(
    "/suggestions",
    response=_SUGGESTIONS,
    operation_id="suggestProducts",
    summary="While somebody types",
)
def suggestions(request: HttpRequest, asked: Query[SuggestionsIn]) -> HttpResponse:
    found = suggest(channel_code=channel_of(request).code, locale=locale_of(request), text=asked.q)
    return public_answer(request, product_words.suggestions(found), seconds=LIST_SECONDS)


@router.get(
    "/{slug}",
    response=_ONE,
    operation_id="getProduct",
    url_name="getProduct",
    summary="One product",
)
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """A former address, or one of another language, answers 301 with the present one."""
    if not slug.isprintable():
        raise NoSuchProduct(field="slug")
    shown = show_product(
        slug, channel=channel_of(request), locale=locale_of(request), at=clock.now()
    )
    if shown.page.slug != slug:
        return _moved(shown.page.slug)
    return public_answer(request, product_words.product(shown), seconds=LIST_SECONDS)


def _browse(asked: ProductsIn, filters: Filters, channel: ChannelRow, locale: str) -> Page:
    page = browse(
        channel_code=channel.code,
        locale=locale,
        category=_category(asked.category),
        filters=filters,
        sort=sound_sort(asked.sort, is_search=False),
        cursor=asked.cursor,
        limit=asked.limit,
    )
    if not page.entries and asked.category and not asked.category.startswith(_CATEGORY_ID):
        _must_exist(asked.category, locale)
    return page


def _search(asked: ProductsIn, filters: Filters, channel: ChannelRow, locale: str) -> Page:
    category = _category(asked.category)
    if isinstance(category, str):
        _must_exist(category, locale)
    return search(
        channel_code=channel.code,
        locale=locale,
        text=asked.q,
        filters=replace(filters, category=category),
        sort=sound_sort(asked.sort, is_search=True),
        cursor=asked.cursor,
        limit=asked.limit,
    )


def _filters(request: HttpRequest, asked: ProductsIn, channel: ChannelRow) -> Filters:
    attributes = {
        name.removeprefix(ATTRIBUTE): request.GET.getlist(name)
        for name in request.GET
        if name.startswith(ATTRIBUTE)
    }
    currency = channel.market.currency
    return sound_filters(
        brands=asked.brand,
        attributes=attributes,
        price_min=_minor(asked.price_min, currency),
        price_max=_minor(asked.price_max, currency),
        in_stock=asked.in_stock,
    )


def _minor(amount: str | None, currency: str) -> int | None:
    if amount is None:
        return None
    return Money.from_amount(Decimal(amount.replace(",", ".")), currency).minor


def _category(text: str) -> UUID | str | None:
    if text.startswith(_CATEGORY_ID):
        return id_of("cat", text, field="category")
    if not text.isprintable():
        raise NoSuchCategory(field="category")
    return text or None


def _must_exist(slug: str, locale: str) -> None:
    try:
        get_category(slug, locale=locale)
    except NoSuchCategory as absent:
        raise NoSuchCategory(field="category") from absent


def _moved(slug: str) -> HttpResponse:
    response = problem_of(Moved(field="slug"))
    response["Location"] = reverse("store-v1:getProduct", kwargs={"slug": slug})
    return response
