"""A member of the staff at the counter, and orders to work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tresen.domains.accounts.commands import decide, hire
from tresen.domains.accounts.models import Approval, User
from tresen.domains.accounts.types import Role
from tresen.foundation import clock
from tresen.foundation.actor import GUEST
from tresen.foundation.ids import outer
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.tests.make import NOON, SmallShop, ready_cart

HOSTILE = ("", "x", "-1", "1.5", "1e9", "NaN", "9" * 40, "\x00", "٣", "' OR 1=1 --", "x" * 5_000)


def clerk(*, second_factor: bool = True, name: str = "frieda", role: Role = Role.OWNER) -> Client:
    """Signed in; with a second factor and every right unless said otherwise."""
    user_id = hire(
        username=name,
        display_name=name.title(),
        email=f"{name}@schapp.example",
        role=role,
        password="eine lange Losung",
        now=NOON,
    )
    user = User.objects.get(id=user_id)
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    client = Client(headers={"accept-language": "de"})
    client.force_login(user)
    return client


@dataclass
class Counter:
    """The shop and the clerk; paths are below /staff."""

    shop: SmallShop
    browser: Client = field(default_factory=clerk)

    def get(self, path: str, **query: str) -> Any:
        return self.browser.get(f"/staff{path}", query)

    def post(self, path: str, **typed: object) -> Any:
        return self.browser.post(f"/staff{path}", typed)

    def order(
        self, *lines: tuple[UUID, int], payment: str = "bank_transfer", paid: bool = False
    ) -> UUID:
        """One tea and two mugs, or these lines."""
        delivery = "pickup-altona" if payment == "pay_in_store" else "parcel-de"
        cart_id = ready_cart(self.shop, *lines, payment=payment, delivery=delivery)
        placed = place_order(
            cart_id=cart_id,
            channel=self.shop.channel,
            key=f"key-{cart_id}",
            seen_total=None,
            texts={},
            now=NOON,
            actor=GUEST,
        )
        if paid:
            self.post(f"{order_path(placed.order_id)}payment/")
        return placed.order_id


def order_path(order_id: UUID) -> str:
    return f"/orders/{outer('ord', order_id)}/"


def allow_list(counter: Counter, name: str = "orders", **asked: str) -> None:
    """Somebody else has allowed that this list, so asked, leaves as a file, once."""
    counter.post(f"/approvals/lists/{name}/?{urlencode(sorted(asked.items()))}", purpose="check")
    wish = Approval.objects.get(state="waiting", object_id=name)
    decide(approval_id=wish.id, approved=True, decided_by=uuid4(), now=clock.now())
