"""Pay with a play card, or go back: what a hosted payment page does, without any money."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.payments.ports import DemoCharge, DemoScenario, ProviderRefused
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.storefront.demo_card.forms import CardForm
from tresen.foundation import clock
from tresen.workflows.buying.pay_by_demo_card import (
    demo_card_numbers,
    find_demo_charge,
    leave_demo_card,
    pay_by_demo_card,
)


@require_GET
@never_cache
def card(request: HttpRequest, reference: str) -> HttpResponse:
    """The page; a charge that is done leads back to the shop."""
    charge = _charge_of(reference)
    if charge.state != "waiting":
        return HttpResponseRedirect(charge.return_url)
    return _page(request, charge, CardForm(), status=200)


@require_http_methods(["GET", "POST"])
@never_cache
def payment(request: HttpRequest, reference: str) -> HttpResponse:
    """Pay. A declined card says so here; anything else leads back to the shop."""
    charge = _charge_of(reference)
    if request.method == "GET":  # the address of a refused form, opened anew
        return HttpResponseRedirect(reverse("storefront:demo_card", args=[reference]))
    form = CardForm(request.POST)
    if form.is_valid():
        try:
            done = pay_by_demo_card(
                reference=reference, card_number=form.cleaned_data["number"], now=clock.now()
            )
        except ProviderRefused as refusal:
            form.add_error("number", text_of(refusal))
        else:
            return HttpResponseRedirect(done.return_url)
    return _page(request, charge, form, status=422)


@require_POST
@never_cache
def departure(request: HttpRequest, reference: str) -> HttpResponse:  # noqa: ARG001
    """Back to the shop without paying."""
    _charge_of(reference)
    try:
        charge = leave_demo_card(reference=reference, now=clock.now())
    except ProviderRefused:
        charge = _charge_of(reference)
    return HttpResponseRedirect(charge.cancel_url)


def _numbers() -> list[tuple[str, str]]:
    words = {
        DemoScenario.SUCCEED: gettext("goes through"),
        DemoScenario.DECLINE: gettext("is declined"),
        DemoScenario.TIME_OUT: gettext("no answer at first, then paid"),
        DemoScenario.LATE_NOTICE: gettext("paid, the message comes late"),
        DemoScenario.DUPLICATE_NOTICE: gettext("paid, the message comes twice"),
        DemoScenario.REORDERED_NOTICES: gettext("paid, messages out of order"),
        DemoScenario.WRONG_AMOUNT: gettext("a message with a wrong amount"),
        DemoScenario.REFUND_TIMES_OUT: gettext("paid, a refund has no answer at first"),
        DemoScenario.REFUND_FAILS: gettext("paid, a refund fails"),
    }
    return [(number, words[scenario]) for number, scenario in demo_card_numbers()]


def _charge_of(reference: str) -> DemoCharge:
    charge = find_demo_charge(reference)
    if charge is None:
        raise Http404(reference)
    return charge


def _page(request: HttpRequest, charge: DemoCharge, form: CardForm, *, status: int) -> HttpResponse:
    context = {"charge": charge, "form": form, "numbers": _numbers()}
    return render(request, "storefront/demo_card/page.html", context, status=status)
