"""The to-do board of the day: each number leads to its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from tresen.domains.accounts.types import Permission
from tresen.domains.orders.queries import count_orders
from tresen.domains.privacy.queries.requests import count_queue
from tresen.domains.risk.queries import ReviewFilter, count_reviews
from tresen.entrypoints.backoffice.approvals.todo import approval_todos
from tresen.entrypoints.backoffice.backups.todo import backup_todos
from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.kit.types import ToDo, Tone
from tresen.entrypoints.backoffice.orders.rows import narrowing
from tresen.entrypoints.backoffice.trust.watching import watch_todos
from tresen.entrypoints.policy.standing import may_follow, standing_of
from tresen.foundation import clock
from tresen.workflows.trusting.place import responsible_place

Stores = tuple[str, ...] | None


@require_GET
def home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The back office opens with the day's work."""
    return HttpResponseRedirect(reverse("backoffice:today"))


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What waits for somebody."""
    todos = [todo for todo in _all(request) if todo.count]
    title = gettext("What waits today")
    todos += [*approval_todos(request), *backup_todos(request), *watch_todos(request)]
    return render_page(
        request, "backoffice/today/page.html", {"title": title, "todos": todos}, task="today"
    )


def _all(request: HttpRequest) -> list[ToDo]:
    """Only what the person may open."""
    stores = standing_of(request).stores_for(Permission.ORDERS_SEE)
    found = _todos(stores.narrowed) if stores else []
    if may_follow(request, reverse("backoffice:risk_reviews")):
        found += _checks(clock.now())
    requests = reverse("backoffice:privacy_requests")
    return [*found, *_requests(requests)] if may_follow(request, requests) else found


def _requests(url: str) -> list[ToDo]:
    """People who wait for an answer about their data; late ones count apart."""
    waiting, late = count_queue(today=responsible_place().day_of(clock.now()))
    said = ngettext("request about data is late", "requests about data are late", late)
    waits = ngettext("request about data waits", "requests about data wait", waiting - late)
    return [
        ToDo(late, said, f"{url}?overdue=1", "error"),
        ToDo(waiting - late, waits, f"{url}?open=1"),
    ]


def _todos(stores: Stores) -> list[ToDo]:
    return [
        _todo(stores, {"to_pack": "1"}, _to_pack, "attention"),
        _todo(stores, {"state": "placed", "payment": "open"}, _unpaid),
        _todo(stores, {"state": "placed", "payment": "failed"}, _failed, "error"),
        _todo(stores, {"money": "review"}, _unclear, "error"),
        _todo(stores, {"money": "give_back"}, _to_give_back, "attention"),
    ]


def _checks(now: datetime) -> list[ToDo]:
    """Orders and questions that a person decides about, with the clock of the late ones."""
    url = reverse("backoffice:risk_reviews")
    waiting = count_reviews(narrow=ReviewFilter(is_open=True))
    late = count_reviews(narrow=ReviewFilter(overdue_at=now))
    words = ngettext("order waits to be checked", "orders wait to be checked", waiting)
    note = ngettext("%(count)s is overdue", "%(count)s are overdue", late) % {"count": late}
    tone: Tone = "error" if late else "attention"
    return [ToDo(waiting, words, f"{url}?open=1", tone, note=note if late else "")]


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


def _todo(
    stores: Stores,
    asked: Mapping[str, str],
    words: Callable[[int], str],
    tone: Tone = "quiet",
) -> ToDo:
    """The number and its list ask the same question."""
    narrow = narrowing(lambda name: asked.get(name, ""), stores=stores)
    url = f"{reverse('backoffice:orders')}?{urlencode(asked)}"
    count = count_orders(narrow=narrow)
    return ToDo(count, words(count), url, tone)
