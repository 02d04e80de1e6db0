"""From an order to what its page shows: a line from «ordered» to «delivered»."""

from __future__ import annotations

from datetime import datetime

from babel import Locale
from django.utils.translation import get_language, gettext

from tresen.domains.orders.rules import may_cancel
from tresen.domains.orders.types import (
    FulfilmentState,
    LineRow,
    OrderRow,
    OrderState,
    PaymentState,
)
from tresen.domains.risk.types import ReviewRow, ReviewState
from tresen.entrypoints.shared import dates
from tresen.entrypoints.shared.rows import ReceiptLine, StepState, TimelineStep, TotalLine
from tresen.entrypoints.storefront.addresses import address_of
from tresen.entrypoints.storefront.cart.rows import Picture, rate_words
from tresen.entrypoints.storefront.check.words import check_notice
from tresen.workflows.buying.start_payment import PaymentView

_SETTLED = {PaymentState.PAID, PaymentState.PARTLY_REFUNDED, PaymentState.REFUNDED}


def order_page(
    order: OrderRow, *, payment: PaymentView, review: ReviewRow | None = None
) -> dict[str, object]:
    """All that the order page needs."""
    waits = review is not None and review.state is ReviewState.WAITING
    return {
        "order": order,
        "check": check_notice(review),
        "headline": gettext("We are checking your order.") if waits else headline(order),
        "steps": steps(order),
        "lines": [_line(line) for line in order.lines],
        "totals": _totals(order),
        "payment": payment,
        "can_cancel": may_cancel(order),
        "promise": _promise(order),
        "country": _country(order),
    }


def headline(order: OrderRow) -> str:
    """The state of things in one sentence."""
    if order.state is OrderState.CANCELLED:
        return gettext("This order is cancelled.")
    if order.fulfilment_state is not FulfilmentState.OPEN:
        return _moving_words()[order.fulfilment_state]
    if order.payment_state in _SETTLED or order.payment_method == "pay_in_store":
        return gettext("We are packing your order.")
    if order.payment_state is PaymentState.FAILED:
        return gettext("The payment did not go through. Your order waits for it.")
    return gettext("Your order waits for the payment.")


def _moving_words() -> dict[FulfilmentState, str]:
    return {
        FulfilmentState.COLLECTED: gettext("You have collected your order."),
        FulfilmentState.SHIPPED: gettext("Your order is on its way."),
        FulfilmentState.PARTLY_SHIPPED: gettext("A part of your order is on its way."),
        FulfilmentState.CANCELLED: gettext("This order is cancelled."),
    }


def steps(order: OrderRow) -> list[TimelineStep]:
    """Ordered, paid, sent or ready, and what ended it early."""
    ordered = TimelineStep(gettext("Ordered"), "done", order.placed_at)
    if order.state is OrderState.CANCELLED:
        at = _when(order, "cancelled")
        return [ordered, TimelineStep(gettext("Cancelled"), "failed", at)]
    paid = _payment_step(order)
    return [ordered, paid, _delivery_step(order, paid=paid.state == "done")]


def _payment_step(order: OrderRow) -> TimelineStep:
    if order.payment_state in _SETTLED:
        return TimelineStep(gettext("Paid"), "done", _when(order, "payment_paid"))
    if order.payment_method == "pay_in_store":
        return TimelineStep(gettext("You pay when you collect it"), "next")
    if order.payment_state is PaymentState.FAILED:
        return TimelineStep(gettext("Payment did not go through"), "failed")
    return TimelineStep(gettext("Payment"), "now", text=gettext("We are waiting for it."))


def _delivery_step(order: OrderRow, *, paid: bool) -> TimelineStep:
    pickup = order.delivery.kind == "pickup"
    title = gettext("Ready to collect") if pickup else gettext("On its way to you")
    sent = _when(order, "shipped") or _when(order, "collected")
    if order.fulfilment_state is FulfilmentState.COLLECTED:
        return TimelineStep(gettext("Collected"), "done", sent)
    if order.fulfilment_state is FulfilmentState.SHIPPED:
        return TimelineStep(title, "done", sent, text=_promise(order))
    state: StepState = "now" if paid or order.payment_method == "pay_in_store" else "next"
    return TimelineStep(title, state, expected_words=_promise(order))


def _promise(order: OrderRow) -> str:
    language = (get_language() or "en")[:2]
    return dates.span_words(order.delivery.earliest, order.delivery.latest, language=language)


def _country(order: OrderRow) -> str:
    if order.address is None:
        return ""
    names = Locale.parse((get_language() or "en")[:2]).territories
    return str(names.get(order.address.country, order.address.country))


def _when(order: OrderRow, kind: str) -> datetime | None:
    return next((entry.happened_at for entry in order.history if entry.kind == kind), None)


def _line(line: LineRow) -> ReceiptLine:
    return ReceiptLine(
        title=line.title,
        quantity=line.quantity,
        unit_price=line.unit,
        total=line.gross,
        url=address_of("product", line.slug) if line.slug else "",
        picture=Picture(line.picture_url, "") if line.picture_url else None,
        facts=line.options,
    )


def _totals(order: OrderRow) -> list[TotalLine]:
    pickup = order.delivery.kind == "pickup"
    delivery = gettext("Pick-up") if pickup else gettext("Delivery")
    free = order.delivery_price.minor == 0
    language = (get_language() or "en")[:2]
    return [
        TotalLine(gettext("Goods"), order.goods),
        TotalLine(
            delivery,
            None if free else order.delivery_price,
            words=gettext("free") if free else "",
        ),
        TotalLine(gettext("Total"), order.gross, kind="sum"),
        *(
            TotalLine(
                gettext("incl. VAT %(rate)s")
                % {"rate": rate_words(share.rate_bp, language=language)},
                share.tax,
            )
            for share in order.taxes
        ),
    ]
