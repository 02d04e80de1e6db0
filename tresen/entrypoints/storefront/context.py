"""What every page of the shop is given: the shop, the cart's count, the ways to other languages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from tresen.domains.carts.queries import count_of
from tresen.domains.compliance.queries import current_texts
from tresen.domains.compliance.types import TextKind
from tresen.domains.stores.queries import get_channel
from tresen.domains.stores.types import ChannelRow
from tresen.entrypoints.shared.rows import LanguageLink, Link, Shop
from tresen.entrypoints.storefront.addresses import address_of
from tresen.entrypoints.storefront.cart_cookie import cart_id_of
from tresen.entrypoints.storefront.nav import shelf_links

LANGUAGES = {"de": "Deutsch", "en": "English"}


def channel_of(_request: HttpRequest) -> ChannelRow:
    """The channel this shop front sells in."""
    return get_channel(settings.DEFAULT_CHANNEL)


def locale_of(request: HttpRequest) -> str:
    """The language of the address, if the channel speaks it."""
    locale = (get_language() or "")[:2]
    channel = channel_of(request)
    return locale if locale in channel.market.locales else channel.default_locale


def shop_context(request: HttpRequest) -> dict[str, object]:
    """Given to each template of the storefront; other faces get nothing."""
    match = request.resolver_match
    if match is None or match.namespaces[:1] != ["storefront"]:
        return {}
    locale = locale_of(request)
    channel = channel_of(request)
    cart_id = cart_id_of(request)
    shop = shop_of(channel, locale=locale)
    return {
        "shop": shop,
        "here": request.path if request.path in {link.url for link in shop.nav} else "",
        "cart_count": count_of(cart_id) if cart_id else 0,
        "language_links": language_links(request.path, query=request.META["QUERY_STRING"]),
    }


def shop_of(channel: ChannelRow, *, locale: str) -> Shop:
    """The shop as header and footer show it."""
    texts = current_texts(locale=locale)
    urls = {kind: address_of("legal", kind.value) for kind in texts}
    store = channel.store
    return Shop(
        name=store.name,
        claim=store.claims.get(locale, ""),
        about=store.abouts.get(locale, ""),
        sign_svg_url="",
        nav=shelf_links(locale=locale),
        legal_links=tuple(Link(text.title, urls[kind]) for kind, text in texts.items()),
        withdrawal_url=urls.get(TextKind.WITHDRAWAL, ""),
        shipping_url=urls.get(TextKind.SHIPPING, ""),
    )


def language_links(path: str, *, query: str = "") -> list[LanguageLink]:
    """The same address under each language's prefix; pages with words in it give their own."""
    current = (get_language() or "")[:2]
    _, _, rest = path.lstrip("/").partition("/")
    tail = f"?{query}" if query else ""
    return [
        LanguageLink(code, label, f"/{code}/{rest}{tail}", code == current)
        for code, label in LANGUAGES.items()
    ]
