"""The order page: what happens now, by when, and what one can do. The signed link is the key."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderRow
from tresen.domains.risk.queries import find_review_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.storefront.order import rows
from tresen.foundation import clock
from tresen.foundation.actor import GUEST
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.links import make_link, read_link
from tresen.workflows.buying.cancel_order import cancel_order_by_customer
from tresen.workflows.buying.order_links import LINK_DAYS, ORDER_LINK
from tresen.workflows.buying.start_payment import payment_view, start_payment

PLACED = "placed"


def order_url(order_id: UUID, *, now: datetime, placed: bool = False) -> str:
    """The page of one order, for whoever holds the link."""
    token = make_link(order_id, purpose=ORDER_LINK, until=now + timedelta(days=LINK_DAYS))
    url = reverse("storefront:order", args=[token])
    return f"{url}?{PLACED}=1" if placed else url


@require_GET
@never_cache
def order(request: HttpRequest, token: str) -> HttpResponse:
    """The whole story of one order."""
    try:
        row = _order_of(token)
    except Refusal as refusal:
        return _refused(request, refusal)
    context = rows.order_page(row, payment=payment_view(row), review=find_review_of(row.id))
    return render(
        request,
        "storefront/order/page.html",
        context
        | {
            "token": token,
            "is_new": PLACED in request.GET,
            "may_keep": not request.user.is_authenticated and bool(row.person.email),
        },
    )


@require_POST
@never_cache
def cancellation(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel while nothing has left; asked for once more on the page before."""
    try:
        row = _order_of(token)
        cancel_order_by_customer(order_id=row.id, now=clock.now(), actor=GUEST)
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, gettext("Your order is cancelled."))
    return HttpResponseRedirect(reverse("storefront:order", args=[token]))


@require_POST
@never_cache
def payment(request: HttpRequest, token: str) -> HttpResponse:
    """Go and pay at the provider's page."""
    back = reverse("storefront:order", args=[token])
    try:
        row = _order_of(token)
        started = start_payment(
            order_id=row.id,
            return_url=request.build_absolute_uri(back),
            cancel_url=request.build_absolute_uri(back),
            now=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
        return HttpResponseRedirect(back)
    return HttpResponseRedirect(started or back)


def _order_of(token: str) -> OrderRow:
    return get_order(read_link(token, purpose=ORDER_LINK, now=clock.now()))


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context = {"title": text_of(refusal)}
    return render(request, "storefront/order/no_order.html", context, status=refusal.status)
