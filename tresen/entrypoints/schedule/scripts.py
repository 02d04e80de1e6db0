"""The watch over the checkout's scripts, with a cart of its own so that there is a checkout."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import override

from tresen.domains.carts.queries import find_cart
from tresen.domains.carts.types import CartLine
from tresen.domains.discovery.queries import newest
from tresen.domains.stores.queries import NoSuchChannel, get_channel
from tresen.entrypoints.shared.shield.headers import NONCE_PLACE, fixed_headers, page_policy
from tresen.entrypoints.shared.shield.inventory import known_scripts
from tresen.entrypoints.storefront.cart_cookie import NAME as CART_COOKIE
from tresen.foundation.http import Client, Limits
from tresen.foundation.ids import outer
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.fill_cart import start_cart
from tresen.workflows.watching.examine_page import Expected
from tresen.workflows.watching.watch_scripts import Seen, Visit, watch_scripts

_CARTS: dict[str, UUID] = {}
"""The cart that this process looks with: one, not one every time."""


def look_at_checkout(now: datetime) -> Seen:
    """From outside, at the address that customers use. Without a shop there is nothing to see."""
    base = settings.PUBLIC_URL
    try:
        channel = get_channel(settings.DEFAULT_CHANNEL)
    except NoSuchChannel:
        return Seen(0, 0, ())
    language = channel.default_locale
    with override(language):
        cart = _cart(language, now=now)
    visit = Visit(
        base=base,
        pages=(f"/{language}/", f"/{language}/cart/", f"/{language}/safe-shopping/"),
        checkout=f"/{language}/checkout/" if cart else "",
        cookie=f"{CART_COOKIE}={outer('cart', cart)}" if cart else "",
    )
    client = Client(
        allowed=(urlsplit(base).netloc,), limits=Limits(connect_s=3, answer_s=5, retries_max=1)
    )
    return watch_scripts(visit, client=client, expected=expected_pages(), now=now)


def expected_pages() -> Expected:
    """What every page of the shop front is to carry."""
    policy = page_policy(form_targets=settings.FORM_TARGETS, https=settings.HTTPS)
    return Expected(
        scripts={
            urlsplit(static(script.file)).path: script.integrity
            for script in known_scripts().values()
            if script.on_checkout
        },
        policy=policy.replace(NONCE_PLACE, ""),
        headers=fixed_headers(hsts_seconds=settings.SECURE_HSTS_SECONDS),
        form_hosts=[urlsplit(target).netloc for target in settings.FORM_TARGETS],
    )


def _cart(language: str, *, now: datetime) -> UUID | None:
    """None where nothing is for sale just now."""
    channel = get_channel(settings.DEFAULT_CHANNEL)
    known = _CARTS.get(channel.code)
    cart = find_cart(known) if known else None
    if cart is not None and cart.is_open and cart.lines:
        return cart.id
    for entry in newest(channel_code=channel.code, locale=language).entries:
        try:
            quote = start_cart(
                channel=channel, locale=language, lines=[CartLine(entry.variant_id, 1)], now=now
            )
        except Refusal:
            continue
        _CARTS[channel.code] = quote.cart.id
        return quote.cart.id
    return None
