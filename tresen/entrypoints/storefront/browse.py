"""Lists of goods: what the address asks for, and what a list shows. Used by shelf and search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext

from tresen.domains.discovery.rules import BadFilter, sound_filters
from tresen.domains.discovery.types import (
    BRAND,
    CATEGORY,
    PRICE,
    STOCK,
    Entry,
    Filters,
    Page,
    Sort,
)
from tresen.domains.discovery.types import Facet as FoundFacet
from tresen.domains.pricing.rules import unit_price_of
from tresen.entrypoints.shared.rows import (
    Facet,
    FacetChip,
    FacetValue,
    Pager,
    ProductCard,
    SortChoice,
    UnitPrice,
)
from tresen.entrypoints.storefront.addresses import address_of
from tresen.entrypoints.storefront.product.rows import stock_words
from tresen.foundation.money import exponent_of

PAGE_SIZE = 24
OPEN_MAX = 4
"""So many facets are unfolded at first."""
DIGITS_MAX = 12
_ATTRIBUTE = "attr."
_TYPED_PRICE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,4})?")
_HIDDEN = {CATEGORY, PRICE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for. `words` are the parameters that stay when one is taken out."""

    filters: Filters
    sort: Sort
    cursor: str
    seen: int
    words: tuple[tuple[str, str], ...]


def asked_of(request: HttpRequest, *, currency: str, sorts: Sequence[Sort]) -> Asked:
    """Read the query; what makes no sense is left out rather than refused."""
    query = request.GET
    wanted = query.get("sort", "")
    return Asked(
        filters=_filters(query, currency),
        sort=next((sort for sort in sorts if sort.value == wanted), sorts[0]),
        cursor=query.get("cursor", ""),
        seen=_count(query.get("seen", "")),
        words=_words(query),
    )


def from_the_start(asked: Asked, path: str) -> HttpResponse:
    """The same list from its beginning: a cursor of yesterday's list leads nowhere today."""
    if not asked.cursor:
        raise Http404(path)
    return HttpResponseRedirect(_url(path, asked.words))


def list_page(page: Page, *, asked: Asked, path: str, sorts: Sequence[Sort]) -> dict[str, object]:
    """What a list shows beside its heading."""
    kept = tuple((name, value) for name, value in asked.words if name in {"q", "sort"})
    query_only = [(name, value) for name, value in asked.words if name == "q"]
    return {
        "cards": [card(entry) for entry in page.entries],
        "facets": _facets(page, asked),
        "chips": _chips(page, asked, path),
        "clear_url": _url(path, kept),
        "sorts": [
            SortChoice(sort.value, _sort_words()[sort], chosen=sort is asked.sort) for sort in sorts
        ],
        "kept": kept,
        "kept_for_sort": [pair for pair in asked.words if pair[0] != "sort"],
        "action": path,
        "total": page.total,
        "total_is_exact": page.total_is_exact,
        "pager": _pager(page, asked, path),
        "reset_url": _url(path, query_only),
    }


def card(entry: Entry) -> ProductCard:
    """A product in a list."""
    words, tone = stock_words(entry.available)
    unit = unit_price_of(
        entry.price, content_amount=entry.content_amount, content_unit=entry.content_unit
    )
    reference = entry.reference
    percent = None
    if reference is not None and reference.minor > entry.price.minor:
        percent = (reference.minor - entry.price.minor) * 100 // reference.minor
    return ProductCard(
        url=address_of("product", entry.slug),
        title=entry.title,
        brand=entry.brand,
        picture=entry.picture,
        price=entry.price,
        availability_words=words,
        availability_tone=tone,
        reference_price=reference,
        percent_off=percent,
        unit_price=UnitPrice(unit.amount, unit.unit) if unit else None,
        is_from=entry.is_from,
    )


def _facets(page: Page, asked: Asked) -> tuple[Facet, ...]:
    found = [facet for facet in page.facets if facet.code not in _HIDDEN]
    shown = [_facet(facet, open_=place < OPEN_MAX) for place, facet in enumerate(found)]
    return (*shown[:1], _price_facet(page, asked), *shown[1:])


def _facet(found: FoundFacet, *, open_: bool) -> Facet:
    return Facet(
        name=found.code,
        title=found.label,
        values=tuple(
            FacetValue(value.value, value.label, value.count, value.chosen)
            for value in found.values
        ),
        unit=found.unit,
        open=open_ or any(value.chosen for value in found.values),
    )


def _price_facet(page: Page, asked: Asked) -> Facet:
    currency = page.prices.low.currency if page.prices else "EUR"
    texts = dict(asked.words)
    return Facet(
        name=PRICE,
        title=gettext("Price"),
        kind="range",
        low=texts.get(f"{PRICE}_from", ""),
        high=texts.get(f"{PRICE}_to", ""),
        unit=currency if currency != "EUR" else "€",
    )


def _chips(page: Page, asked: Asked, path: str) -> list[FacetChip]:
    chips = [
        FacetChip(
            found.label,
            value.label,
            _url(path, _without(asked, found.code, value.value)),
        )
        for found in page.facets
        for value in found.values
        if value.chosen
    ]
    ends = (("from", gettext("at least")), ("to", gettext("at most")))
    prices = [
        FacetChip(gettext("Price"), f"{label} {value}", _url(path, _without(asked, name, value)))
        for name, label in ((f"{PRICE}_{end}", label) for end, label in ends)
        for key, value in asked.words
        if key == name
    ]
    return chips + prices


def _without(asked: Asked, name: str, value: str) -> list[tuple[str, str]]:
    return [pair for pair in asked.words if pair != (name, value)]


def _pager(page: Page, asked: Asked, path: str) -> Pager:
    first = asked.seen + 1 if page.entries else 0
    last = asked.seen + len(page.entries)
    words = list(asked.words)
    ahead = [*words, ("cursor", page.next_cursor), ("seen", str(last))]
    back = [*words, ("cursor", page.prev_cursor), ("seen", str(max(asked.seen - PAGE_SIZE, 0)))]
    return Pager(
        previous_url=_url(path, back) if page.prev_cursor else "",
        next_url=_url(path, ahead) if page.next_cursor else "",
        shown_from=first,
        shown_to=last,
        total=page.total,
        total_is_exact=page.total_is_exact,
    )


def _sort_words() -> dict[Sort, str]:
    return {
        Sort.RELEVANCE: gettext("Best match"),
        Sort.RANK: gettext("Most popular"),
        Sort.PRICE: gettext("Price: low to high"),
        Sort.PRICE_DOWN: gettext("Price: high to low"),
        Sort.NAME: gettext("Name"),
        Sort.NEWEST: gettext("Newest"),
    }


def _words(query: QueryDict) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value)
        for name in query
        if name not in {"cursor", "seen"}
        for value in query.getlist(name)
        if value
    )


def _url(path: str, words: Sequence[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(words)}" if words else path


def _filters(query: QueryDict, currency: str) -> Filters:
    ends = [_minor(query.get(f"{PRICE}_{end}", ""), currency) for end in ("from", "to")]
    if None not in ends:
        ends.sort(key=lambda end: end or 0)
    attributes = {
        name.removeprefix(_ATTRIBUTE): query.getlist(name)
        for name in query
        if name.startswith(_ATTRIBUTE)
    }
    in_stock = query.get(STOCK) == "1"
    try:
        return sound_filters(
            brands=query.getlist(BRAND),
            attributes=attributes,
            price_min=ends[0],
            price_max=ends[1],
            in_stock=in_stock,
        )
    except BadFilter:
        return Filters(in_stock=in_stock)


def _minor(text: str, currency: str) -> int | None:
    """A price as people type it: 12, 12,50 or 12.50."""
    typed = text.strip().replace(",", ".")
    if not _TYPED_PRICE.fullmatch(typed):
        return None
    return int(Decimal(typed).scaleb(exponent_of(currency)))


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS_MAX else 0
