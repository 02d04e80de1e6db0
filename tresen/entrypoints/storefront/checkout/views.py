"""Checkout as a guest: one page; the button under the total is the only one that orders."""

from __future__ import annotations

import secrets
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from tresen.domains.accounts.types import Realm
from tresen.domains.carts.queries import find_cart
from tresen.domains.carts.types import CartRow
from tresen.domains.compliance.queries import digests_of
from tresen.domains.stores.types import ChannelRow
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.sessions.devices import set_device_cookie
from tresen.entrypoints.storefront.account.prefill import account_words
from tresen.entrypoints.storefront.cart_cookie import cart_id_of, forget
from tresen.entrypoints.storefront.checkout import rows
from tresen.entrypoints.storefront.checkout.forms import CheckoutForm, known_words
from tresen.entrypoints.storefront.checkout.newsletter import newsletter_words, wish_for_news
from tresen.entrypoints.storefront.context import channel_of, locale_of
from tresen.entrypoints.storefront.order.views import order_url
from tresen.entrypoints.storefront.seen_from import seen_from, shop_device_of
from tresen.foundation import clock
from tresen.foundation.actor import GUEST
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.place_order import AlreadyOrdered, Placed, place_order
from tresen.workflows.buying.prepare_order import (
    WrongDetails,
    address_cart,
    deliver_cart_by,
    details_refusals,
    pay_cart_by,
)
from tresen.workflows.buying.quote_cart import Quote, quote_cart
from tresen.workflows.buying.start_payment import start_payment
from tresen.workflows.buying.weigh_cart import offered, weigh_cart


@require_GET
@never_cache
def checkout(request: HttpRequest) -> HttpResponse:
    """The form, filled with what the cart knows."""
    cart = _cart_of(request)
    if cart is None or not cart.is_open or not cart.lines:
        return HttpResponseRedirect(_after(request, cart))
    channel = channel_of(request)
    quote = _quote(request, cart)
    form = CheckoutForm(
        countries=channel.market.countries,
        needs_address=True,
        initial=_known(request, cart, country=channel.market.country) | {"key": _fresh_key()},
    )
    return _page(request, form, quote, status=200)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def review(request: HttpRequest) -> HttpResponse:
    """The page again with prices for what is typed so far; orders nothing, stores nothing."""
    if request.method == "GET":  # the address of a refused form, opened anew
        return HttpResponseRedirect(reverse("storefront:checkout"))
    cart = _cart_of(request)
    if cart is None or not cart.is_open or not cart.lines:
        return HttpResponseRedirect(_after(request, cart))
    form = _form(request, channel_of(request), needs_address=True)
    quote = _quote(request, _as_typed(cart, form))
    form = CheckoutForm(
        countries=channel_of(request).market.countries,
        needs_address=True,
        initial={name: request.POST.get(name, "") for name in form.fields},
    )
    return _page(request, form, quote, status=200)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def order(request: HttpRequest) -> HttpResponse:
    """Order with the obligation to pay; the same form twice is one order."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("storefront:checkout"))
    cart = _cart_of(request)
    if cart is None or not cart.lines:
        return HttpResponseRedirect(_after(request, cart))
    channel = channel_of(request)
    quote = _quote(request, _as_typed(cart, _form(request, channel, needs_address=True)))
    form = _form(request, channel, needs_address=not _is_pickup(quote))
    if not form.is_valid():
        _take_all(form, channel, pickup=_is_pickup(quote))
        return _page(request, form, quote, status=422)
    token = shop_device_of(request)
    try:
        placed = _place(request, cart, form, quote, token=token)
    except AlreadyOrdered:
        return HttpResponseRedirect(_after(request, _cart_of(request)))
    except Refusal as refusal:
        parts = refusal.refusals if isinstance(refusal, WrongDetails) else [refusal]
        form.take(parts, [text_of(part) for part in parts])
        fresh = find_cart(cart.id) or cart
        return _page(request, form, _quote(request, _as_typed(fresh, form)), status=422)
    if form.cleaned_data["newsletter"]:
        email = form.cleaned_data["email"]
        wish_for_news(email=email, locale=locale_of(request), now=clock.now())
    response = HttpResponseRedirect(_next_page(request, placed))
    set_device_cookie(response, token, Realm.SHOP)
    forget(response)
    return response


def _known(request: HttpRequest, cart: CartRow, *, country: str) -> dict[str, str | bool]:
    """The cart's words; of somebody who is signed in, what they keep in their account."""
    kept = account_words(request) if cart.contact is None else {}
    allowed = channel_of(request).market.countries
    usable = {name: word for name, word in kept.items() if name != "country" or word in allowed}
    return known_words(cart, country=country) | usable


def _take_all(form: CheckoutForm, channel: ChannelRow, *, pickup: bool) -> None:
    """Tell everything that is wrong at once, not only what the form itself saw."""
    wrong = details_refusals(
        form.contact(),
        form.address(),
        form.billing(),
        pickup=pickup,
        countries=channel.market.countries,
    )
    form.take(wrong, [text_of(refusal) for refusal in wrong])


def _next_page(request: HttpRequest, placed: Placed) -> str:
    """The payment service's page, or the order's; a service that is down does not lose an order."""
    page = order_url(placed.order_id, now=clock.now(), placed=True)
    back = request.build_absolute_uri(page)
    try:
        url = start_payment(
            order_id=placed.order_id, return_url=back, cancel_url=back, now=clock.now()
        )
    except Refusal as refusal:
        messages.warning(request, text_of(refusal))
        return page
    return url or page


def _place(
    request: HttpRequest, cart: CartRow, form: CheckoutForm, quote: Quote, *, token: str
) -> Placed:
    channel, locale, now = channel_of(request), locale_of(request), clock.now()
    if cart.is_open:
        address_cart(
            cart_id=cart.id,
            contact=form.contact(),
            address=form.address(),
            billing=form.billing(),
            pickup=_is_pickup(quote),
            channel=channel,
            locale=locale,
            now=now,
        )
        code, method = form.word("delivery"), form.word("payment")
        deliver_cart_by(
            cart_id=cart.id, delivery_code=code, channel=channel, locale=locale, now=now
        )
        pay_cart_by(
            cart_id=cart.id,
            payment_method=method,
            channel=channel,
            locale=locale,
            now=now,
            seen_from=seen_from(request, token=token),
        )
    seen = form.cleaned_data["seen_minor"]
    return place_order(
        cart_id=cart.id,
        channel=channel,
        key=form.cleaned_data["key"],
        seen_total=None if seen is None else Money(seen, channel.market.currency),
        texts=digests_of(locale=locale),
        now=now,
        actor=GUEST,
        locale=locale,
    )


def _page(request: HttpRequest, form: CheckoutForm, quote: Quote, *, status: int) -> HttpResponse:
    weighed = weigh_cart(
        quote=quote, channel=channel_of(request), seen_from=seen_from(request), now=clock.now()
    )
    narrowed = offered(quote, weighed)
    is_narrowed = narrowed.methods != quote.methods
    quote = narrowed
    context = rows.review(quote) | {
        "is_narrowed": is_narrowed,
        "form": form,
        "forms": [form],
        "payments": rows.payments(quote, chosen=form.word("payment")),
        "key": form.word("key") or _fresh_key(),
        "newsletter_words": newsletter_words(locale=locale_of(request)),
    }
    partial = request.headers.get("HX-Request") == "true"
    page = "_live.html" if partial else "page.html"
    return render(request, f"storefront/checkout/{page}", context, status=status)


def _form(request: HttpRequest, channel: ChannelRow, *, needs_address: bool) -> CheckoutForm:
    return CheckoutForm(
        request.POST, countries=channel.market.countries, needs_address=needs_address
    )


def _as_typed(cart: CartRow, form: CheckoutForm) -> CartRow:
    """The cart as it would be with the choices in the form, for its prices and promises."""
    address = form.address()
    known = address.country in dict(form.fields["country"].choices)  # type: ignore[attr-defined]
    return replace(
        cart,
        address=address if known else cart.address,
        delivery_code=form.word("delivery") or cart.delivery_code,
        payment_method=form.word("payment") or cart.payment_method,
        contact=form.contact() if form.word("email") else cart.contact,
    )


def _quote(request: HttpRequest, cart: CartRow) -> Quote:
    channel, locale = channel_of(request), locale_of(request)
    return quote_cart(cart=cart, channel=channel, locale=locale, at=clock.now())


def _is_pickup(quote: Quote) -> bool:
    return bool(rows.review(quote)["is_pickup"])


def _cart_of(request: HttpRequest) -> CartRow | None:
    cart_id = cart_id_of(request)
    cart = find_cart(cart_id) if cart_id else None
    return cart if cart and cart.channel_code == channel_of(request).code else None


def _after(request: HttpRequest, cart: CartRow | None) -> str:
    """Where to go instead: the order that the cart became, or the cart page."""
    if cart is not None and cart.order_id is not None:
        return order_url(cart.order_id, now=clock.now(), placed=True)
    messages.info(request, text_of(_EmptyCart()))
    return reverse("storefront:cart")


class _EmptyCart(Refusal):
    message = "Your cart is empty. Please put something in first."


def _fresh_key() -> str:
    return secrets.token_urlsafe(24)
