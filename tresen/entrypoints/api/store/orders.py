"""Orders: place one, read it by its token, pay, cancel. Placing the same twice is one order."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from tresen.domains.compliance.queries import digests_of
from tresen.domains.orders.queries import NoSuchOrder, get_order
from tresen.domains.orders.types import OrderRow
from tresen.entrypoints.api.store import words
from tresen.entrypoints.api.store.answers import answer
from tresen.entrypoints.api.store.context import (
    KEY_PARAMETER,
    channel_of,
    id_of,
    idempotency_key_of,
    locale_of,
)
from tresen.entrypoints.api.store.shapes import (
    CancellationIn,
    OrderIn,
    OrderOut,
    PlacedOut,
    ProblemOut,
    RedirectIn,
    RedirectOut,
)
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.links import make_link, read_link
from tresen.workflows.buying.cancel_order import cancel_order_once
from tresen.workflows.buying.order_links import LINK_DAYS, ORDER_LINK
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.start_payment import payment_view, start_payment

router = Router(tags=["orders"])
SHOPPER = Actor("api")
_PROBLEMS = dict.fromkeys((400, 401, 404, 409, 410, 422, 503), ProblemOut)


class StrangeReturn(Refusal):
    """A return address that is no address of a shop front."""

    code = "bad_return_url"
    message = "Please send an absolute http or https address without a user name."


@router.post(
    "",
    response={201: PlacedOut, 200: PlacedOut} | _PROBLEMS,
    operation_id="placeOrder",
    summary="Order with the obligation to pay",
    openapi_extra=KEY_PARAMETER,
)
def place(request: HttpRequest, payload: OrderIn) -> HttpResponse:
    """Needs `Idempotency-Key`. 201 for a new order, 200 with `Idempotent-Replay` when repeated."""
    channel, now = channel_of(request), clock.now()
    expected = payload.expected_total
    placed = place_order(
        cart_id=id_of("cart", payload.cart, field="cart"),
        channel=channel,
        key=idempotency_key_of(request),
        seen_total=Money(expected.minor, expected.currency) if expected else None,
        texts=digests_of(locale=locale_of(request)),
        now=now,
        actor=SHOPPER,
    )
    body = words.placed(placed, token=_token(placed.order_id))
    response = answer(body, status=201 if placed.is_new else 200)
    if not placed.is_new:
        response["Idempotent-Replay"] = "true"
    return response


@router.get(
    "/{token}",
    response={200: OrderOut} | _PROBLEMS,
    operation_id="getOrder",
    summary="Read an order by its token",
)
def read(request: HttpRequest, token: str) -> HttpResponse:
    return answer(_body(_order_of(request, token), token))


@router.post(
    "/{token}/cancellation",
    response={200: OrderOut} | _PROBLEMS,
    operation_id="cancelOrder",
    summary="Cancel while nothing has left; needs `Idempotency-Key`",
    openapi_extra=KEY_PARAMETER,
)
def cancel(request: HttpRequest, token: str, payload: CancellationIn) -> HttpResponse:
    order = _order_of(request, token)
    cancel_order_once(
        order_id=order.id,
        key=idempotency_key_of(request),
        reason=payload.reason,
        now=clock.now(),
        actor=SHOPPER,
    )
    return answer(_body(get_order(order.id), token))


@router.post(
    "/{token}/payment",
    response={200: RedirectOut} | _PROBLEMS,
    operation_id="startPayment",
    summary="Go on to the payment service; needs `Idempotency-Key`",
    openapi_extra=KEY_PARAMETER,
)
def pay(request: HttpRequest, token: str, payload: RedirectIn) -> HttpResponse:
    """Safe to repeat whatever the key: the payment's own id is the provider's key."""
    idempotency_key_of(request)
    order = _order_of(request, token)
    back = _checked(payload.return_url or settings.PUBLIC_URL, field="return_url")
    url = start_payment(
        order_id=order.id,
        return_url=back,
        cancel_url=_checked(payload.cancel_url or back, field="cancel_url"),
        now=clock.now(),
    )
    return answer({"redirect_url": urljoin(settings.PUBLIC_URL, url) if url else None})


def _order_of(request: HttpRequest, token: str) -> OrderRow:
    order = get_order(read_link(token, purpose=ORDER_LINK, now=clock.now()))
    if order.channel_code != channel_of(request).code:
        raise NoSuchOrder(field="token")
    return order


def _body(order: OrderRow, token: str) -> words.Words:
    view = payment_view(order)
    transfer = words.transfer(view.transfer) if view.transfer else None
    return words.order(order, token=token, redirects=view.redirects, transfer=transfer)


def _token(order_id: UUID) -> str:
    until = clock.now() + timedelta(days=LINK_DAYS)
    return make_link(order_id, purpose=ORDER_LINK, until=until)


def _checked(url: str, *, field: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise StrangeReturn(field=field) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise StrangeReturn(field=field)
    return url
