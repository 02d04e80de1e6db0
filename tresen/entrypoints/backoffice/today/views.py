"""The to-do board of the day: each number leads to its list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tresen.domains.orders.queries import OrderFilter, count_orders
from tresen.domains.payments.queries import list_in_trouble
from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.kit.types import ToDo


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
    orders = reverse("backoffice:orders")
    to_pack = OrderFilter(
        state="placed", payment_state="paid", fulfilment_states=("open", "partly_shipped")
    )
    unpaid = OrderFilter(state="placed", payment_state="open")
    failed = OrderFilter(state="placed", payment_state="failed")
    return [
        ToDo(
            count_orders(narrow=to_pack),
            gettext("orders are paid and wait to be packed"),
            f"{orders}?state=placed&payment=paid&fulfilment=open",
            "attention",
        ),
        ToDo(
            count_orders(narrow=unpaid),
            gettext("orders wait for their payment"),
            f"{orders}?state=placed&payment=open",
        ),
        ToDo(
            count_orders(narrow=failed),
            gettext("payments did not go through"),
            f"{orders}?state=placed&payment=failed",
            "error",
        ),
        ToDo(
            len(list_in_trouble()),
            gettext("payments need a person to look at them"),
            orders,
            "error",
        ),
    ]
