"""Two houses under one roof: what belongs to one must never be told to the other.

People of the other house carry CANARY, its shelf PLACE_CANARY: words that stand nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import UUID

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tresen.domains.accounts.commands import hire, set_memberships
from tresen.domains.accounts.models import User
from tresen.domains.accounts.types import Membership
from tresen.domains.carts.tests.make import address, contact
from tresen.domains.inventory.commands import open_location, receive_stock
from tresen.domains.inventory.types import LocationKind, Need, NewLocation
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderRow
from tresen.domains.payments.queries import list_payments_of, list_refunds_of
from tresen.domains.payments.types import RefundReason
from tresen.domains.stores.commands import found_store, make_publishable_key, open_channel
from tresen.domains.stores.queries import get_channel
from tresen.domains.stores.types import ChannelKind, ChannelRow, NewStore
from tresen.foundation import clock, sql
from tresen.foundation.actor import GUEST, SYSTEM
from tresen.foundation.ids import outer
from tresen.foundation.money import Money
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.prepare_order import address_cart, deliver_cart_by, pay_cart_by
from tresen.workflows.buying.refund_payment import refund_payment
from tresen.workflows.buying.settle_payment import mark_paid
from tresen.workflows.buying.tests.make import NOON, SmallShop, filled_cart, small_shop

CANARY, PLACE_CANARY = "Kanarienvogel", "Speicherkoog"
MINE, OTHER = "altona", "schapp"
OTHER_KEY, MINE_KEY = "pk_test", "pk_altona"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One store with its channel, a paid order, a waiting cart, and their ids outside."""

    channel: ChannelRow
    order: OrderRow
    cart_id: UUID
    payment: str
    refund: str

    @property
    def id(self) -> UUID:
        return self.order.id

    @property
    def number(self) -> str:
        return self.order.number

    @property
    def token(self) -> str:
        return outer("ord", self.order.id)

    @property
    def cart(self) -> str:
        return outer("cart", self.cart_id)


@dataclass
class Houses:
    """Both, and whoever works there."""

    shop: SmallShop
    mine: House
    other: House
    hired: list[str] = field(default_factory=list)

    def staff(self, *memberships: Membership, name: str = "") -> Client:
        """Signed in with a second factor, with these roles and no others."""
        return staff(*memberships, name=name or f"staff-{len(self.hired)}", hired=self.hired)

    def paths_of(self, house: House) -> list[str]:
        """Pages of the back office about an order of that house."""
        base = f"/staff/orders/{house.token}/"
        return [base, f"{base}shipment/", f"{base}refund/"]


@contextmanager
def clock_of_noon() -> Iterator[None]:
    """For worlds that outlive a test: all clocks stand at NOON."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        yield


def staff(
    *memberships: Membership, name: str, hired: list[str], second_factor: bool = True
) -> Client:
    user_id = hire(
        username=name,
        display_name=name.title(),
        email=f"{name}@schapp.example",
        role=memberships[0].role,
        password="eine lange Losung",
        now=NOON,
    )
    set_memberships(user_id=user_id, memberships=memberships, now=NOON)
    hired.append(name)
    user = User.objects.get(id=user_id)
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    client = Client(headers={"accept-language": "de"})
    client.force_login(user)
    return client


def two_houses(monkeypatch: pytest.MonkeyPatch | None = None) -> Houses:
    """The small shop is the other one; the first one joins it with a shelf of its own."""
    if monkeypatch is not None:
        monkeypatch.setattr(clock, "now", lambda: NOON)
    shop = small_shop(pieces=40)
    channel = _another_store(shop)
    for store, place, name in ((MINE, "altona", "Altona"), (OTHER, "hafen", PLACE_CANARY)):
        open_location(
            location=NewLocation(code=place, name=name, kind=LocationKind.STORE, store_code=store)
        )
        receive_stock(needs=[Need(shop.tea, 7)], location_code=place, now=NOON, actor=SYSTEM)
    return Houses(
        shop=shop,
        mine=_house(replace(shop, channel=channel), name="Erika Beispiel"),
        other=_house(shop, name=CANARY),
    )


def _another_store(shop: SmallShop) -> ChannelRow:
    known = shop.channel.store
    words = {name: getattr(known, name) for name in NewStore.__slots__}
    store_id = found_store(store=NewStore(**{**words, "code": MINE, "name": "Altona"}))
    channel_id = open_channel(
        code="web-altona", name="Altona", kind=ChannelKind.WEB, store_id=store_id, market="de"
    )
    make_publishable_key(channel_id=channel_id, label="test", now=NOON, key=MINE_KEY)
    sql.run(
        "INSERT INTO catalog_publication (product_id, channel_code, from_at, until_at)"
        " SELECT product_id, 'web-altona', from_at, until_at FROM catalog_publication"
    )
    return get_channel("web-altona")


def _house(shop: SmallShop, *, name: str) -> House:
    placed = place_order(
        cart_id=_ready(shop, name=name),
        channel=shop.channel,
        key=f"key-{name}",
        seen_total=None,
        texts={},
        now=NOON,
        actor=GUEST,
    )
    (payment,) = list_payments_of(placed.order_id)
    mark_paid(payment_id=payment.id, amount=payment.owed, key="paid", now=NOON, actor=SYSTEM)
    refund_payment(
        payment_id=payment.id,
        amount=Money(100, "EUR"),
        reason=RefundReason.GOODWILL,
        key=f"back-{name}",
        now=NOON,
        actor=SYSTEM,
    )
    (refund,) = list_refunds_of(placed.order_id)
    return House(
        channel=shop.channel,
        order=get_order(placed.order_id),
        cart_id=_ready(shop, name=name),
        payment=outer("pay", payment.id),
        refund=outer("ref", refund.id),
    )


def _ready(shop: SmallShop, *, name: str) -> UUID:
    """A cart that only waits for the button, of somebody of that name."""
    cart_id, channel = filled_cart(shop), shop.channel
    address_cart(
        cart_id=cart_id,
        contact=contact(email=f"{name.split(maxsplit=1)[0].lower()}@example.com"),
        address=address(name=name, street=f"{name}weg 7"),
        billing=None,
        pickup=False,
        channel=channel,
        locale="de",
        now=NOON,
    )
    deliver_cart_by(
        cart_id=cart_id, delivery_code="parcel-de", channel=channel, locale="de", now=NOON
    )
    pay_cart_by(
        cart_id=cart_id, payment_method="bank_transfer", channel=channel, locale="de", now=NOON
    )
    return cart_id
