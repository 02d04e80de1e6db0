"""Record what happened to a payment, and draw the consequences: sums, books, facts.

Whatever the order and however often claims arrive, the same set of claims gives the same state:
events are kept once, sums are drawn from all events of the payment under its lock, and the books
get the difference to what was drawn before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tresen.domains.payments import rules
from tresen.domains.payments.commands.ledger import post_cash
from tresen.domains.payments.events import (
    PaymentCaptured,
    PaymentFailed,
    PaymentQuarantined,
    PaymentRefunded,
    RefundFailed,
)
from tresen.domains.payments.models import Payment, PaymentEvent, Refund
from tresen.domains.payments.queries import NoSuchPayment, happening_of, payment_row
from tresen.domains.payments.types import (
    Claim,
    EventKind,
    PaymentState,
    Recorded,
    RefundReason,
    RefundState,
)
from tresen.foundation.actor import SYSTEM, Actor
from tresen.foundation.journal.events import announce
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal

_REFUND_KINDS = frozenset({EventKind.REFUNDED, EventKind.REFUND_FAILED})
_DEAD = frozenset({PaymentState.FAILED, PaymentState.CANCELLED})
_DETAIL_MAX = 200


class NotAsShown(Refusal):
    """As many troubles as were named are not there, or were looked at before."""

    code = "not_as_shown"
    status = 409
    message = "There is nothing new to look at, or the list has changed. Please look once more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a claim, and of which order it was (None while it waits)."""

    recorded: Recorded
    order_id: UUID | None = None


@transaction.atomic
def record_claim(
    *,
    method: str,
    merchant: str,
    claim: Claim,
    now: datetime,
    actor: Actor = SYSTEM,
    counted_for: UUID | None = None,
) -> Outcome:
    """Compare a claim with the payment it names; believe it, or set it aside (I-12, I-13).

    Waiting means that no payment has such a reference yet: the claim may be ahead of its time.
    `merchant` is the account that our money goes to; `counted_for` names the payment that staff
    counted the money for: then it is not looked up by reference, and a part will do.
    """
    payment = _locked_payment(method, claim, payment_id=counted_for)
    if payment is None:
        return Outcome(recorded=Recorded.WAITING)
    refund, wrong = _refund_of(payment, claim)
    wrong += rules.mismatches(
        claim,
        payment=payment_row(payment),
        merchant=merchant,
        is_counted=counted_for is not None,
    )
    if claim.kind is EventKind.QUARANTINED:
        wrong += (claim.detail,)
    if wrong:
        refund = None
    elif claim.kind in _REFUND_KINDS and refund is None:
        refund = _refund_made_elsewhere(payment, claim, now=now)
    event = PaymentEvent(
        payment=payment,
        kind=EventKind.QUARANTINED if wrong else claim.kind,
        provider=method,
        provider_event_id=claim.event_id,
        money_id=claim.money_id or claim.event_id,
        amount_minor=claim.amount.minor,
        currency=claim.amount.currency,
        refund=refund,
        detail=f"{claim.kind}: {', '.join(wrong)}" if wrong else "",
        actor=str(actor),
        happened_at=claim.happened_at,
        received_at=now,
    )
    if not _keep_once(event):
        return Outcome(recorded=Recorded.DUPLICATE, order_id=payment.order_id)
    if wrong:
        _announce_quarantine(payment, event, now=now)
    elif claim.capture_reference and not payment.capture_reference:
        payment.capture_reference = claim.capture_reference
    recount(payment, now=now)
    recorded = Recorded.QUARANTINED if wrong else Recorded.APPLIED
    return Outcome(recorded=recorded, order_id=payment.order_id)


@transaction.atomic
def note_event(
    *,
    payment_id: UUID,
    kind: EventKind,
    event_id: str,
    now: datetime,
    actor: Actor = SYSTEM,
    refund_id: UUID | None = None,
    detail: str = "",
) -> None:
    """Keep what we ourselves did or did not learn: requested, unknown, failed, reviewed."""
    assert kind not in {EventKind.CAPTURED, EventKind.AUTHORIZED, EventKind.REFUNDED}
    payment = Payment.objects.select_for_update().get(id=payment_id)
    refund = Refund.objects.get(id=refund_id, payment=payment) if refund_id else None
    event = PaymentEvent(
        payment=payment,
        kind=kind,
        provider=payment.method,
        provider_event_id=event_id,
        amount_minor=refund.amount_minor if refund else payment.amount_minor,
        currency=payment.currency,
        refund=refund,
        detail=detail[:_DETAIL_MAX],
        actor=str(actor),
        happened_at=now,
        received_at=now,
    )
    if _keep_once(event):
        recount(payment, now=now)


@transaction.atomic
def mark_reviewed(*, payment_id: UUID, troubles: int, now: datetime, actor: Actor) -> None:
    """A person has looked at as many troubles as they were shown; later ones show again.

    Raises NoSuchPayment, NotAsShown: nobody has looked at more than there is.
    """
    payment = Payment.objects.select_for_update().filter(id=payment_id).first()
    if payment is None:
        raise NoSuchPayment
    if not payment.troubles_seen < troubles <= payment.troubles:
        raise NotAsShown(field="troubles")
    note_event(
        payment_id=payment_id,
        kind=EventKind.REVIEWED,
        event_id=f"reviewed:{payment_id}:{troubles}",
        now=now,
        actor=actor,
    )
    Payment.objects.filter(id=payment_id).update(troubles_seen=troubles)


def recount(payment: Payment, *, now: datetime) -> None:
    """Draw sums and state from all events; post and tell the difference. The row is locked."""
    before = payment_row(payment)
    happenings = [happening_of(event) for event in PaymentEvent.objects.filter(payment=payment)]
    drawn = rules.roll_up(happenings, amount_minor=payment.amount_minor)
    payment.state = drawn.state
    payment.authorized_minor = drawn.authorized_minor
    payment.captured_minor = drawn.captured_minor
    payment.refunded_minor = drawn.refunded_minor
    payment.refunding_minor = drawn.refunding_minor
    payment.troubles = drawn.troubles
    payment.save()
    failed = _note_refund_states(payment, drawn.refunds)
    captured = payment.captured_minor - before.captured_minor
    refunded = payment.refunded_minor - before.refunded_minor
    _post_difference(payment, captured, now=now)
    _post_difference(payment, -refunded, now=now)
    _announce_moves(payment, captured=captured, refunded=refunded, now=now)
    if drawn.state in _DEAD and before.state not in _DEAD:
        announce(
            PaymentFailed(
                happened_at=now, order_id=str(payment.order_id), payment_id=str(payment.id)
            )
        )
    for refund_id in failed:
        announce(
            RefundFailed(
                happened_at=now,
                order_id=str(payment.order_id),
                payment_id=str(payment.id),
                refund_id=str(refund_id),
            )
        )


def _locked_payment(method: str, claim: Claim, *, payment_id: UUID | None) -> Payment | None:
    """The payment that a claim's references name; with several, the one whose id it repeats."""
    locked = Payment.objects.select_for_update().filter(method=method)
    if payment_id is not None:
        return locked.filter(id=payment_id).first()
    references = [reference for reference in claim.references if reference]
    named = Q(reference__in=references) | Q(capture_reference__in=references)
    found = list(locked.filter(named).order_by("-opened_at", "id"))
    repeated = [payment for payment in found if str(payment.id) == claim.payment_key]
    return next(iter(repeated or found), None)


def _refund_of(payment: Payment, claim: Claim) -> tuple[Refund | None, tuple[str, ...]]:
    """The refund that a claim is about, and what does not fit about it."""
    if claim.kind not in _REFUND_KINDS:
        return None, ()
    ours = payment.refunds.all()
    if claim.refund_key:
        refund = next((r for r in ours if str(r.id) == claim.refund_key), None)
        if refund is None:
            return None, ("refund",)
    else:
        refund = next((r for r in ours if r.provider_reference == claim.money_id), None)
        if refund is None:
            return None, ()
    if claim.amount != Money(refund.amount_minor, refund.currency):
        return refund, ("amount",)
    if claim.money_id and not refund.provider_reference:
        refund.provider_reference = claim.money_id
        refund.save(update_fields=["provider_reference"])
    return refund, ()


def _refund_made_elsewhere(payment: Payment, claim: Claim, *, now: datetime) -> Refund:
    """Someone refunded at the provider itself; we keep it as a refund of its own."""
    return Refund.objects.create(
        payment=payment,
        key=f"provider:{claim.money_id}",
        amount_minor=claim.amount.minor,
        currency=claim.amount.currency,
        reason=RefundReason.BY_PROVIDER,
        provider_reference=claim.money_id,
        requested_by="provider",
        requested_at=now,
    )


def _keep_once(event: PaymentEvent) -> bool:
    """Whether the event is new; the unique index decides, under the payment's lock."""
    known = PaymentEvent.objects.filter(
        provider=event.provider, provider_event_id=event.provider_event_id
    )
    if known.exists():
        return False
    event.save(force_insert=True)
    return True


def _note_refund_states(payment: Payment, states: dict[UUID, RefundState]) -> list[UUID]:
    """Keep each refund's state; returns those that have just failed."""
    failed: list[UUID] = []
    for refund in payment.refunds.all():
        state = states.get(refund.id, RefundState.REQUESTED)
        if refund.state == state:
            continue
        refund.state = state
        refund.save(update_fields=["state"])
        if state is RefundState.FAILED:
            failed.append(refund.id)
    return failed


def _post_difference(payment: Payment, minor: int, *, now: datetime) -> None:
    if minor:
        post_cash(
            order_id=payment.order_id,
            method=payment.method,
            minor=minor,
            currency=payment.currency,
            now=now,
        )


def _announce_moves(payment: Payment, *, captured: int, refunded: int, now: datetime) -> None:
    if captured > 0:
        announce(
            PaymentCaptured(
                happened_at=now,
                order_id=str(payment.order_id),
                payment_id=str(payment.id),
                minor=captured,
                currency=payment.currency,
                is_paid=payment.captured_minor == payment.amount_minor,
            )
        )
    if refunded > 0:
        announce(
            PaymentRefunded(
                happened_at=now,
                order_id=str(payment.order_id),
                payment_id=str(payment.id),
                minor=refunded,
                currency=payment.currency,
            )
        )


def _announce_quarantine(payment: Payment, event: PaymentEvent, *, now: datetime) -> None:
    announce(
        PaymentQuarantined(
            happened_at=now,
            order_id=str(payment.order_id),
            payment_id=str(payment.id),
            detail=event.detail,
        )
    )
