"""Money by hand: a refund was sent, a payment was looked at."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tresen.domains.orders.queries import orders_among, persons_of
from tresen.domains.payments.commands import mark_reviewed
from tresen.domains.payments.queries import NoSuchPayment, get_payment, get_refund
from tresen.domains.payments.types import PaymentRow, RefundRow, RefundState
from tresen.entrypoints.backoffice.payments.rows import amount_words
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.policy.standing import scope_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.entrypoints.shared.stepup import near_money
from tresen.foundation import clock
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.ids import BadId, inner, outer
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.refund_payment import confirm_refund

COUNT_DIGITS_MAX = 9


@require_POST
@near_money
def refund_sent(request: HttpRequest, order: str, refund: str) -> HttpResponse:
    """Somebody has transferred the money, or handed it out."""
    found, payment = _refund_of(request, order, refund)
    if found.state is not RefundState.REQUESTED:
        messages.info(request, gettext("This refund was settled before. Nothing has changed."))
        return _back(payment)
    try:
        confirm_refund(refund_id=found.id, now=clock.now(), actor=actor_of(request))
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        said = gettext("Noted: %(amount)s went back.") % {"amount": amount_words(found.amount)}
        messages.success(request, said)
    return _back(payment)


@require_POST
@near_money
def review(request: HttpRequest, order: str, payment: str) -> HttpResponse:
    """Somebody has looked at as many troubles as the page showed."""
    found = _payment_of(request, order, payment)
    try:
        _note_as_reviewed(request, found)
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    else:
        messages.success(request, gettext("Noted as looked at."))
    return _back(found)


@transaction.atomic
def _note_as_reviewed(request: HttpRequest, payment: PaymentRow) -> None:
    now, actor = clock.now(), actor_of(request)
    troubles = _count_in(request.POST.get("troubles", ""))
    mark_reviewed(payment_id=payment.id, troubles=troubles, now=now, actor=actor)
    deed = Deed(
        action="payment.review",
        actor=actor,
        object_kind="order",
        object_id=str(payment.order_id),
        persons=persons_of(payment.order_id),
        after={"payment": payment.id, "troubles": troubles},
    )
    record(deed, now=now)


def _refund_of(request: HttpRequest, order: str, text: str) -> tuple[RefundRow, PaymentRow]:
    try:
        found = get_refund(inner("ref", text))
    except (BadId, NoSuchPayment) as error:
        raise Http404(text) from error
    return found, _checked(request, order, get_payment(found.payment_id))


def _payment_of(request: HttpRequest, order: str, text: str) -> PaymentRow:
    try:
        found = get_payment(inner("pay", text))
    except (BadId, NoSuchPayment) as error:
        raise Http404(text) from error
    return _checked(request, order, found)


def _checked(request: HttpRequest, order: str, payment: PaymentRow) -> PaymentRow:
    """The payment, if it is of that order, and the order of a store of one's own."""
    order_id = _order_id(order)
    mine = orders_among([order_id], stores=scope_of(request))
    if payment.order_id != order_id or order_id not in mine:
        raise Http404(order)
    return payment


def _order_id(text: str) -> UUID:
    try:
        return inner("ord", text)
    except BadId as error:
        raise Http404(text) from error


def _count_in(text: str) -> int:
    """What the page has sent along; anything else is none."""
    is_count = text.isascii() and text.isdecimal() and len(text) <= COUNT_DIGITS_MAX
    return int(text) if is_count else 0


def _back(payment: PaymentRow) -> HttpResponse:
    return HttpResponseRedirect(reverse("backoffice:order", args=[outer("ord", payment.order_id)]))
