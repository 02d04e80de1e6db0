"""The words of this domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tresen.foundation.money import Money


class Method(StrEnum):
    """The ways to pay that Tresen knows; the shelf of providers says which are switched on."""

    BANK_TRANSFER = "bank_transfer"
    PAY_IN_STORE = "pay_in_store"
    DEMO_CARD = "demo_card"
    STRIPE = "stripe"


BY_HAND = (Method.BANK_TRANSFER, Method.PAY_IN_STORE)
"""Nobody but the staff says that this money came in, or went back."""


class EventKind(StrEnum):
    """What can happen to a payment. Events are only ever added."""

    REQUESTED = "requested"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUND_REQUESTED = "refund_requested"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    UNKNOWN = "unknown"
    QUARANTINED = "quarantined"
    REVIEWED = "reviewed"


class PaymentState(StrEnum):
    """The roll-up of a payment's events; it depends on which events there are, not on their order.

    `unknown` means that a call ended without an answer and the provider has to be asked.
    """

    OPEN = "open"
    REQUESTED = "requested"
    UNKNOWN = "unknown"
    AUTHORIZED = "authorized"
    PARTLY_CAPTURED = "partly_captured"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


class RefundState(StrEnum):
    """The four states of a refund."""

    REQUESTED = "requested"
    UNKNOWN = "unknown"
    REFUNDED = "refunded"
    FAILED = "failed"


class Recorded(StrEnum):
    """What came of a claim: it counted, it was known, it was set aside, or it has to wait."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    WAITING = "waiting"


class RefundReason(StrEnum):
    """Why money goes back."""

    CANCELLATION = "cancellation"
    WITHDRAWAL = "withdrawal"
    CLAIM = "claim"
    GOODWILL = "goodwill"
    OVERPAID = "overpaid"
    BY_PROVIDER = "by_provider"


class Trouble(StrEnum):
    """What a person has to look at: something set aside, something failed, sums that do not fit."""

    SET_ASIDE = "set_aside"
    REFUND_FAILED = "refund_failed"
    PAID_BEYOND = "paid_beyond"
    PAID_AFTER_END = "paid_after_end"
    REFUNDED_BEYOND = "refunded_beyond"


class Account(StrEnum):
    """Accounts of the ledger. Money at a provider is `cash:<method>`. Debits are positive."""

    RECEIVABLE = "receivable"
    REVENUE = "revenue"
    TAX = "tax"


def cash_at(method: str) -> str:
    """The account of money that a way to pay has brought in."""
    return f"cash:{method}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a provider (or the staff) says happened: believed only after it was compared.

    `event_id` is unique per provider, `money_id` names the movement of money (a charge, a
    refund): the same money told by two events counts once. `references` are the provider's
    names for the payment, `capture_reference` the one to refund against. `payment_key` and
    `order_number` are ours as the provider repeats them, empty where it does not. `merchant`
    is the account that received the money. `refund_key` is our refund's id. A claim of kind
    `quarantined` is a warning (a dispute); `detail` names it.
    """

    kind: EventKind
    event_id: str
    references: tuple[str, ...]
    merchant: str
    amount: Money
    happened_at: datetime
    money_id: str = ""
    capture_reference: str = ""
    payment_key: str = ""
    order_number: str = ""
    refund_key: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Where a bank transfer goes: holder (at most 70 signs), IBAN, BIC (may be empty)."""

    holder: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One payment of one order. All amounts are in minor units of `amount.currency`."""

    id: UUID
    order_id: UUID
    order_number: str
    method: str
    amount: Money
    state: PaymentState
    reference: str
    capture_reference: str
    authorized_minor: int
    captured_minor: int
    refunded_minor: int
    refunding_minor: int
    troubles: int
    needs_review: bool
    opened_at: datetime
    due_at: datetime | None

    @property
    def owed(self) -> Money:
        """What is still to be paid."""
        return Money(self.amount.minor - self.captured_minor, self.amount.currency)

    @property
    def refundable(self) -> Money:
        """What may still be given back: captured, less refunded, less on its way."""
        minor = self.captured_minor - self.refunded_minor - self.refunding_minor
        return Money(minor, self.amount.currency)

    @property
    def is_paid(self) -> bool:
        """The whole amount has been captured (whatever was refunded later)."""
        return self.captured_minor == self.amount.minor


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One thing that happened to a payment. `detail` says why it was set aside."""

    id: UUID
    kind: EventKind
    amount: Money
    provider_event_id: str
    refund_id: UUID | None
    detail: str
    actor: str
    happened_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRow:
    """One refund: `requested` and `unknown` count as on their way."""

    id: UUID
    payment_id: UUID
    amount: Money
    reason: RefundReason
    state: RefundState
    provider_reference: str
    requested_by: str
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleRow:
    """One trouble of a payment. Sums that do not fit have no moment; `amount` is what is over."""

    kind: Trouble
    amount: Money
    detail: str = ""
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A provider's message, stored once. The body stays sealed in the table."""

    id: UUID
    provider: str
    event_id: str
    kind: str
    outcome: str
    received_at: datetime
    settled_at: datetime | None
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One side of a posting; debit positive, credit negative, minor units."""

    group_id: UUID
    account: str
    amount: Money
    order_id: UUID
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodRow:
    """A way to pay that may be offered. `label` and `hint` are English message ids.

    `redirects` says that the customer leaves for the provider's page after ordering.
    """

    code: str
    label: str
    hint: str
    redirects: bool


class Match(StrEnum):
    """How an incoming transfer fits: only `exact` may be marked paid without a second look."""

    EXACT = "exact"
    SHORT = "short"
    OVER = "over"
    OTHER_CURRENCY = "other_currency"
    NOTHING_OWED = "nothing_owed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMatch:
    """The payment that an incoming transfer names, and how the amount fits."""

    verdict: Match
    payment: PaymentRow | None
