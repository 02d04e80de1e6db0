"""Tables of this domain. Private: other domains ask queries.py."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tresen.domains.payments.types import (
    BY_HAND,
    EventKind,
    PaymentState,
    RefundReason,
    RefundState,
)
from tresen.foundation.ids import new_id
from tresen.foundation.vault.fields import SealedField


class Payment(models.Model):
    """Money promised for one order by one way to pay. Sums and state follow from its events.

    `reference` is the provider's name for the payment, `capture_reference` for the money taken.
    `ask_at` says when the provider is asked next; empty means: nothing more to ask. `ask_since`
    is when asking began.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    order_id = models.UUIDField()
    order_number = models.CharField(max_length=40)
    method = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(
        max_length=20,
        choices=[(s, s) for s in PaymentState],
        default=PaymentState.OPEN,
        db_default=PaymentState.OPEN,
    )
    reference = models.CharField(max_length=255, default="", db_default="", blank=True)
    capture_reference = models.CharField(max_length=255, default="", db_default="", blank=True)
    authorized_minor = models.BigIntegerField(default=0, db_default=0)
    captured_minor = models.BigIntegerField(default=0, db_default=0)
    refunded_minor = models.BigIntegerField(default=0, db_default=0)
    refunding_minor = models.BigIntegerField(default=0, db_default=0)
    troubles = models.PositiveIntegerField(default=0, db_default=0)
    troubles_seen = models.PositiveIntegerField(default=0, db_default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    ask_since = models.DateTimeField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True)
    asked = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "payments_payment"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="payments_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(captured_minor__gte=0) & Q(captured_minor__lte=F("amount_minor")),
                name="payments_captured_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(authorized_minor__gte=0) & Q(authorized_minor__lte=F("amount_minor")),
                name="payments_authorized_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0)
                & Q(refunding_minor__gte=0)
                & Q(captured_minor__gte=F("refunded_minor") + F("refunding_minor")),
                name="payments_refunded_within_captured",
            ),
            models.UniqueConstraint(
                fields=["method", "reference"],
                name="payments_one_payment_per_reference",
                condition=~Q(reference="") & ~Q(method__in=BY_HAND),
            ),
            models.UniqueConstraint(
                fields=["method", "capture_reference"],
                name="payments_one_payment_per_capture",
                condition=~Q(capture_reference=""),
            ),
        ]
        indexes = [
            models.Index(fields=["order_id"], name="payments_of_order"),
            models.Index(
                fields=["ask_at"], name="payments_to_ask", condition=Q(ask_at__isnull=False)
            ),
            models.Index(fields=["reference"], name="payments_by_reference"),
            models.Index(
                fields=["opened_at"],
                name="payments_in_trouble",
                condition=Q(troubles__gt=F("troubles_seen")),
            ),
            models.Index(
                fields=["opened_at"],
                name="payments_giving_back",
                condition=Q(refunding_minor__gt=0),
            ),
        ]


class Refund(models.Model):
    """Money to give back. Its state follows from the payment's events of this refund."""

    id = models.UUIDField(primary_key=True, default=new_id)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=100)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=20, choices=[(r, r) for r in RefundReason])
    state = models.CharField(
        max_length=20, choices=[(s, s) for s in RefundState], default=RefundState.REQUESTED
    )
    provider_reference = models.CharField(max_length=255, default="", blank=True)
    requested_by = models.CharField(max_length=60)
    requested_at = models.DateTimeField()

    class Meta:
        db_table = "payments_refund"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="payments_refund_positive"
            ),
            models.UniqueConstraint(fields=["payment", "key"], name="payments_one_refund_per_key"),
            models.UniqueConstraint(
                fields=["payment", "provider_reference"],
                name="payments_one_refund_per_reference",
                condition=~Q(provider_reference=""),
            ),
        ]


class PaymentEvent(models.Model):
    """One thing that happened. Append-only; the same event of a provider is kept once."""

    id = models.UUIDField(primary_key=True, default=new_id)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in EventKind])
    provider = models.CharField(max_length=40)
    provider_event_id = models.CharField(max_length=255)
    money_id = models.CharField(max_length=255, default="", blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    refund = models.ForeignKey(Refund, null=True, on_delete=models.PROTECT, related_name="events")
    detail = models.CharField(max_length=200, default="", blank=True)
    actor = models.CharField(max_length=60, default="", blank=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "payments_payment_event"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_event_id"], name="payments_one_event_per_provider_id"
            ),
        ]


class Notice(models.Model):
    """A provider's message as it came, stored once before anything is done with it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=100)
    person_id = models.UUIDField(null=True)
    body = SealedField()
    outcome = models.CharField(max_length=20, default="", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "payments_notice"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "event_id"], name="payments_one_notice_per_event"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tries", "received_at"],
                name="payments_notice_waiting",
                condition=Q(settled_at__isnull=True),
            ),
            models.Index(
                fields=["person_id"],
                name="payments_notice_of_person",
                condition=Q(person_id__isnull=False),
            ),
        ]


class LedgerEntry(models.Model):
    """One side of a posting. Append-only; each group sums to zero per currency (by trigger)."""

    id = models.BigAutoField(primary_key=True)
    group_id = models.UUIDField()
    account = models.CharField(max_length=60)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    order_id = models.UUIDField()
    happened_at = models.DateTimeField()

    class Meta:
        db_table = "payments_ledger_entry"
        constraints = [
            models.CheckConstraint(condition=~Q(minor=0), name="payments_ledger_not_empty"),
            models.UniqueConstraint(
                fields=["group_id", "account", "currency"], name="payments_ledger_posted_once"
            ),
        ]
        indexes = [models.Index(fields=["order_id"], name="payments_ledger_of_order")]
