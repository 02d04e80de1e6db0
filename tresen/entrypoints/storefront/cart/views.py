"""See the cart, put in, change how many, take out (with a way back)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tresen.domains.carts.commands import CartClosed
from tresen.domains.carts.queries import NoSuchCart, find_cart
from tresen.domains.carts.types import CartLine
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.storefront.cart import rows
from tresen.entrypoints.storefront.cart_cookie import cart_id_of, remember
from tresen.entrypoints.storefront.context import channel_of, locale_of
from tresen.foundation import clock
from tresen.foundation.ids import BadId, inner
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.fill_cart import NotForSale, add_to_cart, change_quantity, start_cart
from tresen.workflows.buying.quote_cart import Quote, quote_cart

DIGITS_MAX = 9


@require_GET
@never_cache
def cart(request: HttpRequest) -> HttpResponse:
    """The cart page; without a cart, an empty one with a way on."""
    quote = quote_of(request)
    return render(request, "storefront/cart/page.html", rows.cart_page(quote))


@require_POST
@never_cache
def lines(request: HttpRequest) -> HttpResponse:
    """Put in. The refusal of too many or sold out is shown on the cart page."""
    try:
        line = CartLine(_variant_of(request.POST.get("variant", "")), _count_of(request))
        quote = _add(request, line)
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
        return HttpResponseRedirect(_back(request))
    added = next(row for row in quote.lines if row.variant_id == line.variant_id)
    assert added.goods is not None
    messages.success(
        request, gettext("«%(title)s» lies in your cart.") % {"title": added.goods.title}
    )
    response = HttpResponseRedirect(reverse("storefront:cart"))
    remember(response, quote.cart.id)
    return response


@require_POST
@never_cache
def line(request: HttpRequest, variant: str) -> HttpResponse:
    """Exactly so many; 0 or «remove» takes it out."""
    cart_id = cart_id_of(request)
    if cart_id is not None:
        try:
            _change(request, cart_id, _variant_of(variant))
        except Refusal as refusal:
            messages.error(request, text_of(refusal))
    return HttpResponseRedirect(reverse("storefront:cart"))


def quote_of(request: HttpRequest) -> Quote | None:
    """The guest's open cart with today's prices, or None."""
    cart_id = cart_id_of(request)
    row = find_cart(cart_id) if cart_id else None
    channel = channel_of(request)
    if row is None or not row.is_open or row.channel_code != channel.code:
        return None
    return quote_cart(cart=row, channel=channel, locale=locale_of(request), at=clock.now())


def _add(request: HttpRequest, line: CartLine) -> Quote:
    cart_id, channel, locale = cart_id_of(request), channel_of(request), locale_of(request)
    now = clock.now()
    if cart_id is not None:
        try:
            return add_to_cart(
                cart_id=cart_id, channel=channel, locale=locale, lines=[line], now=now
            )
        except (NoSuchCart, CartClosed):
            pass  # an old cookie: a fresh cart serves the guest better than a refusal
    return start_cart(channel=channel, locale=locale, lines=[line], now=now)


def _change(request: HttpRequest, cart_id: UUID, variant_id: UUID) -> None:
    quantity = 0 if "remove" in request.POST else _count_of(request, least=0)
    quote = change_quantity(
        cart_id=cart_id,
        variant_id=variant_id,
        quantity=quantity,
        channel=channel_of(request),
        locale=locale_of(request),
        now=clock.now(),
    )
    if quantity == 0 and quote.count == 0:
        messages.info(request, gettext("Your cart is empty now."))
    elif quantity == 0:
        messages.info(request, gettext("Taken out of the cart."))


def _variant_of(text: str) -> UUID:
    try:
        return inner("var", text)
    except BadId as error:
        raise NotForSale(field="variant") from error


def _count_of(request: HttpRequest, *, least: int = 1) -> int:
    text = request.POST.get("quantity", "1").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX else least - 1


def _back(request: HttpRequest) -> str:
    """Back to the page of ours that the form stood on; never elsewhere."""
    here = request.POST.get("from", "")
    is_ours = here.startswith("/") and url_has_allowed_host_and_scheme(here, allowed_hosts=None)
    return here if is_ours and here.isprintable() else reverse("storefront:cart")
