"""What the demo provider says: signed messages, and how they read in our words."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import cast

from tresen.adapters.payments.demo.books import BookedRefund, Charge, Turn
from tresen.domains.payments.ports import BadNotice, Notice, RawNotice
from tresen.domains.payments.types import Claim, EventKind
from tresen.foundation.money import Money

MERCHANT = "demo-shop"
SIGNATURE_HEADER = "demo-signature"
TOLERANCE = timedelta(minutes=5)

_KINDS = {
    "charge.authorized": EventKind.AUTHORIZED,
    "charge.paid": EventKind.CAPTURED,
    "charge.declined": EventKind.FAILED,
    "charge.given_up": EventKind.CANCELLED,
    "refund.done": EventKind.REFUNDED,
    "refund.failed": EventKind.REFUND_FAILED,
}


def signed(body: str, *, secret: bytes, at: datetime) -> RawNotice:
    """A message as it goes over the wire: the signature covers moment and body."""
    stamp = str(int(at.timestamp()))
    signature = _signature(stamp, body.encode(), secret=secret)
    headers = {SIGNATURE_HEADER: f"t={stamp},v1={signature}"}
    return RawNotice(headers=headers, body=body.encode())


def verify(headers: Mapping[str, str], body: bytes, *, secret: bytes, now: datetime) -> None:
    """Raises BadNotice unless the signature is right and not older than TOLERANCE."""
    found = re.fullmatch(r"t=(\d{1,12}),v1=([0-9a-f]{64})", headers.get(SIGNATURE_HEADER, ""))
    if found is None:
        raise BadNotice
    signed_at = datetime.fromtimestamp(int(found[1]), UTC)
    is_ours = hmac.compare_digest(found[2], _signature(found[1], body, secret=secret))
    if not is_ours or abs(now - signed_at) > TOLERANCE:
        raise BadNotice


def read(body: str) -> Notice:
    """The message in our words. Raises BadNotice."""
    try:
        told = cast("dict[str, object]", json.loads(body))
        claims = (_claim_of(told),)
        return Notice(event_id=str(told["id"]), kind=str(told["kind"]), claims=claims)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadNotice from error


def post(
    turn: Turn,
    charge: Charge,
    *,
    kind: str,
    minor: int,
    now: datetime,
    due_at: datetime | None = None,
    rank: int = 0,
    deliveries: int = 1,
    refund: Mapping[str, str] | None = None,
) -> None:
    """Put a message about a charge into the books, to be delivered when it is due."""
    told = {
        "id": f"note_{secrets.token_hex(12)}",
        "kind": kind,
        "merchant": MERCHANT,
        "reference": charge.reference,
        "payment": charge.key,
        "order": charge.order_number,
        "minor": minor,
        "currency": charge.currency,
        "at": now.isoformat(),
        "refund": dict(refund or {}),
    }
    turn.post_notice(body=json.dumps(told), due_at=due_at or now, rank=rank, deliveries=deliveries)


def charge_claim(charge: Charge, kind: EventKind) -> Claim:
    """What the books say of a charge."""
    minor = charge.paid_minor if kind is EventKind.CAPTURED else charge.minor
    return Claim(
        kind=kind,
        event_id=f"seen:{kind}:{charge.reference}",
        references=(charge.reference,),
        merchant=MERCHANT,
        amount=Money(minor, charge.currency),
        happened_at=charge.changed_at,
        money_id=charge.reference,
        capture_reference=charge.reference,
        payment_key=charge.key,
        order_number=charge.order_number,
    )


def refund_claim(charge: Charge, refund: BookedRefund) -> Claim:
    """What the books say of a refund."""
    kind = EventKind.REFUNDED if refund.state == "done" else EventKind.REFUND_FAILED
    return Claim(
        kind=kind,
        event_id=f"seen:{kind}:{refund.reference}",
        references=(charge.reference,),
        merchant=MERCHANT,
        amount=Money(refund.minor, charge.currency),
        happened_at=refund.changed_at,
        money_id=refund.reference,
        payment_key=charge.key,
        order_number=charge.order_number,
        refund_key=refund.key,
    )


def _claim_of(told: Mapping[str, object]) -> Claim:
    refund = cast("Mapping[str, str]", told["refund"])
    minor = told["minor"]
    if not isinstance(minor, int):
        raise TypeError("minor")
    reference = str(told["reference"])
    return Claim(
        kind=_KINDS[str(told["kind"])],
        event_id=str(told["id"]),
        references=(reference,),
        merchant=str(told["merchant"]),
        amount=Money(minor, str(told["currency"])),
        happened_at=datetime.fromisoformat(str(told["at"])),
        money_id=refund.get("reference", reference),
        capture_reference=reference,
        payment_key=str(told["payment"]),
        order_number=str(told["order"]),
        refund_key=refund.get("key", ""),
    )


def _signature(stamp: str, body: bytes, *, secret: bytes) -> str:
    return hmac.digest(secret, f"{stamp}.".encode() + body, hashlib.sha256).hex()
