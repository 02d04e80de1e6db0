"""The words of this domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tresen.foundation.money import Money


class Outcome(StrEnum):
    """What a score leads to by itself. «Refused» is missing on purpose: only people refuse."""

    PASS = "pass"  # noqa: S105  (no password)
    STRONGER = "stronger"
    REVIEW = "review"


class Signal(StrEnum):
    """What is looked at. Each has a weight by its name."""

    ORDERS_OF_DEVICE = "orders_of_device"
    ORDERS_OF_PERSON = "orders_of_person"
    PEOPLE_OF_DEVICE = "people_of_device"
    PEOPLE_AT_ADDRESS = "people_at_address"
    FAILURES_OF_DEVICE = "failures_of_device"
    FAILURES_OF_PERSON = "failures_of_person"
    DISPUTES = "disputes"
    OTHER_COUNTRY = "other_country"
    PHONE_COUNTRY = "phone_country"
    DISPOSABLE_MAIL = "disposable_mail"
    NEW_DEVICE = "new_device"
    LARGE_AMOUNT = "large_amount"
    RESALE_GOODS = "resale_goods"
    MANY_OF_ONE = "many_of_one"
    HURRY = "hurry"
    NIGHT = "night"
    PAID_BEFORE = "paid_before"
    CLEARED = "cleared"
    NETWORK = "network"


ADDRESS_SIGNALS = frozenset({Signal.PEOPLE_AT_ADDRESS})
"""Points of these count only beside others (§ 31 BDSG)."""
HINTS = frozenset({Signal.NETWORK})
"""These are shown and order the queue; they never move an outcome. Whoever uses a VPN is served."""


class EventKind(StrEnum):
    """What was seen. `login_…` carry an account, the others an order."""

    ORDER_PLACED = "order_placed"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_CAPTURED = "payment_captured"
    PAYMENT_DISPUTED = "payment_disputed"
    CLEARED = "cleared"
    LOGIN_PASSED = "login_passed"
    LOGIN_FAILED = "login_failed"


class ListName(StrEnum):
    """Lists of abuse that can be taken in from files."""

    DISPOSABLE = "disposable"
    VPN = "vpn"
    DATACENTRE = "datacentre"


class ReviewState(StrEnum):
    """How far a review is. `asked`: nothing is held, the customer asks for a person."""

    WAITING = "waiting"
    PAYMENT_ASKED = "payment_asked"
    ASKED = "asked"
    RELEASED = "released"
    REFUSED = "refused"
    UPHELD = "upheld"


HOLDING = (ReviewState.WAITING, ReviewState.PAYMENT_ASKED)
"""The goods stay here."""
UNDECIDED = (ReviewState.WAITING, ReviewState.ASKED)
OPEN = (ReviewState.WAITING, ReviewState.PAYMENT_ASKED, ReviewState.ASKED)
ABOUT_CARTS = (ReviewState.ASKED, ReviewState.RELEASED, ReviewState.UPHELD)
"""A cart has no goods to hold back and nothing to refuse."""


class Reason(StrEnum):
    """Why a person decided as they did; chosen, never typed."""

    CUSTOMER_REACHED = "customer_reached"
    KNOWN_CUSTOMER = "known_customer"
    SIGNALS_EXPLAINED = "signals_explained"
    PAYMENT_UNSAFE = "payment_unsafe"
    PAYMENTS_FAILED = "payments_failed"
    DETAILS_DO_NOT_FIT = "details_do_not_fit"
    NOT_REACHED = "not_reached"
    STOLEN_MEANS = "stolen_means"
    STRONGER_CAME = "stronger_came"
    ORDER_ENDED = "order_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """From value `at` on: `points`, and `each` for every further one, up to `most`.

    With `below`, a value under `at` counts, once. Trust has points below zero.
    """

    at: int
    points: int
    each: int = 0
    most: int = 0
    below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """One version of weights and thresholds. `resale` are codes of categories, `hours` the clock
    of a review."""

    version: int
    name: str
    weights: Mapping[Signal, Weight]
    stronger_from: int
    review_from: int
    resale: frozenset[str] = frozenset()
    hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is known from before, as bare numbers; this order is not among them.

    Within: `orders_of_device` 10 minutes; `orders_of_person` and failures a day; people, and
    `cleared` (by somebody of the staff) a week; `disputes` and `paid_before` a year.
    `amount_rank` is the share of the shop's orders that cost less, in per cent, -1 where there
    are too few to say.
    """

    orders_of_device: int = 0
    orders_of_person: int = 0
    people_of_device: int = 0
    people_at_address: int = 0
    failures_of_device: int = 0
    failures_of_person: int = 0
    disputes: int = 0
    paid_before: int = 0
    cleared: int = 0
    device_was_seen: bool = False
    mail_is_disposable: bool = False
    amount_rank: int = -1
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The order itself, as far as it may be looked at: no name, no nationality, no street.

    `cart_seconds` is the time from the first article to the order, -1 where unknown; `hour` the
    hour of the day in the market's zone. `categories` are codes, shelves above included.
    """

    delivery_country: str
    billing_country: str
    phone_country: str
    method: str
    most_of_one: int
    categories: tuple[str, ...] = ()
    cart_seconds: int = -1
    hour: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """0 to 100, and what it is made of. `hint` is what the hints would add: never in `score`."""

    score: int
    reasons: tuple[ScoredReason, ...]
    hint: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredReason:
    """One signal: the value seen and the points it gave."""

    signal: Signal
    value: int
    points: int
    is_hint: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Fingerprints under which things are looked up, one per live index key; empty: unknown."""

    people: tuple[bytes, ...] = ()
    devices: tuple[bytes, ...] = ()
    places: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One order or cart to look up. `address` is the connection's: used once, kept nowhere."""

    keys: Keys
    at: datetime
    gross: Money
    mail_domains: tuple[str, ...] = ()
    order_id: UUID | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What was decided about an order, with all that it rests on."""

    order_id: UUID
    person_id: UUID | None
    ruleset: int
    facts: Facts
    history: History
    scored: Scored
    outcome: Outcome
    held: bool
    assessed_at: datetime
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What the payment step saw of a cart: the browser's fingerprint and the kind of network."""

    cart_id: UUID
    device_key: bytes | None
    network: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """What waits, or waited, for a person. `has_appeal`: the customer asked for one.

    It is about an order, or about a cart whose ways to pay were narrowed.
    """

    id: UUID
    order_id: UUID | None
    cart_id: UUID | None
    state: ReviewState
    score: int
    hint: int
    gross: Money
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None
    decided_by: str
    reason: str
    has_appeal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRow:
    """The customer's own words; opened only for whoever decides."""

    id: UUID
    words: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How other thresholds would have done with the last orders."""

    orders: int
    passed: int
    stronger: int
    reviewed: int
    reviewed_today: int


class LoginStep(StrEnum):
    """What a sign-in needs besides the right password. There is no «blocked»."""

    PASS = "pass"  # noqa: S105  (no password)
    NOTIFY = "notify"
    PROVE = "prove"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginSignals:
    """What is known about a sign-in. Failures within an hour, devices within ten minutes."""

    device_is_known: bool = False
    account_has_devices: bool = False
    failures_of_account: int = 0
    failures_of_device: int = 0
    accounts_of_device: int = 0
    devices_at_once: int = 0
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginVerdict:
    """The step and why, by the names of LoginSignals' fields."""

    step: LoginStep
    reasons: tuple[str, ...] = field(default=())
