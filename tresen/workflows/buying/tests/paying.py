"""Orders that wait for their money, and a provider that does what a test tells it to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from tresen.domains.orders.commands import ask_number, open_order
from tresen.domains.orders.tests import make as orders
from tresen.domains.payments.commands import note_reference, open_payment, post_sale
from tresen.domains.payments.ports import (
    BadNotice,
    Notice,
    PaymentRequest,
    ProviderState,
    RawNotice,
    Started,
    TransferInstructions,
    demo_desks,
    providers,
)
from tresen.domains.payments.types import Claim, EventKind
from tresen.domains.stores.commands import found_store
from tresen.domains.stores.types import NewStore
from tresen.foundation.actor import GUEST, Actor
from tresen.foundation.money import Money
from tresen.workflows.buying.start_payment import start_payment

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CLERK = Actor("staff", UUID(int=7))
BACK = "https://shop.example/de/orders/x/"
GOOD_CARD = "4000000000000002"


@dataclass(frozen=True, kw_only=True)
class Owed:
    """An order and the payment that waits for it."""

    order_id: UUID
    payment_id: UUID
    gross: Money


def owed(method: str = "demo_card", *, minor: int = 5950) -> Owed:
    """An order whose sale is in the books and whose payment is open."""
    found_store(
        store=NewStore(
            code="altona",
            name="Schapp",
            legal_name="Schapp GmbH",
            street="Packhofkai 4",
            postcode="20539",
            city="Hamburg",
            country="DE",
            email="moin@schapp.example",
            iban="DE02120300000000202051",
            bic="BYLADEM1001",
            account_holder="Schapp GmbH",
        )
    )
    order = replace(orders.order(orders.line(minor=minor)), payment_method=method)
    with transaction.atomic():
        number = ask_number().answer()
        open_order(order=order, number=number, now=NOON, actor=GUEST)
        post_sale(order_id=order.id, gross=order.gross, net=order.net, tax=order.tax, now=NOON)
        payment_id = open_payment(
            order_id=order.id, method=method, amount=order.gross, order_number=number, now=NOON
        )
    return Owed(order_id=order.id, payment_id=payment_id, gross=order.gross)


def begin(order_id: UUID, *, now: datetime = NOON) -> str | None:
    return start_payment(order_id=order_id, return_url=BACK, cancel_url=BACK, now=now)


def name_payment(payment_id: UUID, reference: str) -> None:
    """As if the provider had named it: without a call, so that a test may stay in a transaction."""
    note_reference(payment_id=payment_id, reference=reference)


def reference_in(url: str | None) -> str:
    """The demo charge's reference in the address of its payment page."""
    assert url is not None
    return url.rstrip("/").rpartition("/")[2]


def forget_demo_notices() -> None:
    """The demo provider's books outlive a test; what it still wants to say must not."""
    demo_desks.take("demo_card").due_notices(now=NOON + timedelta(days=4000), limit=100_000)


class ScriptedProvider:
    """Answers what it was told to; an exception in the script is raised. Remembers the calls."""

    merchant = "scripted"
    redirects = True
    answers = True

    def __init__(self) -> None:
        self.script: dict[str, list[object]] = {}
        self.calls: list[tuple[str, str]] = []

    def will(self, call: str, *answers: object) -> None:
        self.script.setdefault(call, []).extend(answers)

    def start(self, *, request: PaymentRequest) -> Started:
        found = self._next("start", str(request.key), Started(reference=f"s-{request.key}"))
        assert isinstance(found, Started)
        return found

    def instructions(self, *, request: PaymentRequest) -> TransferInstructions | None:
        return None

    def fetch(self, *, key: UUID, reference: str) -> ProviderState:
        return self._state("fetch", str(key))

    def capture(self, *, key: UUID, reference: str, amount: Money) -> ProviderState:
        return self._state("capture", str(key))

    def cancel(self, *, key: UUID, reference: str) -> ProviderState:
        return self._state("cancel", str(key))

    def refund(
        self, *, refund_key: UUID, key: UUID, reference: str, amount: Money
    ) -> ProviderState:
        return self._state("refund", str(refund_key))

    def verify_notice(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        if headers.get("signature") != "right":
            raise BadNotice
        return self.read_notice(body=body.decode())

    def read_notice(self, *, body: str) -> Notice:
        found = self._next("read_notice", body, None)
        if found is None:
            raise BadNotice
        assert isinstance(found, Notice)
        return found

    def _state(self, call: str, key: str) -> ProviderState:
        found = self._next(call, key, ProviderState(claims=(), is_final=False))
        assert isinstance(found, ProviderState)
        return found

    def _next(self, call: str, key: str, otherwise: object) -> object:
        self.calls.append((call, key))
        waiting = self.script.get(call, [])
        found = waiting.pop(0) if waiting else otherwise
        if isinstance(found, Exception):
            raise found
        return found


def scripted() -> ScriptedProvider:
    """A fresh scripted provider on the shelf, under the method `scripted`."""
    provider = ScriptedProvider()
    providers.put("scripted", provider)
    return provider


def told(
    found: Owed,
    kind: EventKind = EventKind.CAPTURED,
    *,
    minor: int | None = None,
    refund_key: str = "",
    money_id: str = "money",
    event_id: str = "",
) -> Claim:
    """What the scripted provider says of a payment."""
    reference = f"s-{found.payment_id}"
    return Claim(
        kind=kind,
        event_id=event_id or f"{kind}-{uuid4()}",
        references=(reference,),
        merchant=ScriptedProvider.merchant,
        amount=Money(found.gross.minor if minor is None else minor, "EUR"),
        happened_at=NOON,
        money_id=money_id,
        capture_reference=reference,
        payment_key=str(found.payment_id),
        refund_key=refund_key,
    )


def raw(body: str = "{}") -> RawNotice:
    return RawNotice(headers={"signature": "right"}, body=body.encode())
