"""Four eyes on large refunds and on lists of people: one asks, another one allows, once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import ask_approval, carry_out, decide
from tresen.domains.accounts.queries import find_allowed
from tresen.domains.accounts.types import ApprovalKind, ApprovalRow
from tresen.domains.payments.commands import ask_refund_once
from tresen.domains.payments.types import RefundReason
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.money import Money
from tresen.workflows.buying.refund_payment import send_refund


@transaction.atomic
def wish_for_refund(
    *,
    order_id: UUID,
    payment_id: UUID,
    store_code: str,
    amount: Money,
    reason: RefundReason,
    now: datetime,
    actor: Actor,
) -> UUID:
    """No money moves yet. Raises ApprovalWaits."""
    approval_id = ask_approval(
        kind=ApprovalKind.REFUND,
        object_id=str(order_id),
        payment_id=payment_id,
        store_code=store_code,
        amount_minor=amount.minor,
        currency=amount.currency,
        reason=reason.value,
        asked_by=_person(actor),
        now=now,
    )
    _record("refund.wish", approval_id, now=now, actor=actor)
    return approval_id


@transaction.atomic
def wish_for_list(*, name: str, question: str, reason: str, now: datetime, actor: Actor) -> UUID:
    """A list with people in it is wanted as a file, asked as `question`. Raises ApprovalWaits."""
    approval_id = ask_approval(
        kind=ApprovalKind.EXPORT,
        object_id=name,
        question=question,
        reason=reason,
        asked_by=_person(actor),
        now=now,
    )
    _record("export.wish", approval_id, now=now, actor=actor)
    return approval_id


def allow(*, wish: ApprovalRow, now: datetime, actor: Actor) -> None:
    """The second person agrees; a refund is on its way with that.

    The decision and the refund are one transaction: whoever comes second finds it decided.
    Raises OwnApproval, NoSuchApproval, RefundTooHigh.
    """
    refund_id = None
    with transaction.atomic():
        decide(approval_id=wish.id, approved=True, decided_by=_person(actor), now=now)
        if wish.kind is ApprovalKind.REFUND:
            refund_id = _refund(wish, now=now, actor=actor)
        _record("approval.allow", wish.id, now=now, actor=actor)
    if refund_id:
        send_refund(refund_id=refund_id, now=now)


@transaction.atomic
def decline(*, wish: ApprovalRow, now: datetime, actor: Actor) -> None:
    """Nothing happens. Raises OwnApproval, NoSuchApproval."""
    decide(approval_id=wish.id, approved=False, decided_by=_person(actor), now=now)
    _record("approval.decline", wish.id, now=now, actor=actor)


@transaction.atomic
def take_list(*, name: str, question: str, now: datetime, actor: Actor) -> bool:
    """Whether this person may take out what was asked; with that, the allowance is used up."""
    wish = find_allowed(
        kind=ApprovalKind.EXPORT,
        object_id=name,
        question=question,
        asked_by=_person(actor),
        now=now,
    )
    if wish is None or not carry_out(approval_id=wish.id, now=now):
        return False
    _record("export.take", wish.id, now=now, actor=actor)
    return True


def _refund(wish: ApprovalRow, *, now: datetime, actor: Actor) -> UUID:
    assert wish.payment_id is not None
    assert wish.amount_minor is not None
    refund_id, _ = ask_refund_once(
        payment_id=wish.payment_id,
        amount=Money(wish.amount_minor, wish.currency),
        reason=RefundReason(wish.reason),
        key=f"approval:{wish.id}",
        now=now,
        actor=actor,
    )
    assert carry_out(approval_id=wish.id, now=now), "it was allowed in this very transaction"
    return refund_id


def _person(actor: Actor) -> UUID:
    assert actor.kind == "staff"
    assert actor.id is not None
    return actor.id


def _record(action: str, approval_id: UUID, *, now: datetime, actor: Actor) -> None:
    deed = Deed(action=action, actor=actor, object_kind="approval", object_id=str(approval_id))
    record(deed, now=now)
