"""The account page: orders first, then who one is to us."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.accounts.commands import set_profile
from tresen.domains.orders.queries import NoSuchOrder
from tresen.entrypoints.storefront.account import rows
from tresen.entrypoints.storefront.account.door import shopper_of, shopper_only
from tresen.entrypoints.storefront.account.forms import ProfileForm
from tresen.entrypoints.storefront.cart_cookie import cart_id_of, remember
from tresen.entrypoints.storefront.context import channel_of, locale_of
from tresen.entrypoints.storefront.order.views import order_url
from tresen.foundation import clock
from tresen.foundation.ids import BadId, inner
from tresen.workflows.buying.order_again import order_again
from tresen.workflows.trusting.addresses import my_data_page
from tresen.workflows.trusting.own_orders import get_own_order, list_own_orders

ORDERS_SHOWN = 50


@shopper_only
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """What was ordered with this address, as a guest too."""
    shopper, now = shopper_of(request), clock.now()
    orders = list_own_orders(shopper, limit=ORDERS_SHOWN)
    context = {
        "shopper": shopper,
        "orders": [rows.order_row(order, url=order_url(order.id, now=now)) for order in orders],
        "is_cut": len(orders) == ORDERS_SHOWN,
        "nav": rows.nav("account"),
    }
    return render(request, "storefront/account/page.html", context)


@shopper_only
@require_POST
def again(request: HttpRequest, order: str) -> HttpResponse:
    """The same once more into the cart, as far as it is for sale."""
    try:
        row = get_own_order(shopper_of(request), inner("ord", order))
    except (BadId, NoSuchOrder) as error:
        raise Http404 from error
    done = order_again(
        order=row,
        cart_id=cart_id_of(request),
        channel=channel_of(request),
        locale=locale_of(request),
        now=clock.now(),
    )
    if done.left_out:
        words = gettext("Not for sale at the moment: %(titles)s.")
        messages.warning(request, words % {"titles": ", ".join(done.left_out)})
    if done.cart_id is None:
        return HttpResponseRedirect(reverse("storefront:account"))
    messages.success(request, gettext("What you ordered lies in your cart, at today's prices."))
    response = HttpResponseRedirect(reverse("storefront:cart"))
    remember(response, done.cart_id)
    return response


@shopper_only
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name and language."""
    shopper = shopper_of(request)
    known = {"name": shopper.name, "language": shopper.language or locale_of(request)}
    form = ProfileForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        set_profile(
            user_id=shopper.id,
            person_id=shopper.person_id,
            name=form.cleaned_data["name"],
            language=language,
        )
        with override(language):
            messages.success(request, gettext("Your profile is saved."))
            return HttpResponseRedirect(reverse("storefront:account_profile"))
    context = {
        "form": form,
        "forms": [form],
        "shopper": shopper,
        "my_data_url": my_data_page(shopper.person_id, locale=locale_of(request), now=clock.now()),
        "nav": rows.nav("profile"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "storefront/account/profile.html", context, status=status)
