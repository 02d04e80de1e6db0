"""One product: choose, see price, promise and stock, put it into the cart."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tresen.domains.catalog.queries import NoSuchProduct, get_product
from tresen.domains.catalog.types import ProductPage
from tresen.domains.fulfilment.queries import list_options
from tresen.domains.fulfilment.rules import offers_for
from tresen.domains.fulfilment.types import Basket
from tresen.domains.inventory.queries import ask_availability, list_levels
from tresen.domains.pricing.queries import ask_prices
from tresen.entrypoints.shared.rows import LanguageLink
from tresen.entrypoints.storefront.addresses import address_of
from tresen.entrypoints.storefront.context import LANGUAGES, channel_of, locale_of
from tresen.entrypoints.storefront.freshness import per_visitor
from tresen.entrypoints.storefront.product import rows
from tresen.foundation import clock, sql
from tresen.foundation.money import Money


@require_GET
@per_visitor
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; an old address leads to the present one."""
    channel, locale, now = channel_of(request), locale_of(request), clock.now()
    try:
        page = get_product(slug, channel_code=channel.code, locale=locale, at=now)
    except NoSuchProduct as refusal:
        raise Http404(slug) from refusal
    if page.slug != slug:
        return HttpResponsePermanentRedirect(address_of("product", page.slug))
    context = rows.product_page(
        page, facts=_facts(request, page, now=now), chosen=request.GET.dict()
    )
    context |= {"language_links": _language_links(page), "here": request.get_full_path()}
    return render(request, "storefront/product/page.html", context)


def _facts(request: HttpRequest, page: ProductPage, *, now: datetime) -> rows.Facts:
    """Prices, stock and the delivery promise, of all variants in three statements."""
    channel = channel_of(request)
    variant_ids = [variant.variant_id for variant in page.variants]
    with sql.pipelined():
        asked_prices = ask_prices(
            [(variant_id, 1) for variant_id in variant_ids], market=channel.market.code, at=now
        )
        asked_stock = ask_availability(variant_ids, locations=None, now=now)
        prices, stock = asked_prices.answer(), asked_stock.answer()
    cheapest = min((price.amount.minor for price in prices.values()), default=0)
    return rows.Facts(
        prices=prices,
        stock=stock,
        levels=tuple(list_levels(variant_ids)),
        offers=offers_for(
            list_options(market=channel.market.code),
            country=channel.market.country,
            basket=Basket(
                goods=Money(cheapest, channel.market.currency),
                weight_g=page.default_variant.weight_g or 0,
            ),
            locale=locale_of(request),
            at=now,
        ),
    )


def _language_links(page: ProductPage) -> list[LanguageLink]:
    return [
        LanguageLink(
            code, label, f"/{code}/p/{page.slugs.get(code, page.slug)}/", code == page.locale
        )
        for code, label in LANGUAGES.items()
    ]
