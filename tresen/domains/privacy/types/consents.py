"""Consents: which purpose, which words, what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Purpose(StrEnum):
    """What a person may be asked to agree to. Each stands alone: nothing is bundled."""

    NEWSLETTER = "newsletter"
    RECOMMENDATIONS = "recommendations"
    REMINDERS = "reminders"
    REVIEW_REQUESTS = "review_requests"
    PHONE_ADVICE = "phone_advice"


BY_MAIL = (Purpose.NEWSLETTER, Purpose.REMINDERS, Purpose.REVIEW_REQUESTS)
"""Advertising by e-mail: needs the confirmed address (double opt-in)."""


class ConsentAction(StrEnum):
    """What a person did."""

    GRANT = "grant"
    DENY = "deny"
    WITHDRAW = "withdraw"


class OptInState(StrEnum):
    """Pending until the link in the one mail is followed; then it is a grant."""

    PENDING = "pending"
    CONFIRMED = "confirmed"


class SuppressionReason(StrEnum):
    """Why an address gets no advertising."""

    OBJECTION = "objection"
    WITHDRAWAL = "withdrawal"
    ERASURE = "erasure"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText:
    """The words under a switch, by language, in one version. `covers` are its purposes."""

    purpose: Purpose
    version: int
    covers: tuple[str, ...]
    words: Mapping[str, str]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsent:
    """Something a person did about a purpose. `place` is where in the pages, `proof` how we know.

    `person_id` is None for an address that nobody is known by.
    """

    person_id: UUID | None
    email_index: bytes
    purpose: Purpose
    action: ConsentAction
    text: ConsentText
    locale: str
    place: str
    channel: str
    proof: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """One line of the ledger."""

    id: UUID
    person_id: UUID | None
    purpose: Purpose
    action: ConsentAction
    version: int
    digest: str
    covers: tuple[str, ...]
    locale: str
    place: str
    channel: str
    proof: str
    happened_at: datetime
    expires_at: datetime | None


class SendRefusal(StrEnum):
    """Why advertising is not sent."""

    OBJECTION = "objection"
    NO_CONSENT = "no_consent"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NEW_PURPOSE = "new_purpose"
    RESTRICTED = "restricted"
    NO_SALE = "no_sale"
    NOT_SIMILAR = "not_similar"
    NO_NOTICE_AT_COLLECTION = "no_notice_at_collection"
    NO_NOTICE_IN_MAIL = "no_notice_in_mail"


@dataclass(frozen=True, slots=True)
class Verdict:
    """May it be sent; if not, why."""

    allowed: bool
    refusal: SendRefusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerMail:
    """A mail to an existing customer (§ 7 (3) UWG): what it rests on and what it says.

    `sold` are the categories bought in orders that were neither cancelled nor withdrawn.
    """

    sold: frozenset[str]
    advertised: frozenset[str]
    notice_at_collection: bool
    objected: bool
    body: str
