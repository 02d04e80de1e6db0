"""The to-do board of the day: each number leads to its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from tresen.domains.orders.queries import count_orders
from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.kit.types import ToDo, Tone
from tresen.entrypoints.backoffice.orders.rows import narrowing
from tresen.entrypoints.policy.standing import may_follow


@require_GET
def home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The back office opens with the day's work."""
    return HttpResponseRedirect(reverse("backoffice:today"))


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What waits for somebody."""
    sees_orders = may_follow(request, reverse("backoffice:orders"))
    todos = [todo for todo in _todos() if todo.count] if sees_orders else []
    title = gettext("What waits today")
    return render_page(
        request, "backoffice/today/page.html", {"title": title, "todos": todos}, task="today"
    )


def _todos() -> list[ToDo]:
    return [
        _todo({"to_pack": "1"}, _to_pack, "attention"),
        _todo({"state": "placed", "payment": "open"}, _unpaid),
        _todo({"state": "placed", "payment": "failed"}, _failed, "error"),
        _todo({"money": "review"}, _unclear, "error"),
        _todo({"money": "give_back"}, _to_give_back, "attention"),
    ]


def _to_pack(count: int) -> str:
    return ngettext("order waits to be packed", "orders wait to be packed", count)


def _unpaid(count: int) -> str:
    return ngettext("order waits for its payment", "orders wait for their payment", count)


def _failed(count: int) -> str:
    return ngettext("payment did not go through", "payments did not go through", count)


def _unclear(count: int) -> str:
    return ngettext(
        "payment needs a person to look at it", "payments need a person to look at them", count
    )


def _to_give_back(count: int) -> str:
    return ngettext("refund waits to be sent by hand", "refunds wait to be sent by hand", count)


def _todo(asked: Mapping[str, str], words: Callable[[int], str], tone: Tone = "quiet") -> ToDo:
    """The number and its list ask the same question."""
    narrow = narrowing(lambda name: asked.get(name, ""))
    url = f"{reverse('backoffice:orders')}?{urlencode(asked)}"
    count = count_orders(narrow=narrow)
    return ToDo(count, words(count), url, tone)
