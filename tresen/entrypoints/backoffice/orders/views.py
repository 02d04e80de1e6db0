"""Find orders, look at one, mark paid, ship, refund, cancel."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.domains.accounts.types import Permission
from tresen.domains.orders.queries import (
    ORDERS_MAX,
    NoSuchOrder,
    get_order,
    list_orders,
)
from tresen.domains.orders.types import OrderRow, OrderSummary, Veil
from tresen.domains.payments.commands import RefundTooHigh
from tresen.domains.payments.queries import list_payments_of, list_refunds_of
from tresen.domains.payments.types import BY_HAND, PaymentRow, RefundReason
from tresen.domains.risk.queries import find_review_of
from tresen.entrypoints.backoffice.kit.asking import ListRefused
from tresen.entrypoints.backoffice.kit.cursors import BrokenCursor, read_cursor, written_cursor
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.forms import render_form
from tresen.entrypoints.backoffice.kit.lists import list_screen
from tresen.entrypoints.backoffice.kit.types import Found, ListQuery
from tresen.entrypoints.backoffice.orders import rows
from tresen.entrypoints.backoffice.orders.forms import (
    RefundForm,
    ShipmentForm,
    at_most_words,
    refund_page,
    shipment_page,
)
from tresen.entrypoints.backoffice.orders.limits import needs_second_person
from tresen.entrypoints.backoffice.payments.rows import refund_sections, trouble_sections
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.backoffice.trust.audit.asking import object_words
from tresen.entrypoints.backoffice.trust.audit.rows import audit_url
from tresen.entrypoints.policy.standing import scope_of, standing_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.stepup import ask_for_proof, is_fresh, near_money
from tresen.foundation import clock
from tresen.foundation.audit.deeds import record_read
from tresen.foundation.ids import BadId, inner, outer
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import reading_restricted
from tresen.workflows.buying.cancel_order import take_back_order
from tresen.workflows.buying.refund_payment import refund_payment
from tresen.workflows.buying.settle_payment import mark_paid
from tresen.workflows.delivering.ship_order import ship_order
from tresen.workflows.staffing.four_eyes import wish_for_refund

RESTRICTED_FIELDS = ("orders_order.person", "orders_order.address", "orders_order.billing")


@list_screen(rows.ORDERS)
def orders(request: HttpRequest, asked: ListQuery) -> Found[OrderSummary]:
    """Newest first, of one's own stores."""
    limit = min(asked.limit, ORDERS_MAX - 1)
    found = list_orders(
        narrow=rows.narrowing(asked.one, text=asked.search, stores=scope_of(request)),
        before=_seek(asked.after),
        limit=limit + 1,
    )
    shown = found[:limit]
    more = len(found) > limit
    last = written_cursor(shown[-1].placed_at, shown[-1].id) if more else ""
    record_read(
        action="orders.export" if request.GET.get("format") == "csv" else "orders.list",
        actor=actor_of(request),
        persons=[row.person_id for row in shown if row.person_id],
        fields=("name",),
        now=clock.now(),
    )
    return Found(shown, next_cursor=last)


@require_GET
def order(request: HttpRequest, order: str) -> HttpResponse:
    """One order with its story and what to do next."""
    row = _unveiled(request, _order_of(request, order))
    payments = list_payments_of(row.id)
    page = rows.order_page(
        row,
        payments=payments,
        troubles=trouble_sections(payments),
        refunds=refund_sections(list_refunds_of(row.id), payments),
        review=find_review_of(row.id),
    )
    record_read(
        action="order.view",
        actor=actor_of(request),
        persons=[row.person_id] if row.person_id else [],
        fields=rows.SHOWN_OF_PEOPLE,
        object_kind="order",
        object_id=str(row.id),
        now=clock.now(),
    )
    if standing_of(request).may(Permission.AUDIT_SEE):
        page = replace(page, audit_url=audit_url(object_words(row.id)))
    return render_detail(request, page)


@require_POST
@near_money
def payment(request: HttpRequest, order: str) -> HttpResponse:
    """The money was seen on the account, or lies in the till."""
    row = _order_of(request, order)
    try:
        found = _payment_of(row)
        mark_paid(
            payment_id=found.id,
            amount=found.owed,
            key=f"whole:{found.id}",
            now=clock.now(),
            actor=actor_of(request),
        )
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, gettext("Marked as paid."))
    return _back(row)


@require_http_methods(["GET", "POST"])
def shipment(request: HttpRequest, order: str) -> HttpResponse:
    """Which pieces leave, with whom, under which number."""
    row = _order_of(request, order)
    form = ShipmentForm(request.POST if request.method == "POST" else None, order=row)
    if request.method == "POST" and form.is_valid():
        try:
            ship_order(
                order_id=row.id,
                pieces=form.pieces(),
                carrier=form.cleaned_data["carrier"],
                tracking=form.cleaned_data["tracking"],
                now=clock.now(),
                actor=actor_of(request),
            )
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
        else:
            messages.success(request, gettext("Done. The customer gets a message."))
            return _back(row)
    return render_form(request, shipment_page(form, row))


@require_http_methods(["GET", "POST"])
@near_money
def refund(request: HttpRequest, order: str) -> HttpResponse:
    """Money goes back the way it came."""
    row = _order_of(request, order)
    found = next((one for one in list_payments_of(row.id) if one.refundable.minor > 0), None)
    if found is None:
        messages.info(request, gettext("Nothing of this order can be refunded."))
        return _back(row)
    form = RefundForm(
        request.POST if request.method == "POST" else None, refundable=found.refundable
    )
    if request.method == "POST" and form.is_valid():
        amount = Money.from_amount(form.cleaned_data["amount"], row.gross.currency)
        if amount.minor > settings.LARGE_REFUND_MINOR and not is_fresh(request):
            return ask_for_proof(request)
        if amount.minor <= found.refundable.minor and needs_second_person(amount):
            return _wished(request, row, found, amount, RefundReason(form.cleaned_data["reason"]))
        try:
            refund_payment(
                payment_id=found.id,
                amount=amount,
                reason=RefundReason(form.cleaned_data["reason"]),
                key=form.cleaned_data["key"],
                now=clock.now(),
                actor=actor_of(request),
            )
        except RefundTooHigh:
            form.add_error("amount", at_most_words(found.refundable))
        except Refusal as refusal:
            form.add_error("amount", text_of(refusal))
        else:
            messages.success(request, _refund_words(found))
            return _back(row)
    return render_form(request, refund_page(form, row, found.refundable))


@require_POST
@near_money
def cancellation(request: HttpRequest, order: str) -> HttpResponse:
    """Take the order back; goods are free again, money goes back."""
    row = _order_of(request, order)
    try:
        take_back_order(order_id=row.id, reason="staff", now=clock.now(), actor=actor_of(request))
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, gettext("The order is cancelled."))
    return _back(row)


def _wished(
    request: HttpRequest, row: OrderRow, payment: PaymentRow, amount: Money, reason: RefundReason
) -> HttpResponse:
    """No money moves before a second person has allowed it."""
    try:
        wish_for_refund(
            order_id=row.id,
            payment_id=payment.id,
            store_code=row.store_code,
            amount=amount,
            reason=reason,
            now=clock.now(),
            actor=actor_of(request),
        )
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.info(request, gettext("So much needs four eyes: it waits for a second person."))
    return _back(row)


def _refund_words(payment: PaymentRow) -> str:
    if payment.method in BY_HAND:
        return gettext("Noted. Please give the money back now, and mark it below as sent.")
    return gettext("The refund is on its way.")


def _unveiled(request: HttpRequest, row: OrderRow) -> OrderRow:
    """What law keeps locked is shown to a tax audit alone, and that it was shown is noted."""
    locked = row.person.veil is Veil.RESTRICTED
    if not locked or not standing_of(request).may(Permission.TAX_AUDIT):
        return row
    with transaction.atomic(), reading_restricted():
        record_read(
            action="order_restricted.view",
            actor=actor_of(request),
            persons=(row.person_id,) if row.person_id else (),
            fields=RESTRICTED_FIELDS,
            object_kind="order",
            object_id=str(row.id),
            now=clock.now(),
        )
        return get_order(row.id, stores=scope_of(request))


def _order_of(request: HttpRequest, text: str) -> OrderRow:
    try:
        return get_order(inner("ord", text), stores=scope_of(request))
    except (BadId, NoSuchOrder) as error:
        raise Http404(text) from error


def _payment_of(row: OrderRow) -> PaymentRow:
    found = list_payments_of(row.id)
    if not found:
        raise Http404(row.number)
    return found[-1]


def _back(row: OrderRow) -> HttpResponse:
    return HttpResponseRedirect(reverse("backoffice:order", args=[outer("ord", row.id)]))


def _seek(cursor: str) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    try:
        return cast("tuple[datetime, UUID]", read_cursor(cursor, kinds=(datetime, UUID)))
    except BrokenCursor as error:
        remedy = gettext("Start from the beginning of the list.")
        raise ListRefused(field="after", remedy=remedy) from error
