"""Facts of this domain. Amounts are whole minor units of `currency` (ISO 4217)."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.foundation.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCaptured(Event):
    """Money came in; `minor` is what came now, `is_paid` whether nothing is owed any more."""

    order_id: str
    payment_id: str
    minor: int
    currency: str
    is_paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFailed(Event):
    """An attempt failed or was given up; nothing has been paid."""

    order_id: str
    payment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentQuarantined(Event):
    """A provider's claim does not fit the payment and waits for a person; `detail` says what."""

    order_id: str
    payment_id: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequested(Event):
    """Money is to go back; the provider has yet to be told."""

    order_id: str
    payment_id: str
    refund_id: str
    minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRefunded(Event):
    """Money went back; `minor` is what went now."""

    order_id: str
    payment_id: str
    minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFailed(Event):
    """A refund did not reach the customer; a person has to look."""

    order_id: str
    payment_id: str
    refund_id: str
