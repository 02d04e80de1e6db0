"""From payments to the parts of an order's page, and to the orders that wait for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext

from tresen.domains.accounts.queries import names_of
from tresen.domains.payments.queries import list_in_trouble, list_to_give_back, troubles_of
from tresen.domains.payments.types import (
    BY_HAND,
    Method,
    PaymentRow,
    RefundRow,
    RefundState,
    Trouble,
    TroubleRow,
)
from tresen.entrypoints.backoffice import words
from tresen.entrypoints.backoffice.kit.types import Action, Column, Section, Table
from tresen.entrypoints.shared import amounts
from tresen.foundation.ids import outer
from tresen.foundation.money import Money

_MONEY = {"review": list_in_trouble, "give_back": list_to_give_back}


def orders_with(money: str) -> tuple[UUID, ...] | None:
    """The orders behind an answer to the question about money, each once; None: not asked."""
    found = _MONEY.get(money)
    return tuple({payment.order_id: None for payment in found()}) if found else None


def refund_sections(refunds: Sequence[RefundRow], payments: Sequence[PaymentRow]) -> list[Section]:
    """What goes back or went back, if anything does; what waits for somebody's hand can be done."""
    if not refunds:
        return []
    people = names_of(words.staff_in(refund.requested_by for refund in refunds))
    columns: list[Column[RefundRow]] = [
        Column("when", gettext("When"), lambda row: row.requested_at),
        Column("amount", gettext("Amount"), lambda row: row.amount, kind="money"),
        Column("reason", gettext("Reason"), lambda row: words.reason_words(row.reason)),
        Column("state", gettext("State"), lambda row: words.refund_chip(row.state)),
        Column("who", gettext("Asked by"), lambda row: words.who_words(row.requested_by, people)),
    ]
    return [
        Section(
            "refunds",
            gettext("Refunds"),
            tables=[Table(columns, refunds)],
            actions=_sendings(refunds, {payment.id: payment for payment in payments}),
        )
    ]


def trouble_sections(payments: Sequence[PaymentRow]) -> list[Section]:
    """One part for each payment that somebody has to look at."""
    waiting = [payment for payment in payments if payment.needs_review]
    return [_trouble_section(payment, place) for place, payment in enumerate(waiting, start=1)]


def amount_words(amount: Money) -> str:
    """An amount inside a sentence of the page."""
    return amounts.money_words(amount, language=(get_language() or "en")[:2])


def _sendings(refunds: Sequence[RefundRow], payments: dict[UUID, PaymentRow]) -> list[Action]:
    """One button for each refund that waits; several name their amounts."""
    waiting = [
        refund
        for refund in refunds
        if refund.state is RefundState.REQUESTED and payments[refund.payment_id].method in BY_HAND
    ]
    return [
        _sending(refund, payments[refund.payment_id], several=len(waiting) > 1)
        for refund in waiting
    ]


def _sending(refund: RefundRow, payment: PaymentRow, *, several: bool) -> Action:
    amount = amount_words(refund.amount)
    if payment.method == Method.PAY_IN_STORE:
        label = gettext("Money handed out")
        confirm = gettext("Have you handed out %(amount)s?")
    else:
        label = gettext("Money sent")
        confirm = gettext("Have you transferred %(amount)s?")
    return Action(
        f"{label}: {amount}" if several else label,
        reverse(
            "backoffice:refund_sent",
            args=[outer("ord", payment.order_id), outer("ref", refund.id)],
        ),
        method="post",
        icon="banknote",
        confirm=confirm % {"amount": amount},
    )


def _trouble_section(payment: PaymentRow, place: int) -> Section:
    troubles = troubles_of(payment)
    columns: list[Column[TroubleRow]] = [
        Column("when", gettext("When"), lambda row: row.happened_at),
        Column("what", gettext("What"), _what),
        Column("why", gettext("Why"), _why),
        Column("amount", gettext("Amount"), lambda row: row.amount, kind="money"),
    ]
    looked_at = Action(
        gettext("Looked at"),
        reverse(
            "backoffice:payment_review",
            args=[outer("ord", payment.order_id), outer("pay", payment.id)],
        ),
        method="post",
        fields={"troubles": str(len(troubles))},
    )
    return Section(
        f"troubles-{place}",
        gettext("To look at"),
        text=gettext("Payment: %(method)s, %(amount)s.")
        % {"method": words.method_words(payment.method), "amount": amount_words(payment.amount)},
        tables=[Table(columns, troubles)],
        actions=[looked_at],
    )


def _what(row: TroubleRow) -> str:
    if row.kind is Trouble.SET_ASIDE:
        told = row.detail.partition(":")[0]
        return {
            "authorized": gettext("Reported: money is reserved. Set aside."),
            "captured": gettext("Reported: money came in. Set aside."),
            "refunded": gettext("Reported: money went back. Set aside."),
            "refund_failed": gettext("Reported: a refund failed. Set aside."),
            "failed": gettext("Reported: the payment failed. Set aside."),
            "cancelled": gettext("Reported: the payment was given up. Set aside."),
        }.get(told, gettext("The payment service warns."))
    return {
        Trouble.REFUND_FAILED: gettext("A refund failed."),
        Trouble.PAID_BEYOND: gettext("More money came in than was owed."),
        Trouble.PAID_AFTER_END: gettext("Money came in for a payment that was given up."),
        Trouble.REFUNDED_BEYOND: gettext("More money goes back than came in."),
    }[row.kind]


def _why(row: TroubleRow) -> str:
    if row.kind is not Trouble.SET_ASIDE:
        return {"refused": gettext("The payment service refused it.")}.get(row.detail, row.detail)
    named = {
        "merchant": pgettext("set aside", "The money went to another account."),
        "reference": pgettext("set aside", "The reference is another one."),
        "payment": pgettext("set aside", "It names another payment."),
        "order": pgettext("set aside", "It names another order."),
        "currency": pgettext("set aside", "The currency is another one."),
        "amount": pgettext("set aside", "The amount does not fit."),
        "refund": pgettext("set aside", "Nobody here knows this refund."),
        "dispute": pgettext("set aside", "The customer disputes the charge at the bank."),
    }
    parts = row.detail.partition(":")[2].split(",")
    return " ".join(named.get(part.strip(), part.strip()) for part in parts)
