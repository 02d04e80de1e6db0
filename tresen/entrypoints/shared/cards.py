"""Card numbers that somebody types into any field are taken out before a view sees them.

They belong on the page of the payment service alone. Whoever typed one is told kindly, and
everything else they typed stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext

from tresen.foundation.cards import without_cards

FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_LEFT_ALONE: Final = re.compile(r"csrfmiddlewaretoken|key|next|.*password.*")
"""Random words of ours, addresses, and what is hashed at once."""
_PLAY_MONEY: Final = re.compile(r"/[a-z]{2}/demo-card/")
"""Stands in for a payment service's own page; the numbers it knows belong to nobody."""


class CardMiddleware:
    """Innermost: forms and queries are as a view will read them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_given: object) -> None:
        """Views without a form's token (messages of services) read their body themselves."""
        if not getattr(view, "csrf_exempt", False) and not _PLAY_MONEY.match(request.path_info):
            self._clean(request)

    def _clean(self, request: HttpRequest) -> None:
        found = 0
        if request.META.get("QUERY_STRING"):
            query, found = _without(request.GET)
            if found:
                request.GET = query  # type: ignore[assignment]
                request.META["QUERY_STRING"] = query.urlencode()
        if request.method == "POST" and request.content_type in FORMS:
            form, typed = _without(request.POST)
            if typed:
                request.POST = form  # type: ignore[assignment]
                found += typed
        if found:
            messages.warning(request, gettext(WORDS))


WORDS: Final = (
    "You typed a card number. We have taken it out and not kept it: it belongs only on the page"
    " of the payment service. Everything else is as you typed it."
)


def _without(given: QueryDict) -> tuple[QueryDict, int]:
    """The same, or a copy without card numbers, and how many there were."""
    found = 0
    cleaned = given
    for name, values in given.lists():
        if _LEFT_ALONE.fullmatch(name):
            continue
        parts = [without_cards(value) for value in values]
        here = sum(part.found for part in parts)
        if here:
            cleaned = given.copy() if cleaned is given else cleaned
            cleaned.setlist(name, [part.text for part in parts])
            found += here
    return cleaned, found
