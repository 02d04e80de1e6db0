"""The words of this domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class LetterKind(StrEnum):
    """What a letter is about; each has its template."""

    ORDER_PLACED = "order_placed"
    PAYMENT_RECEIVED = "payment_received"
    ORDER_SHIPPED = "order_shipped"
    ORDER_CANCELLED = "order_cancelled"
    REFUND_MADE = "refund_made"
    MY_DATA_LINK = "my_data_link"
    REQUEST_RECEIVED = "request_received"
    REQUEST_EXTENDED = "request_extended"
    REQUEST_ANSWERED = "request_answered"
    OPT_IN = "opt_in"
    ORDER_REFUSED = "order_refused"
    SAFER_PAYMENT = "safer_payment"
    PERSON_ANSWERED = "person_answered"
    BREACH_NOTICE = "breach_notice"
    ACCOUNT_SIGN_UP = "account_sign_up"
    ACCOUNT_EXISTS = "account_exists"
    ACCOUNT_SIGN_IN = "account_sign_in"
    ACCOUNT_NONE = "account_none"
    ACCOUNT_RESET = "account_reset"
    ACCOUNT_ADDRESS = "account_address"
    ACCOUNT_TAKEN = "account_taken"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_RESTORED = "account_restored"
    AUDIT_ROOT = "audit_root"
    ACCOUNT_NEW_DEVICE = "account_new_device"
    ACCOUNT_CONFIRM_DEVICE = "account_confirm_device"
    STAFF_DISOWNED = "staff_disowned"


ABOUT_ORDERS = frozenset(
    {
        LetterKind.ORDER_PLACED,
        LetterKind.PAYMENT_RECEIVED,
        LetterKind.ORDER_SHIPPED,
        LetterKind.ORDER_CANCELLED,
        LetterKind.REFUND_MADE,
        LetterKind.ORDER_REFUSED,
        LetterKind.SAFER_PAYMENT,
    }
)
"""Commercial letters (§ 257 HGB); others are about an account or a request."""


class LetterState(StrEnum):
    """How far a letter is. Held: nobody knows whether it went, so a person looks."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """An intent to write. `key` names it: one intent, one letter, however often it is asked for.

    `payload` is what the template needs, as JSON can hold it. Recipient and payload are personal
    and sealed for `person_id` (a customer's person, or a member of the staff). A letter to nobody
    (their address was erased) is not written.
    """

    key: str
    kind: LetterKind
    locale: str
    recipient: str
    payload: Mapping[str, object]
    person_id: UUID
    order_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A text that goes with a letter, such as the withdrawal instruction.

    `html` is ours and clean: headings, paragraphs, lists and links.
    """

    title: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter on its way to the carrier. `message_id` never changes, so that a copy is seen."""

    id: UUID
    kind: LetterKind
    locale: str
    person_id: UUID | None
    recipient: str
    payload: Mapping[str, object]
    message_id: str
    tries: int
    queued_at: datetime
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """What a list shows: nothing personal."""

    id: UUID
    key: str
    kind: LetterKind
    locale: str
    state: LetterState
    order_id: UUID | None
    tries: int
    error: str
    queued_at: datetime
    sent_at: datetime | None
