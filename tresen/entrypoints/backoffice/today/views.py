"""The to-do board of the day: each number leads to its list."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tresen.domains.orders.queries import count_orders
from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.kit.types import ToDo, Tone
from tresen.entrypoints.backoffice.orders.rows import narrowing


@require_GET
def home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The back office opens with the day's work."""
    return HttpResponseRedirect(reverse("backoffice:today"))


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What waits for somebody."""
    todos = [todo for todo in _todos() if todo.count]
    title = gettext("What waits today")
    return render_page(
        request, "backoffice/today/page.html", {"title": title, "todos": todos}, task="today"
    )


def _todos() -> list[ToDo]:
    return [
        _todo({"to_pack": "1"}, gettext("orders wait to be packed"), "attention"),
        _todo({"state": "placed", "payment": "open"}, gettext("orders wait for their payment")),
        _todo(
            {"state": "placed", "payment": "failed"},
            gettext("payments did not go through"),
            "error",
        ),
        _todo({"money": "review"}, gettext("payments need a person to look at them"), "error"),
        _todo({"money": "give_back"}, gettext("refunds wait to be sent by hand"), "attention"),
    ]


def _todo(asked: Mapping[str, str], words: str, tone: Tone = "quiet") -> ToDo:
    """The number and its list ask the same question."""
    narrow = narrowing(lambda name: asked.get(name, ""))
    url = f"{reverse('backoffice:orders')}?{urlencode(asked)}"
    return ToDo(count_orders(narrow=narrow), words, url, tone)
