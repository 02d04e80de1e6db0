"""From accounts and orders to what the account's pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from tresen.domains.accounts.types import FactorKind, FactorRow
from tresen.domains.orders.types import FulfilmentState, OrderState, OrderSummary, PaymentState
from tresen.entrypoints.shared.rows import Link
from tresen.foundation.ids import outer
from tresen.foundation.money import Money

_PAID = {PaymentState.PAID, PaymentState.PARTLY_REFUNDED, PaymentState.REFUNDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    """One page of the account; `current` is the one that is shown."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One order of the list: opened by its own signed link."""

    number: str
    placed_at: datetime
    pieces: int
    gross: Money
    state: str
    tone: str
    url: str
    again: str


def nav(current: str) -> list[NavLink]:
    """Orders first."""
    pages = (
        ("account", "account", gettext("Orders")),
        ("profile", "account_profile", gettext("Profile")),
        ("places", "account_places", gettext("Addresses")),
        ("security", "account_security", gettext("Signing in")),
    )
    return [
        NavLink(label=label, url=reverse(f"storefront:{page}"), current=name == current)
        for name, page, label in pages
    ]


def order_row(order: OrderSummary, *, url: str) -> OrderLine:
    words, tone = _state(order)
    return OrderLine(
        number=order.number,
        placed_at=order.placed_at,
        pieces=order.pieces,
        gross=order.gross,
        state=words,
        tone=tone,
        url=url,
        again=outer("ord", order.id),
    )


def passkeys(factors: Sequence[FactorRow]) -> list[FactorRow]:
    return [factor for factor in factors if factor.kind is FactorKind.PASSKEY]


def app_of(factors: Sequence[FactorRow]) -> FactorRow | None:
    return next((factor for factor in factors if factor.kind is FactorKind.APP), None)


def way_back() -> Link:
    return Link(gettext("Signing in"), reverse("storefront:account_security"))


def _state(order: OrderSummary) -> tuple[str, str]:
    if order.state is OrderState.CANCELLED:
        return gettext("Cancelled"), "attention"
    moving = {
        FulfilmentState.COLLECTED: gettext("Collected"),
        FulfilmentState.SHIPPED: gettext("Sent off"),
        FulfilmentState.PARTLY_SHIPPED: gettext("Partly sent"),
    }
    if order.fulfilment_state in moving:
        return moving[order.fulfilment_state], "ok"
    if order.payment_state in _PAID or order.payment_method == "pay_in_store":
        return gettext("Being packed"), "info"
    return gettext("Waits for the payment"), "attention"
