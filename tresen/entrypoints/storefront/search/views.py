"""Search the shop: results with facets, a line of help where nothing fits, suggestions."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tresen.domains.discovery.queries import search as search_goods
from tresen.domains.discovery.queries import suggest, ways_on
from tresen.domains.discovery.types import SearchPage, Sort, Suggestion, Suggestions
from tresen.entrypoints.shared.rows import Link, Notice
from tresen.entrypoints.storefront.browse import PAGE_SIZE, asked_of, from_the_start, list_page
from tresen.entrypoints.storefront.context import channel_of, locale_of
from tresen.entrypoints.storefront.freshness import per_visitor
from tresen.foundation.refusals import Refusal

SORTS = (Sort.RELEVANCE, Sort.PRICE, Sort.PRICE_DOWN, Sort.NAME, Sort.NEWEST)
QUERY_LENGTH_MAX = 200


@require_GET
@per_visitor
def search(request: HttpRequest) -> HttpResponse:
    """Results for `q`; without words, the ways into the shop."""
    channel, locale = channel_of(request), locale_of(request)
    query = _query(request)
    asked = asked_of(request, currency=channel.market.currency, sorts=SORTS)
    try:
        page = search_goods(
            channel_code=channel.code,
            locale=locale,
            text=query,
            filters=asked.filters,
            sort=asked.sort,
            cursor=asked.cursor,
            limit=PAGE_SIZE,
        )
    except Refusal:
        return from_the_start(asked, reverse("storefront:search"))
    path = reverse("storefront:search")
    heading = gettext("Results for «%(words)s»") % {"words": query} if query else gettext("Search")
    context = list_page(page, asked=asked, path=path, sorts=SORTS) | {
        "heading": heading,
        "search_query": query,
        "notices_above": _notices(page, query),
        "ways": [] if page.entries else _ways(ways_on(channel_code=channel.code, locale=locale)),
    }
    partial = request.headers.get("HX-Request") == "true"
    template = "_list.html" if partial else "search/page.html"
    return render(request, f"storefront/{template}", context)


@require_GET
@per_visitor
def suggestions(request: HttpRequest) -> HttpResponse:
    """What could be meant, while typing."""
    found = suggest(
        channel_code=channel_of(request).code, locale=locale_of(request), text=_query(request)
    )
    return render(request, "storefront/search/_suggestions.html", {"ways": _ways(found)})


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:QUERY_LENGTH_MAX]


def _notices(page: SearchPage, query: str) -> list[Notice]:
    notices = []
    if page.corrected:
        text = gettext("Nothing was found for «%(query)s»; these are the results for «%(words)s».")
        notices.append(Notice(text % {"query": query, "words": page.corrected}))
    if page.did_you_mean:
        link = Link(page.did_you_mean, _search_url(page.did_you_mean))
        notices.append(Notice(gettext("Did you mean:"), link=link))
    if page.some_words_only and page.entries:
        notices.append(Notice(gettext("Further down are goods that fit some of your words.")))
    return notices


def _ways(found: Suggestions | None) -> list[tuple[str, list[Link]]]:
    if found is None:
        return []
    groups = (
        (gettext("Words"), [_term(term) for term in found.terms]),
        (gettext("Shelves"), [_link("category", shelf) for shelf in found.categories]),
        (gettext("Goods"), [_link("product", goods) for goods in found.products]),
    )
    return [(title, links) for title, links in groups if links]


def _term(term: Suggestion) -> Link:
    return Link(term.label, _search_url(term.label))


def _link(name: str, found: Suggestion) -> Link:
    return Link(found.label, reverse(f"storefront:{name}", args=[found.slug]))


def _search_url(words: str) -> str:
    return f"{reverse('storefront:search')}?{urlencode({'q': words})}"
