"""Carts: make one, fill it, say where to, how, and how to pay. The id is the key to a cart."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tresen.domains.carts.commands import CartClosed
from tresen.domains.carts.queries import get_cart
from tresen.domains.carts.types import Address, CartLine, Contact
from tresen.domains.catalog.queries import variant_ids_by_sku
from tresen.entrypoints.api.store import words
from tresen.entrypoints.api.store.answers import answer
from tresen.entrypoints.api.store.context import channel_of, id_of, locale_of
from tresen.entrypoints.api.store.shapes import (
    AddresseeIn,
    AddressIn,
    CartIn,
    CartOut,
    DeliveryIn,
    LineIn,
    PaymentIn,
    ProblemOut,
    QuantityIn,
)
from tresen.foundation import clock
from tresen.workflows.buying.fill_cart import NotForSale, add_to_cart, change_quantity, start_cart
from tresen.workflows.buying.prepare_order import (
    WrongDetails,
    address_cart,
    deliver_cart_by,
    pay_cart_by,
)
from tresen.workflows.buying.quote_cart import quote_cart

router = Router(tags=["carts"])
_ANSWERS = {200: CartOut, 401: ProblemOut, 404: ProblemOut, 409: ProblemOut, 422: ProblemOut}
_MADE = {201: CartOut, 401: ProblemOut, 404: ProblemOut, 409: ProblemOut, 422: ProblemOut}


@router.post("", response=_MADE, operation_id="createCart", summary="Start a cart")
def create(request: HttpRequest, payload: CartIn) -> HttpResponse:
    quote = start_cart(
        channel=channel_of(request),
        locale=locale_of(request),
        lines=_lines(payload.lines),
        now=clock.now(),
    )
    return answer(words.cart(quote), status=201)


@router.get("/{cart}", response=_ANSWERS, operation_id="getCart", summary="Read a cart")
def read(request: HttpRequest, cart: str) -> HttpResponse:
    channel = channel_of(request)
    row = get_cart(id_of("cart", cart), channel_code=channel.code)
    quote = quote_cart(cart=row, channel=channel, locale=locale_of(request), at=clock.now())
    return answer(words.cart(quote))


@router.post("/{cart}/lines", response=_ANSWERS, operation_id="addLine", summary="Put in")
def add_line(request: HttpRequest, cart: str, payload: LineIn) -> HttpResponse:
    cart_id, channel = id_of("cart", cart), channel_of(request)
    try:
        quote = add_to_cart(
            cart_id=cart_id,
            channel=channel,
            locale=locale_of(request),
            lines=_lines([payload]),
            now=clock.now(),
        )
    except CartClosed:
        get_cart(cart_id, channel_code=channel.code)  # 404 for one that never was
        raise
    return answer(words.cart(quote))


@router.put(
    "/{cart}/lines/{variant}", response=_ANSWERS, operation_id="setQuantity", summary="How many"
)
def set_line(request: HttpRequest, cart: str, variant: str, payload: QuantityIn) -> HttpResponse:
    return _change(request, cart, variant, payload.quantity)


@router.delete(
    "/{cart}/lines/{variant}", response=_ANSWERS, operation_id="removeLine", summary="Take out"
)
def remove_line(request: HttpRequest, cart: str, variant: str) -> HttpResponse:
    return _change(request, cart, variant, 0)


@router.put(
    "/{cart}/address",
    response=_ANSWERS,
    operation_id="setAddress",
    summary="Who receives it, and how they are reached",
)
def set_address(request: HttpRequest, cart: str, payload: AddresseeIn) -> HttpResponse:
    try:
        quote = address_cart(
            cart_id=id_of("cart", cart),
            contact=Contact(email=payload.email, phone=payload.phone),
            address=Address(**payload.address.dict()),
            billing=Address(**payload.billing.dict()) if payload.billing else None,
            pickup=payload.pickup,
            channel=channel_of(request),
            locale=locale_of(request),
            now=clock.now(),
        )
    except WrongDetails as wrong:
        for refusal in wrong.refusals:
            refusal.field = _path_in_body(refusal.field)
        raise
    return answer(words.cart(quote))


@router.put(
    "/{cart}/delivery", response=_ANSWERS, operation_id="setDelivery", summary="How it arrives"
)
def set_delivery(request: HttpRequest, cart: str, payload: DeliveryIn) -> HttpResponse:
    quote = deliver_cart_by(
        cart_id=id_of("cart", cart),
        delivery_code=payload.code,
        channel=channel_of(request),
        locale=locale_of(request),
        now=clock.now(),
    )
    return answer(words.cart(quote))


@router.put(
    "/{cart}/payment",
    response=_ANSWERS,
    operation_id="setPayment",
    summary="How it is paid; holds the goods for 15 minutes",
)
def set_payment(request: HttpRequest, cart: str, payload: PaymentIn) -> HttpResponse:
    quote = pay_cart_by(
        cart_id=id_of("cart", cart),
        payment_method=payload.method,
        channel=channel_of(request),
        locale=locale_of(request),
        now=clock.now(),
    )
    return answer(words.cart(quote))


def _change(request: HttpRequest, cart: str, variant: str, quantity: int) -> HttpResponse:
    quote = change_quantity(
        cart_id=id_of("cart", cart),
        variant_id=id_of("var", variant, field="variant"),
        quantity=quantity,
        channel=channel_of(request),
        locale=locale_of(request),
        now=clock.now(),
    )
    return answer(words.cart(quote))


def _path_in_body(field: str) -> str:
    """A form's fields stand side by side; here the address is an object of its own."""
    return f"address.{field}" if field in AddressIn.model_fields else field


def _lines(lines: list[LineIn]) -> list[CartLine]:
    skus = [line.sku for line in lines if not line.variant]
    known = variant_ids_by_sku(skus) if skus else {}
    return [
        CartLine(_variant_id(line, known, field=f"lines[{place}]"), line.quantity)
        for place, line in enumerate(lines)
    ]


def _variant_id(line: LineIn, known: dict[str, UUID], *, field: str) -> UUID:
    if line.variant:
        return id_of("var", line.variant, field=f"{field}.variant")
    if line.sku not in known:
        raise NotForSale(field=f"{field}.sku")
    return known[line.sku]
