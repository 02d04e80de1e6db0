"""Stripe's sessions, intents, refunds and events in our words."""

from __future__ import annotations

from collections.abc import Callable

from tresen.adapters.payments.stripe.words import (
    Json,
    flag,
    id_in,
    moment,
    money,
    part,
    text,
)
from tresen.domains.payments.types import Claim, EventKind
from tresen.foundation.money import Money

_REFUND_KINDS = {
    "succeeded": EventKind.REFUNDED,
    "failed": EventKind.REFUND_FAILED,
    "canceled": EventKind.REFUND_FAILED,
}
_INTENT_KINDS = {
    "succeeded": (EventKind.CAPTURED, "amount_received"),
    "requires_capture": (EventKind.AUTHORIZED, "amount_capturable"),
    "canceled": (EventKind.CANCELLED, "amount"),
}


def merchant_of(*, account: str, is_live: bool) -> str:
    """The receiving account and mode: a test event must never pay a real order."""
    return f"{account}/{'live' if is_live else 'test'}"


def claims_of_event(event: Json) -> tuple[Claim, ...]:
    """What an event says. Kinds that say nothing about money give nothing."""
    thing = part(part(event, "data"), "object")
    merchant = merchant_of(account=text(event, "account"), is_live=flag(event, "livemode"))
    kind = text(event, "type")
    read = _READERS.get(kind)
    if read is None:
        return ()
    claim = read(thing, text(event, "id"), merchant)
    return (claim,) if claim else ()


def session_claim(session: Json, event_id: str, merchant: str) -> Claim | None:
    """A Checkout Session: paid, given up (expired), or nothing yet."""
    intent = id_in(session, "payment_intent")
    if text(session, "payment_status") == "paid":
        kind = EventKind.CAPTURED
    elif text(session, "status") == "expired":
        kind = EventKind.CANCELLED
    else:
        return None
    return _session(session, kind, event_id, merchant, intent=intent)


def intent_claim(intent: Json, event_id: str, merchant: str) -> Claim | None:
    """A PaymentIntent by its state; a failed attempt is told by its last error."""
    state = text(intent, "status")
    if state in _INTENT_KINDS:
        kind, amount = _INTENT_KINDS[state]
    elif state == "requires_payment_method" and part(intent, "last_payment_error"):
        kind, amount = EventKind.FAILED, "amount"
    else:
        return None
    own = part(intent, "metadata")
    intent_id = text(intent, "id")
    return Claim(
        kind=kind,
        event_id=event_id or f"seen:{kind}:{intent_id}",
        references=(intent_id,),
        merchant=merchant,
        amount=_amount_in(intent, amount),
        happened_at=moment(intent, "created"),
        money_id=intent_id,
        capture_reference=intent_id,
        payment_key=text(own, "payment_id"),
        order_number=text(own, "order_number"),
    )


def refund_claim(refund: Json, event_id: str, merchant: str) -> Claim | None:
    """A refund: done, failed, or (pending) nothing yet."""
    kind = _REFUND_KINDS.get(text(refund, "status"))
    if kind is None:
        return None
    own = part(refund, "metadata")
    refund_id, intent = text(refund, "id"), id_in(refund, "payment_intent")
    return Claim(
        kind=kind,
        event_id=event_id or f"seen:{kind}:{refund_id}",
        references=(intent, id_in(refund, "charge")),
        merchant=merchant,
        amount=money(refund, "amount"),
        happened_at=moment(refund, "created"),
        money_id=refund_id,
        payment_key=text(own, "payment_id"),
        refund_key=text(own, "refund_id"),
    )


def _amount_in(intent: Json, name: str) -> Money:
    """The named sum of an intent; where it is not told, that of its one charge."""
    if name in intent:
        return money(intent, name)
    return money(part(intent, "latest_charge"), "amount")


def _session_failed(session: Json, event_id: str, merchant: str) -> Claim:
    intent = id_in(session, "payment_intent")
    return _session(session, EventKind.FAILED, event_id, merchant, intent=intent)


def _session(session: Json, kind: EventKind, event_id: str, merchant: str, *, intent: str) -> Claim:
    session_id = text(session, "id")
    total = session.get("amount_total")
    amount = money(session, "amount_total") if total is not None else Money(0, "")
    return Claim(
        kind=kind,
        event_id=event_id or f"seen:{kind}:{session_id}",
        references=(session_id,),
        merchant=merchant,
        amount=amount,
        happened_at=moment(session, "created"),
        money_id=intent or session_id,
        capture_reference=intent,
        payment_key=text(session, "client_reference_id"),
        order_number=text(part(session, "metadata"), "order_number"),
    )


def _dispute(dispute: Json, event_id: str, merchant: str) -> Claim:
    return Claim(
        kind=EventKind.QUARANTINED,
        event_id=event_id,
        references=(id_in(dispute, "payment_intent"), id_in(dispute, "charge")),
        merchant=merchant,
        amount=money(dispute, "amount"),
        happened_at=moment(dispute, "created"),
        money_id=text(dispute, "id"),
        detail="dispute",
    )


_READERS: dict[str, Callable[[Json, str, str], Claim | None]] = {
    "checkout.session.completed": session_claim,
    "checkout.session.async_payment_succeeded": session_claim,
    "checkout.session.async_payment_failed": _session_failed,
    "checkout.session.expired": session_claim,
    "payment_intent.succeeded": intent_claim,
    "payment_intent.amount_capturable_updated": intent_claim,
    "payment_intent.payment_failed": intent_claim,
    "payment_intent.canceled": intent_claim,
    "refund.created": refund_claim,
    "refund.updated": refund_claim,
    "refund.failed": refund_claim,
    "charge.refund.updated": refund_claim,
    "charge.dispute.created": _dispute,
}
