"""Reads. get_ raises, find_ may return None, list_ is bounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, Sum

from tresen.domains.payments import rules
from tresen.domains.payments.models import LedgerEntry, Notice, Payment, PaymentEvent, Refund
from tresen.domains.payments.ports import providers
from tresen.domains.payments.types import (
    BY_HAND,
    EventKind,
    EventRow,
    LedgerRow,
    Match,
    MethodRow,
    NoticeRow,
    PaymentRow,
    PaymentState,
    RefundReason,
    RefundRow,
    RefundState,
    TransferMatch,
    Trouble,
    TroubleRow,
)
from tresen.domains.stores.types import ChannelRow
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal

ROWS_MAX = 200
ORDERS_MAX = 2_000


class NoSuchPayment(Refusal):
    """The payment is not known."""

    code = "no_such_payment"
    status = 404
    message = "There is no such payment."


def list_methods(*, channel: ChannelRow, amount: Money, picked_up: bool) -> tuple[MethodRow, ...]:
    """The ways to pay offered for an order of `amount` (gross), in the order they are shown."""
    return rules.offers(
        switched_on=providers.names(),
        amount=amount,
        picked_up=picked_up,
        payee_iban=channel.store.iban,
    )


def get_payment(payment_id: UUID) -> PaymentRow:
    """The payment of that id. Raises NoSuchPayment."""
    payment = Payment.objects.filter(id=payment_id).first()
    if payment is None:
        raise NoSuchPayment
    return payment_row(payment)


def find_payment_by_reference(*, method: str, reference: str) -> PaymentRow | None:
    """The payment that a provider knows under that reference."""
    if not reference:
        return None
    named = Q(reference=reference) | Q(capture_reference=reference)
    payment = Payment.objects.filter(named, method=method).order_by("-opened_at").first()
    return payment_row(payment) if payment else None


def list_payments_of(order_id: UUID) -> list[PaymentRow]:
    """The payments of an order, oldest first."""
    found = Payment.objects.filter(order_id=order_id).order_by("opened_at", "id")
    return [payment_row(payment) for payment in found[:ROWS_MAX]]


def find_last_payment_of(order_id: UUID) -> PaymentRow | None:
    """The latest payment of an order: the one that counts."""
    payment = Payment.objects.filter(order_id=order_id).order_by("-opened_at", "-id").first()
    return payment_row(payment) if payment else None


def knows_event(*, provider: str, event_id: str) -> bool:
    """Whether an event of that id was recorded."""
    known = PaymentEvent.objects.filter(provider=provider, provider_event_id=event_id)
    return known.exists()


def list_payments_of_orders(order_ids: Sequence[UUID]) -> dict[UUID, list[PaymentRow]]:
    """The payments of several orders (at most ROWS_MAX), for lists."""
    assert len(order_ids) <= ROWS_MAX
    by_order: dict[UUID, list[PaymentRow]] = {order_id: [] for order_id in order_ids}
    for payment in Payment.objects.filter(order_id__in=order_ids).order_by("opened_at", "id"):
        by_order[payment.order_id].append(payment_row(payment))
    return by_order


def list_events(payment_id: UUID) -> list[EventRow]:
    """What happened to a payment, in the order it happened."""
    found = PaymentEvent.objects.filter(payment_id=payment_id).order_by("happened_at", "id")
    return [_event_row(event) for event in found[:ROWS_MAX]]


def list_refunds(payment_id: UUID) -> list[RefundRow]:
    """The refunds of a payment, oldest first."""
    found = Refund.objects.filter(payment_id=payment_id).order_by("requested_at", "id")
    return [refund_row(refund) for refund in found[:ROWS_MAX]]


def list_refunds_of(order_id: UUID) -> list[RefundRow]:
    """The refunds of all payments of an order, oldest first."""
    found = Refund.objects.filter(payment__order_id=order_id).order_by("requested_at", "id")
    return [refund_row(refund) for refund in found[:ROWS_MAX]]


def get_refund(refund_id: UUID) -> RefundRow:
    """The refund of that id. Raises NoSuchPayment."""
    refund = Refund.objects.filter(id=refund_id).first()
    if refund is None:
        raise NoSuchPayment
    return refund_row(refund)


def list_in_trouble(*, limit: int = ROWS_MAX) -> list[PaymentRow]:
    """Payments that a person has to look at, oldest first."""
    found = Payment.objects.filter(troubles__gt=F("troubles_seen")).order_by("opened_at")
    return [payment_row(payment) for payment in found[: min(limit, ROWS_MAX)]]


def list_to_give_back(*, limit: int = ROWS_MAX) -> list[PaymentRow]:
    """Payments with a refund that waits for somebody to send it, oldest first."""
    found = Payment.objects.filter(refunding_minor__gt=0, method__in=BY_HAND).order_by("opened_at")
    return [payment_row(payment) for payment in found[: min(limit, ROWS_MAX)]]


def count_moving(order_ids: Sequence[UUID]) -> int:
    """Payments of these orders whose money is on its way, in or back."""
    assert len(order_ids) <= ORDERS_MAX
    moving = [
        PaymentState.REQUESTED,
        PaymentState.UNKNOWN,
        PaymentState.AUTHORIZED,
        PaymentState.PARTLY_CAPTURED,
    ]
    found = Payment.objects.filter(order_id__in=order_ids)
    return found.filter(Q(state__in=moving) | Q(refunding_minor__gt=0)).count()


def count_in_trouble(order_ids: Sequence[UUID]) -> int:
    """Payments of these orders that somebody has to look at, such as a dispute at the bank."""
    assert len(order_ids) <= ORDERS_MAX
    found = Payment.objects.filter(order_id__in=order_ids)
    return found.filter(troubles__gt=F("troubles_seen")).count()


def troubles_of(payment: PaymentRow) -> list[TroubleRow]:
    """All that `troubles` of this payment counts: what happened, then the sums that do not fit."""
    events = list(PaymentEvent.objects.filter(payment_id=payment.id).order_by("happened_at", "id"))
    happenings = [happening_of(event) for event in events]
    drawn = rules.roll_up(happenings, amount_minor=payment.amount.minor)
    beyond = [
        TroubleRow(kind=kind, amount=Money(minor, payment.amount.currency))
        for kind, minor in drawn.beyond.items()
    ]
    return [*_told_troubles(events), *beyond]


def list_overdue(*, now: datetime, limit: int = ROWS_MAX) -> list[PaymentRow]:
    """Payments whose time has passed without any money."""
    waiting = (PaymentState.OPEN, PaymentState.REQUESTED, PaymentState.FAILED)
    found = Payment.objects.filter(due_at__lte=now, state__in=waiting).order_by("due_at", "id")
    return [payment_row(payment) for payment in found[: min(limit, ROWS_MAX)]]


def list_waiting_notices(*, limit: int = ROWS_MAX) -> list[NoticeRow]:
    """Messages that were stored and not yet settled, the least tried first: none starves."""
    found = Notice.objects.filter(settled_at=None).order_by("tries", "received_at", "id")
    return [notice_row(notice) for notice in found[: min(limit, ROWS_MAX)]]


def list_ledger(order_id: UUID) -> list[LedgerRow]:
    """The postings of an order, in the order they were written."""
    found = LedgerEntry.objects.filter(order_id=order_id).order_by("id")
    return [_ledger_row(entry) for entry in found[:ROWS_MAX]]


def balances() -> dict[tuple[str, str], int]:
    """The sum of every account by (account, currency), minor units; together they are zero."""
    sums = LedgerEntry.objects.values_list("account", "currency").annotate(Sum("minor"))
    return {(account, currency): int(total) for account, currency, total in sums.order_by()}


def match_transfer(*, text: str, amount: Money) -> TransferMatch:
    """The open bank transfer that a payer's text names by its creditor reference."""
    references = rules.references_in(text)
    found = Payment.objects.filter(method="bank_transfer", reference__in=references)
    rows = [payment_row(payment) for payment in found.order_by("-opened_at")[:ROWS_MAX]]
    if not rows:
        return TransferMatch(verdict=Match.UNKNOWN, payment=None)
    wanted = [row for row in rows if row.state is not PaymentState.CANCELLED] or rows
    return TransferMatch(verdict=rules.fit_of(amount, payment=wanted[0]), payment=wanted[0])


def happening_of(event: PaymentEvent) -> rules.Happening:
    """An event as far as sums are concerned."""
    return rules.Happening(
        kind=EventKind(event.kind),
        minor=event.amount_minor,
        money_id=event.money_id,
        refund_id=event.refund_id,
        happened_at=event.happened_at,
    )


def payment_row(payment: Payment) -> PaymentRow:
    """The frozen row of a payment."""
    return PaymentRow(
        id=payment.id,
        order_id=payment.order_id,
        order_number=payment.order_number,
        method=payment.method,
        amount=Money(payment.amount_minor, payment.currency),
        state=PaymentState(payment.state),
        reference=payment.reference,
        capture_reference=payment.capture_reference,
        authorized_minor=payment.authorized_minor,
        captured_minor=payment.captured_minor,
        refunded_minor=payment.refunded_minor,
        refunding_minor=payment.refunding_minor,
        troubles=payment.troubles,
        needs_review=payment.troubles > payment.troubles_seen,
        opened_at=payment.opened_at,
        due_at=payment.due_at,
    )


def refund_row(refund: Refund) -> RefundRow:
    """The frozen row of a refund."""
    return RefundRow(
        id=refund.id,
        payment_id=refund.payment_id,
        amount=Money(refund.amount_minor, refund.currency),
        reason=RefundReason(refund.reason),
        state=RefundState(refund.state),
        provider_reference=refund.provider_reference,
        requested_by=refund.requested_by,
        requested_at=refund.requested_at,
    )


def notice_row(notice: Notice) -> NoticeRow:
    """The frozen row of a notice, without its body."""
    return NoticeRow(
        id=notice.id,
        provider=notice.provider,
        event_id=notice.event_id,
        kind=notice.kind,
        outcome=notice.outcome,
        received_at=notice.received_at,
        settled_at=notice.settled_at,
        tries=notice.tries,
    )


def _told_troubles(events: Sequence[PaymentEvent]) -> list[TroubleRow]:
    """What was set aside, and each refund that failed, once."""
    failed: set[UUID | None] = set()
    found: list[TroubleRow] = []
    for event in events:
        if event.kind == EventKind.QUARANTINED:
            kind = Trouble.SET_ASIDE
        elif event.kind == EventKind.REFUND_FAILED and event.refund_id not in failed:
            kind = Trouble.REFUND_FAILED
            failed.add(event.refund_id)
        else:
            continue
        found.append(
            TroubleRow(
                kind=kind,
                amount=Money(event.amount_minor, event.currency),
                detail=event.detail,
                happened_at=event.happened_at,
            )
        )
    return found


def _event_row(event: PaymentEvent) -> EventRow:
    return EventRow(
        id=event.id,
        kind=EventKind(event.kind),
        amount=Money(event.amount_minor, event.currency),
        provider_event_id=event.provider_event_id,
        refund_id=event.refund_id,
        detail=event.detail,
        actor=event.actor,
        happened_at=event.happened_at,
        received_at=event.received_at,
    )


def _ledger_row(entry: LedgerEntry) -> LedgerRow:
    return LedgerRow(
        group_id=entry.group_id,
        account=entry.account,
        amount=Money(entry.minor, entry.currency),
        order_id=entry.order_id,
        happened_at=entry.happened_at,
    )
