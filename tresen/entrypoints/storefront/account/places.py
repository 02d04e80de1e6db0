"""The address book."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.accounts.commands import remove_address, save_address
from tresen.domains.accounts.queries import NoSuchAddress, get_address_of, list_addresses_of
from tresen.domains.accounts.types import SavedAddressRow
from tresen.entrypoints.storefront.account import rows
from tresen.entrypoints.storefront.account.door import shopper_of, shopper_only
from tresen.entrypoints.storefront.account.forms import PlaceForm
from tresen.entrypoints.storefront.context import channel_of
from tresen.foundation import clock
from tresen.foundation.ids import BadId, inner, outer
from tresen.foundation.refusals import Refusal

PREFIX = "adr"


@shopper_only
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """All addresses, the first one first."""
    found = list_addresses_of(shopper_of(request).id)
    context = {
        "places": [(row, outer(PREFIX, row.id)) for row in found],
        "nav": rows.nav("places"),
    }
    return render(request, "storefront/account/places.html", context)


@shopper_only
@require_http_methods(["GET", "POST"])
def new_place(request: HttpRequest) -> HttpResponse:
    """One more."""
    return _edit(request, None)


@shopper_only
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, place: str) -> HttpResponse:
    """Change one."""
    try:
        row = get_address_of(shopper_of(request).id, _id_of(place))
    except NoSuchAddress as error:
        raise Http404 from error
    return _edit(request, row)


@shopper_only
@require_POST
def removal(request: HttpRequest, place: str) -> HttpResponse:
    """Take one out of the book; orders keep theirs."""
    try:
        remove_address(user_id=shopper_of(request).id, address_id=_id_of(place))
    except NoSuchAddress as error:
        raise Http404 from error
    messages.info(request, gettext("The address is removed. Your orders keep theirs."))
    return HttpResponseRedirect(reverse("storefront:account_places"))


def _edit(request: HttpRequest, row: SavedAddressRow | None) -> HttpResponse:
    shopper, market = shopper_of(request), channel_of(request).market
    known = PlaceForm.words_of(row) if row else {"name": shopper.name, "country": market.country}
    form = PlaceForm(request.POST or None, countries=market.countries, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            save_address(
                user_id=shopper.id,
                person_id=shopper.person_id,
                place=form.place(),
                first=form.cleaned_data["first"],
                address_id=row.id if row else None,
                now=clock.now(),
            )
        except Refusal as refusal:
            form.take(refusal)
        else:
            messages.success(request, gettext("The address is saved."))
            return HttpResponseRedirect(reverse("storefront:account_places"))
    context = {"form": form, "forms": [form], "is_new": row is None, "nav": rows.nav("places")}
    status = 422 if form.is_bound else 200
    return render(request, "storefront/account/place.html", context, status=status)


def _id_of(text: str) -> UUID:
    try:
        return inner(PREFIX, text)
    except BadId as error:
        raise Http404 from error
