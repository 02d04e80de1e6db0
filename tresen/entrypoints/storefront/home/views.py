"""The front door: what the shop stands for, shelves, what is new, what can be relied on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tresen.domains.discovery.queries import category_cards, newest
from tresen.entrypoints.storefront.addresses import address_of
from tresen.entrypoints.storefront.browse import card
from tresen.entrypoints.storefront.context import channel_of, locale_of
from tresen.entrypoints.storefront.freshness import per_visitor
from tresen.entrypoints.storefront.nav import shelves as shelf_tree

NEW_MAX = 10
SHELVES_MAX = 12
HERO_MAX = 3


@require_GET
@per_visitor
def home(request: HttpRequest) -> HttpResponse:
    """Two statements: shelves with a picture, and what is new."""
    channel, locale = channel_of(request), locale_of(request)
    roots = [node.category.id for node in shelf_tree(locale=locale)][:SHELVES_MAX]
    shelves = category_cards(channel_code=channel.code, locale=locale, category_ids=roots)
    new = newest(channel_code=channel.code, locale=locale, limit=NEW_MAX).entries
    context = {
        "shelves": [(shelf, address_of("category", shelf.slug)) for shelf in shelves],
        "cards": [card(entry) for entry in new],
        "pictures": [entry.picture for entry in new if entry.picture][:HERO_MAX],
    }
    return render(request, "storefront/home/page.html", context)
