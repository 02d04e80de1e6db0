"""What lies where, why, and what came in or was counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from tresen.domains.catalog.queries import find_variants, list_variants
from tresen.domains.catalog.types import VariantListRow
from tresen.domains.inventory.commands import correct_stock, receive_stock
from tresen.domains.inventory.queries import (
    list_claims,
    list_levels,
    list_locations,
    list_movements,
    stock_of,
)
from tresen.domains.inventory.types import Count, LocationRow, Need
from tresen.domains.orders.queries import orders_among
from tresen.entrypoints.backoffice.kit.cursors import BrokenCursor, read_cursor, written_cursor
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form
from tresen.entrypoints.backoffice.kit.lists import list_screen
from tresen.entrypoints.backoffice.kit.types import Found, ListQuery
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.backoffice.stock import rows
from tresen.entrypoints.backoffice.stock.forms import CountForm, ReceiptForm, stock_form_page
from tresen.entrypoints.policy.standing import scope_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.ids import BadId, inner, outer
from tresen.foundation.refusals import Refusal


@list_screen(rows.STOCK)
def stock(request: HttpRequest, asked: ListQuery) -> Found[rows.StockRow]:
    """All variants by article number, with what lies of them and what may be sold."""
    variants = list_variants(
        locale=_locale(), search=asked.search, after_sku=_seek(asked.after), limit=asked.limit + 1
    )
    shown = variants[: asked.limit]
    ids = [variant.variant_id for variant in shown]
    levels = list_levels(ids, stores=scope_of(request))
    more = len(variants) > asked.limit
    return Found(
        rows.stock_rows(shown, levels), next_cursor=written_cursor(shown[-1].sku) if more else ""
    )


@require_GET
def variant(request: HttpRequest, variant: str) -> HttpResponse:
    """One variant: per location, for whom pieces are kept, and every movement."""
    row = _variant_of(variant)
    stores = scope_of(request)
    claims = list_claims(row.variant_id, stores=stores)
    movements = list_movements(row.variant_id, stores=stores)
    causes = [found.cause.id for found in movements if found.cause.kind == "order"]
    asked = {found for found in [*causes, *(claim.order_id for claim in claims)] if found}
    page = rows.variant_page(
        row,
        levels=stock_of(row.variant_id, stores=stores),
        claims=claims,
        movements=movements,
        locations=list_locations(beyond=True, stores=stores),
        orders=orders_among(asked, stores=stores),
    )
    return render_detail(request, page)


@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, variant: str) -> HttpResponse:
    """Goods came from a supplier."""
    row = _variant_of(variant)
    form = ReceiptForm(
        request.POST if request.method == "POST" else None, locations=_shelves(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            _receive(request, row, form)
        except Refusal as refusal:
            form.add_error("quantity", text_of(refusal))
        else:
            return _done(request, row, gettext("Booked in."))
    title = gettext("Book in: %(sku)s") % {"sku": row.sku}
    return render_form(
        request, stock_form_page(form, title, gettext("Book in"), rows.variant_url(row.variant_id))
    )


@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, variant: str) -> HttpResponse:
    """What was counted is what lies there."""
    row = _variant_of(variant)
    form = CountForm(
        request.POST if request.method == "POST" else None, locations=_shelves(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            _correct(request, row, form)
        except Refusal as refusal:
            form.add_error("quantity", text_of(refusal))
        else:
            return _done(request, row, gettext("Corrected."))
    title = gettext("Count: %(sku)s") % {"sku": row.sku}
    return render_form(
        request, stock_form_page(form, title, gettext("Correct"), rows.variant_url(row.variant_id))
    )


@transaction.atomic
def _receive(request: HttpRequest, row: VariantListRow, form: ReceiptForm) -> None:
    now, actor = clock.now(), actor_of(request)
    quantity, location = form.cleaned_data["quantity"], form.cleaned_data["location"]
    needs = [Need(row.variant_id, quantity)]
    receive_stock(needs=needs, location_code=location, now=now, actor=actor)
    after = {"location": location, "came": quantity}
    _record("stock.receive", row, after=after, now=now, actor=actor)


@transaction.atomic
def _correct(request: HttpRequest, row: VariantListRow, form: CountForm) -> None:
    now, actor = clock.now(), actor_of(request)
    quantity, location = form.cleaned_data["quantity"], form.cleaned_data["location"]
    counts = [Count(row.variant_id, quantity)]
    correct_stock(counts=counts, location_code=location, reason=form.reason(), now=now, actor=actor)
    after = {"location": location, "counted": quantity, "reason": form.reason()}
    _record("stock.count", row, after=after, now=now, actor=actor)


def _record(
    action: str, row: VariantListRow, *, after: Mapping[str, object], now: datetime, actor: Actor
) -> None:
    deed = Deed(
        action=action,
        actor=actor,
        object_kind="variant",
        object_id=str(row.variant_id),
        after=after,
    )
    record(deed, now=now)


def _shelves(request: HttpRequest) -> list[LocationRow]:
    """Where this person may change what lies there: what serves the house is the house's."""
    stores = scope_of(request)
    found = list_locations(stores=stores)
    return [place for place in found if stores is None or place.store_code]


def _done(request: HttpRequest, row: VariantListRow, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(
        reverse("backoffice:variant_stock", args=[outer("var", row.variant_id)])
    )


def _variant_of(text: str) -> VariantListRow:
    try:
        variant_id: UUID = inner("var", text)
    except BadId as error:
        raise Http404(text) from error
    found = find_variants([variant_id], locale=_locale())
    if not found:
        raise Http404(text)
    return found[0]


def _seek(cursor: str) -> str:
    if not cursor:
        return ""
    sku = cast("str", read_cursor(cursor, kinds=(str,))[0])
    if not sku.isprintable():
        raise BrokenCursor(cursor[:20])
    return sku


def _locale() -> str:
    return (get_language() or "en")[:2]
