"""For each way to pay: the adapter, and a hand on the other side that pays for the customer."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

from tresen.adapters.payments.bank_transfer import BankTransfer
from tresen.adapters.payments.demo.books import DemoBooks
from tresen.adapters.payments.demo.card import DemoCard
from tresen.adapters.payments.demo.desk import DemoDesk
from tresen.adapters.payments.pay_in_store import PayInStore
from tresen.adapters.payments.stripe.client import StripeApi
from tresen.adapters.payments.stripe.provider import StripeProvider
from tresen.adapters.payments.stripe.words import text
from tresen.adapters.payments.tests.stripe_double import HOST, StripeDouble
from tresen.domains.payments.ports import PaymentProvider, PaymentRequest
from tresen.domains.payments.types import Payee
from tresen.foundation.http import Client, Limits
from tresen.foundation.money import Money

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECRET = b"a secret of the demo card"
WEBHOOK_SECRET = "whsec_test"
START_SECONDS_MAX = 20.0
PICKLE = Path("/tmp/localstripe.pickle")  # noqa: S108 (where localstripe writes, whatever we say)


def request(*, minor: int = 5000, currency: str = "EUR", key: UUID | None = None) -> PaymentRequest:
    return PaymentRequest(
        key=key or uuid4(),
        order_number="TR-1001",
        creditor_reference="RF08TR1001",
        amount=Money(minor, currency),
        title="Shop · TR-1001",
        locale="de",
        return_url="https://shop.example/de/orders/x/",
        cancel_url="https://shop.example/de/orders/x/",
        payee=Payee(holder="Kontor am Fleet GmbH", iban="DE75512108001245126199", bic=""),
    )


class Side(Protocol):
    """One way to pay. `pay` returns the reference to refund against."""

    provider: PaymentProvider
    keeps_keys: bool
    bounds_refunds: bool

    def begin(self, asked: PaymentRequest) -> str: ...

    def pay(self, reference: str) -> str: ...


class ByHandSide:
    """Nobody pays here that a machine would see."""

    keeps_keys = True
    bounds_refunds = False

    def __init__(self, provider: PaymentProvider) -> None:
        self.provider: PaymentProvider = provider

    def begin(self, asked: PaymentRequest) -> str:
        return self.provider.start(request=asked).reference

    def pay(self, reference: str) -> str:
        return reference


class DemoSide:
    """The demo card with books in a folder of the test."""

    keeps_keys = True
    bounds_refunds = True

    def __init__(self, folder: Path) -> None:
        self.books = DemoBooks(folder / "card.sqlite3")
        self.desk = DemoDesk(books=self.books, secret=lambda: SECRET)
        self.provider: PaymentProvider = DemoCard(
            books=self.books,
            secret=lambda: SECRET,
            page="/{locale}/demo-card/{reference}/",
            clock=lambda: NOON,
        )

    def begin(self, asked: PaymentRequest) -> str:
        return self.provider.start(request=asked).reference

    def pay(self, reference: str, card: str = "4000 0000 0000 0002") -> str:
        self.desk.pay(reference=reference, card_number=card, now=NOON)
        return reference


class StripeSide:
    """Checkout against our stand-in."""

    keeps_keys = True
    bounds_refunds = True

    def __init__(self) -> None:
        self.double = StripeDouble()
        self.provider: PaymentProvider = stripe_provider(
            HOST,
            Client(
                allowed=("stripe.test",),
                inner=lambda: self.double,
                sleep=lambda _: None,
                limits=Limits(retries_max=0),
            ),
        )

    def begin(self, asked: PaymentRequest) -> str:
        return self.provider.start(request=asked).reference

    def pay(self, reference: str) -> str:
        self.double.pay(reference)
        return f"pi_{reference}"


class LocalStripeSide:
    """Intents over the network against localstripe: it has no Checkout, and forgets keys."""

    keeps_keys = False
    bounds_refunds = False

    def __init__(self, base: str) -> None:
        client = Client(allowed=(base.removeprefix("http://"),))
        self.provider: PaymentProvider = stripe_provider(base, client)
        self.api = StripeApi(secret_key="sk_test_1", base=base, client=client)

    def begin(self, asked: PaymentRequest, *, capture: str = "automatic") -> str:
        card = {"number": "4242424242424242", "exp_month": "12", "exp_year": "2030", "cvc": "123"}
        method = self.api.write(
            "/v1/payment_methods",
            {"type": "card", **{f"card[{name}]": value for name, value in card.items()}},
            key=f"card-{asked.key}",
        )
        intent = self.api.write(
            "/v1/payment_intents",
            {
                "amount": str(asked.amount.minor),
                "currency": asked.amount.currency.lower(),
                "payment_method": text(method, "id"),
                "capture_method": capture,
                "metadata[payment_id]": str(asked.key),
                "metadata[order_number]": asked.order_number,
            },
            key=f"intent-{asked.key}",
        )
        return text(intent, "id")

    def pay(self, reference: str) -> str:
        self.api.write(f"/v1/payment_intents/{reference}/confirm", {}, key=f"pay-{reference}")
        return reference


def stripe_provider(base: str, client: Client) -> StripeProvider:
    return StripeProvider(
        secret_key="sk_test_1", webhook_secret=WEBHOOK_SECRET, base=base, client=client
    )


def by_hand_sides() -> dict[str, ByHandSide]:
    return {"bank_transfer": ByHandSide(BankTransfer()), "pay_in_store": ByHandSide(PayInStore())}


@contextmanager
def localstripe() -> Iterator[str]:
    """Start localstripe as a process of its own (GPL: never imported), stop it afterwards."""
    had_pickle = PICKLE.exists()
    port = _free_port()
    program = Path(sys.executable).with_name("localstripe")
    process = subprocess.Popen(
        [str(program), "--port", str(port), "--from-scratch"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(base, process)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=10)
        if not had_pickle:
            PICKLE.unlink(missing_ok=True)


def _free_port() -> int:
    with contextlib.closing(socket.socket(socket.AF_INET6)) as taken:
        taken.bind(("::", 0))
        return int(taken.getsockname()[1])


def _wait_for(base: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < until:
        assert process.poll() is None, "localstripe ended early"
        try:
            urllib.request.urlopen(f"{base}/js.stripe.com/v3/", timeout=1).close()  # noqa: S310
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("localstripe did not start")
