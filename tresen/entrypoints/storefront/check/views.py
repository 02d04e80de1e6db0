"""Read how an order was checked and ask a person; the same for a cart with fewer ways to pay."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tresen.domains.carts.queries import find_cart
from tresen.domains.carts.types import CartRow
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderRow
from tresen.domains.risk.queries import explain_order, find_review_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.storefront.cart_cookie import cart_id_of
from tresen.entrypoints.storefront.check.forms import WordsForm
from tresen.entrypoints.storefront.check.words import groups_of, outcome_words
from tresen.entrypoints.storefront.context import channel_of, locale_of
from tresen.entrypoints.storefront.seen_from import seen_from
from tresen.foundation import clock
from tresen.foundation.limits.taking import take_one
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.links import read_link
from tresen.workflows.buying.order_links import ORDER_LINK
from tresen.workflows.buying.quote_cart import quote_cart
from tresen.workflows.weighing.ask_person import QUESTIONS, ask_about_cart, ask_about_order


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def order_check(request: HttpRequest, token: str) -> HttpResponse:
    """Which kinds of data were looked at, what came of it, and «ask a person»."""
    try:
        row = get_order(read_link(token, purpose=ORDER_LINK, now=clock.now()))
    except Refusal as refusal:
        context = {"title": text_of(refusal)}
        return render(request, "storefront/order/no_order.html", context, status=refusal.status)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            take_one(QUESTIONS, key=str(row.id), now=clock.now(), field="words")
            ask_about_order(order_id=row.id, words=form.cleaned_data["words"], now=clock.now())
        except Refusal as refusal:
            form.add_error("words", text_of(refusal))
        else:
            messages.success(request, _thanks())
            return HttpResponseRedirect(reverse("storefront:order_check", args=[token]))
    return _order_page(request, row, form, token=token)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def cart_question(request: HttpRequest) -> HttpResponse:
    """Not every way to pay was offered: a person looks at it."""
    cart = _cart_of(request)
    if cart is None or cart.contact is None:
        messages.info(request, gettext("Please fill in the checkout first, so that we can answer."))
        return HttpResponseRedirect(reverse("storefront:checkout"))
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        channel, now = channel_of(request), clock.now()
        try:
            take_one(QUESTIONS, key=str(cart.id), now=now, field="words")
            ask_about_cart(
                quote=quote_cart(cart=cart, channel=channel, locale=locale_of(request), at=now),
                channel=channel,
                seen_from=seen_from(request),
                words=form.cleaned_data["words"],
                now=now,
            )
        except Refusal as refusal:
            form.add_error("words", text_of(refusal))
        else:
            messages.success(request, _thanks())
            return HttpResponseRedirect(reverse("storefront:checkout"))
    context = {"form": form, "forms": [form], "email": cart.contact.email}
    status = 422 if form.errors else 200
    return render(request, "storefront/check/question.html", context, status=status)


def _order_page(
    request: HttpRequest, row: OrderRow, form: WordsForm, *, token: str
) -> HttpResponse:
    told, review = explain_order(row.id), find_review_of(row.id)
    context = {
        "order": row,
        "token": token,
        "outcome": outcome_words(outcome=told.outcome, state=told.state) if told else "",
        "groups": groups_of(told.reasons) if told else [],
        "was_checked": told is not None,
        "was_asked": review is not None and review.has_appeal,
        "form": form,
        "forms": [form],
    }
    status = 422 if form.errors else 200
    return render(request, "storefront/check/order.html", context, status=status)


def _cart_of(request: HttpRequest) -> CartRow | None:
    cart_id = cart_id_of(request)
    cart = find_cart(cart_id) if cart_id else None
    known = cart is not None and cart.is_open and cart.channel_code == channel_of(request).code
    return cart if known else None


def _thanks() -> str:
    return gettext("Thank you. A person looks at it and answers by e-mail within seven days.")
