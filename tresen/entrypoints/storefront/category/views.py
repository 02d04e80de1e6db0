"""One shelf; an old address leads to the present one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tresen.domains.catalog.queries import NoSuchCategory, get_category
from tresen.domains.catalog.types import CategoryPage
from tresen.domains.discovery.queries import browse
from tresen.domains.discovery.types import Sort
from tresen.entrypoints.shared.rows import LanguageLink, Link
from tresen.entrypoints.storefront.addresses import address_of
from tresen.entrypoints.storefront.browse import PAGE_SIZE, asked_of, from_the_start, list_page
from tresen.entrypoints.storefront.context import LANGUAGES, channel_of, locale_of
from tresen.entrypoints.storefront.freshness import per_visitor
from tresen.foundation.refusals import Refusal

SORTS = (Sort.RANK, Sort.NEWEST, Sort.PRICE, Sort.PRICE_DOWN, Sort.NAME)


@require_GET
@per_visitor
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole page, or only the list when a facet was ticked."""
    channel, locale = channel_of(request), locale_of(request)
    try:
        shelf = get_category(slug, locale=locale)
    except NoSuchCategory as refusal:
        raise Http404(slug) from refusal
    path = address_of("category", shelf.category.slug)
    if shelf.category.slug != slug:
        return HttpResponsePermanentRedirect(path)
    asked = asked_of(request, currency=channel.market.currency, sorts=SORTS)
    try:
        page = browse(
            channel_code=channel.code,
            locale=locale,
            category=shelf.category.id,
            filters=asked.filters,
            sort=asked.sort,
            cursor=asked.cursor,
            limit=PAGE_SIZE,
        )
    except Refusal:
        return from_the_start(asked, path)
    context = list_page(page, asked=asked, path=path, sorts=SORTS) | {
        "heading": shelf.category.name,
        "lead": shelf.category.summary,
        "shelves": [
            Link(child.name, address_of("category", child.slug)) for child in shelf.children
        ],
        "crumbs": _crumbs(shelf),
        "language_links": _language_links(shelf, locale),
    }
    partial = request.headers.get("HX-Request") == "true"
    template = "_list.html" if partial else "category/page.html"
    return render(request, f"storefront/{template}", context)


def _crumbs(shelf: CategoryPage) -> list[Link]:
    way = [Link(step.name, address_of("category", step.slug)) for step in shelf.trail]
    here = Link(shelf.category.name, "")
    return [Link(gettext("Shop"), reverse("storefront:home")), *way, here]


def _language_links(shelf: CategoryPage, locale: str) -> list[LanguageLink]:
    return [
        LanguageLink(
            code, label, f"/{code}/c/{shelf.slugs.get(code, shelf.category.slug)}/", code == locale
        )
        for code, label in LANGUAGES.items()
    ]
