"""What we ask of any payment service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from tresen.domains.payments.types import Claim, Payee
from tresen.foundation.money import Money
from tresen.foundation.ports import Shelf
from tresen.foundation.refusals import Refusal


class ProviderRefused(Refusal):
    """The provider said no, and surely did nothing. Remedy: another way to pay."""

    code = "payment_refused"
    status = 422
    message = "The payment was not possible. Please choose another way to pay."


class OutcomeUnknown(Exception):
    """No answer came: it may or may not have happened. Remedy: ask before trying anew (I-11)."""


class ProviderUnreachable(Exception):
    """The provider could not be reached, and surely did nothing. Remedy: try again later."""


class BadNotice(Refusal):
    """A message that is not, or not provably, from the provider."""

    code = "bad_notice"
    status = 400
    message = "This message does not carry a valid signature."


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequest:
    """What is to be paid, and where the customer comes back to.

    `key` is our payment id: the same key never charges twice. `amount` is greater than zero,
    whole minor units. `locale` is 'de' or 'en'. `title` is shown on the provider's page and
    names no goods and no person. URLs are absolute. `creditor_reference` is the ISO 11649
    reference of the order. With `proof` the provider makes sure that the owner of the means pays
    (3-D Secure, strong customer authentication), also where it would let it be.
    """

    key: UUID
    order_number: str
    creditor_reference: str
    amount: Money
    title: str
    locale: str
    return_url: str
    cancel_url: str
    payee: Payee
    proof: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferInstructions:
    """How to pay by bank transfer: account, reference, and an EPC069-12 code as SVG.

    `reference` is an ISO 11649 creditor reference (RF…). `qr_svg` is empty where the code
    does not exist (other currencies than euro) or the account is not known.
    """

    payee: Payee
    amount: Money
    reference: str
    qr_svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The provider's name for the payment, and what the customer does next.

    With a `redirect_url` the customer goes there; else the payment is made elsewhere.
    """

    reference: str
    redirect_url: str | None = None
    instructions: TransferInstructions | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderState:
    """What the provider knows of a payment, as claims. `is_final`: no more will come unasked."""

    claims: tuple[Claim, ...]
    is_final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message whose signature was right: its id (unique per provider), kind, and claims."""

    event_id: str
    kind: str
    claims: tuple[Claim, ...]


class PaymentProvider(Protocol):
    """A payment service. Every call names our key, so that doing it twice does it once.

    Raises ProviderRefused (surely not done, and will not be), ProviderUnreachable (surely not
    done), OutcomeUnknown (perhaps done: ask with `fetch`). Calls go over the network: never
    inside a database transaction.
    """

    @property
    def merchant(self) -> str:
        """The account that money must have gone to; claims of another are set aside."""
        ...

    @property
    def redirects(self) -> bool:
        """Whether the customer is sent to a page of the provider."""
        ...

    @property
    def answers(self) -> bool:
        """Whether the provider knows what became of a payment; else a person says so."""
        ...

    def start(self, *, request: PaymentRequest) -> Started:
        """Open the payment at the provider. The same key gives the same answer."""
        ...

    def instructions(self, *, request: PaymentRequest) -> TransferInstructions | None:
        """What the customer needs to know to pay; no effect, no network."""
        ...

    def fetch(self, *, key: UUID, reference: str) -> ProviderState:
        """Ask what became of a payment. `reference` may be empty if `start` gave no answer."""
        ...

    def capture(self, *, key: UUID, reference: str, amount: Money) -> ProviderState:
        """Take authorized money; `amount` at most what was authorized."""
        ...

    def cancel(self, *, key: UUID, reference: str) -> ProviderState:
        """Give up an unpaid payment; one that was paid meanwhile says so."""
        ...

    def refund(
        self, *, refund_key: UUID, key: UUID, reference: str, amount: Money
    ) -> ProviderState:
        """Give captured money back; `reference` is the capture's. The same key refunds once."""
        ...

    def verify_notice(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """Check who sent a message and read it. Raises BadNotice. Header names in lower case."""
        ...

    def read_notice(self, *, body: str) -> Notice:
        """Read a message that was verified before and kept."""
        ...


providers: Shelf[PaymentProvider] = Shelf("payment provider")


class DemoScenario(StrEnum):
    """How a demo card behaves; the last four digits of its number choose."""

    SUCCEED = "succeed"
    DECLINE = "decline"
    TIME_OUT = "time_out"
    LATE_NOTICE = "late_notice"
    DUPLICATE_NOTICE = "duplicate_notice"
    REORDERED_NOTICES = "reordered_notices"
    WRONG_AMOUNT = "wrong_amount"
    REFUND_TIMES_OUT = "refund_times_out"
    REFUND_FAILS = "refund_fails"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCharge:
    """What the demo provider's payment page shows; `state`: waiting, paid, declined, given_up."""

    reference: str
    order_number: str
    amount: Money
    state: str
    return_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawNotice:
    """A message as it comes over the wire."""

    headers: Mapping[str, str]
    body: bytes


class DemoCardDesk(Protocol):
    """The other side of the demo provider: its payment page and its messenger."""

    def find(self, *, reference: str) -> DemoCharge | None:
        """The charge of that reference, or None."""
        ...

    def numbers(self) -> Sequence[tuple[str, DemoScenario]]:
        """Card numbers to offer, and what each does."""
        ...

    def pay(self, *, reference: str, card_number: str, now: datetime) -> DemoCharge:
        """The customer pays. Raises ProviderRefused (unknown card, declined), OutcomeUnknown."""
        ...

    def give_up(self, *, reference: str, now: datetime) -> DemoCharge:
        """The customer goes back without paying."""
        ...

    def due_notices(self, *, now: datetime, limit: int) -> Sequence[RawNotice]:
        """Messages to deliver now; each is handed out as often as its scenario says."""
        ...


demo_desks: Shelf[DemoCardDesk] = Shelf("demo card desk")
