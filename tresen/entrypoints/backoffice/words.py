"""States in one or two words, the same on every screen of the back office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext, pgettext

from tresen.domains.orders.types import FulfilmentState, OrderState, PaymentState
from tresen.domains.payments.types import PaymentState as MoneyState
from tresen.domains.payments.types import RefundReason, RefundState
from tresen.entrypoints.backoffice.kit.types import Chip


def order_chips(
    state: OrderState, payment: PaymentState, fulfilment: FulfilmentState
) -> list[Chip]:
    """The three states of an order; a cancelled one says only that and where its money is."""
    if state is OrderState.CANCELLED:
        return [Chip(pgettext("order", "cancelled"), "error"), payment_chip(payment)]
    return [payment_chip(payment), fulfilment_chip(fulfilment)]


def payment_chip(state: PaymentState) -> Chip:
    return {
        PaymentState.OPEN: Chip(pgettext("payment", "unpaid"), "attention"),
        PaymentState.AUTHORIZED: Chip(pgettext("payment", "authorised"), "info"),
        PaymentState.PAID: Chip(pgettext("payment", "paid"), "ok"),
        PaymentState.FAILED: Chip(pgettext("payment", "payment failed"), "error"),
        PaymentState.PARTLY_REFUNDED: Chip(pgettext("payment", "partly refunded"), "info"),
        PaymentState.REFUNDED: Chip(pgettext("payment", "refunded"), "info"),
    }[state]


def fulfilment_chip(state: FulfilmentState) -> Chip:
    return {
        FulfilmentState.OPEN: Chip(pgettext("fulfilment", "to be packed"), "attention"),
        FulfilmentState.PARTLY_SHIPPED: Chip(pgettext("fulfilment", "partly shipped"), "attention"),
        FulfilmentState.SHIPPED: Chip(pgettext("fulfilment", "shipped"), "ok"),
        FulfilmentState.COLLECTED: Chip(pgettext("fulfilment", "collected"), "ok"),
        FulfilmentState.CANCELLED: Chip(pgettext("fulfilment", "cancelled"), "quiet"),
    }[state]


def money_words(state: MoneyState) -> str:
    """How far one payment is."""
    return {
        MoneyState.OPEN: pgettext("money", "open"),
        MoneyState.REQUESTED: pgettext("money", "asked for"),
        MoneyState.UNKNOWN: pgettext("money", "no answer yet"),
        MoneyState.AUTHORIZED: pgettext("money", "authorised"),
        MoneyState.PARTLY_CAPTURED: pgettext("money", "partly paid"),
        MoneyState.CAPTURED: pgettext("money", "paid"),
        MoneyState.FAILED: pgettext("money", "failed"),
        MoneyState.CANCELLED: pgettext("money", "given up"),
        MoneyState.PARTLY_REFUNDED: pgettext("money", "partly refunded"),
        MoneyState.REFUNDED: pgettext("money", "refunded"),
    }[state]


def refund_chip(state: RefundState) -> Chip:
    """How far one refund is."""
    return {
        RefundState.REQUESTED: Chip(pgettext("refund", "to be sent"), "attention"),
        RefundState.UNKNOWN: Chip(pgettext("refund", "no answer yet"), "attention"),
        RefundState.REFUNDED: Chip(pgettext("refund", "sent"), "ok"),
        RefundState.FAILED: Chip(pgettext("refund", "failed"), "error"),
    }[state]


def reason_words(reason: RefundReason) -> str:
    """Why money goes back."""
    return {
        RefundReason.CANCELLATION: pgettext("refund", "Cancellation"),
        RefundReason.WITHDRAWAL: gettext("Withdrawal"),
        RefundReason.CLAIM: gettext("Complaint"),
        RefundReason.GOODWILL: gettext("Goodwill"),
        RefundReason.OVERPAID: gettext("Paid too much"),
        RefundReason.BY_PROVIDER: pgettext("refund", "Sent by the payment service"),
    }[reason]


def who_words(actor: str, people: Mapping[UUID, str]) -> str:
    """Who did something, as it was noted; `people` are the names of the staff."""
    kind, _colon, actor_id = actor.partition(":")
    if kind == "staff" and actor_id:
        return people.get(UUID(actor_id), gettext("staff"))
    return {
        "guest": gettext("customer"),
        "customer": gettext("customer"),
        "api": gettext("customer, API"),
        "provider": gettext("the payment service"),
    }.get(kind, gettext("the system"))


def staff_in(actors: Iterable[str]) -> set[UUID]:
    """The members of the staff among those who did something."""
    return {UUID(actor.partition(":")[2]) for actor in actors if actor.startswith("staff:")}


def method_words(method: str) -> str:
    """A way to pay, as staff calls it."""
    return {
        "bank_transfer": pgettext("method", "bank transfer"),
        "pay_in_store": pgettext("method", "in the store"),
        "demo_card": pgettext("method", "demo card"),
        "stripe": pgettext("method", "card (Stripe)"),
    }.get(method, method)


def story_words(kind: str) -> str:
    """A line of an order's story."""
    return {
        "placed": pgettext("story", "Ordered"),
        "cancelled": pgettext("story", "Cancelled"),
        "shipped": pgettext("story", "Shipped"),
        "collected": pgettext("story", "Handed over"),
        "corrected": pgettext("story", "Data corrected; the papers stay as they were"),
        "payment_open": pgettext("story", "Payment is open again"),
        "payment_authorized": pgettext("story", "Payment authorised"),
        "payment_paid": pgettext("story", "Paid"),
        "payment_failed": pgettext("story", "Payment failed"),
        "payment_partly_refunded": pgettext("story", "Partly refunded"),
        "payment_refunded": pgettext("story", "Refunded"),
        "risk_held": pgettext("story", "Held back to be checked"),
        "risk_released": pgettext("story", "Checked and released"),
        "risk_payment_asked": pgettext("story", "Prepayment asked for"),
        "risk_refused": pgettext("story", "Refused after a check"),
        "risk_upheld": pgettext("story", "Looked at again, stays as it was"),
    }.get(kind, kind)
