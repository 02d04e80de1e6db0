"""After an order was placed: looked at once, whoever comes first, the reaction or the packer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tresen.domains.carts.queries import made_at_of
from tresen.domains.catalog.queries import shelves_of
from tresen.domains.orders.commands import tell
from tresen.domains.orders.queries import list_whole_orders
from tresen.domains.orders.types import OrderRow, OrderState
from tresen.domains.risk.commands import ToKeep, keep_assessments, note_orders, note_payment
from tresen.domains.risk.queries import (
    ask_histories,
    assessed_ids,
    current_ruleset,
    keys_of,
    sightings_of,
)
from tresen.domains.risk.rules import (
    facts_of,
    mail_domains_of,
    outcome_of,
    place_of,
    score,
    settled_outcome,
)
from tresen.domains.risk.types import (
    Asking,
    Assessed,
    EventKind,
    Facts,
    History,
    Keys,
    Outcome,
    Ruleset,
    Sighting,
)
from tresen.foundation.actor import SYSTEM
from tresen.workflows.caring.order_letters import channel_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What else is known of the orders: their carts, their shelves."""

    sightings: Mapping[UUID, Sighting]
    begun_at: Mapping[UUID, datetime]
    shelves: Mapping[UUID, tuple[str, ...]]


@transaction.atomic
def weigh_orders(order_ids: Collection[UUID], *, now: datetime) -> list[UUID]:
    """Look at those that nobody looked at, hold back what a person is to see; which were held.

    Every look counts once: said again, nothing changes.
    """
    known = assessed_ids(order_ids)
    orders = list_whole_orders([one for one in order_ids if one not in known])
    if not orders:
        return []
    ruleset, beside = current_ruleset(), _beside(orders)
    askings = [_asking(order, beside) for order in orders]
    note_orders(
        seen=[
            (one.id, asking.keys, one.placed_at)
            for one, asking in zip(orders, askings, strict=True)
        ]
    )
    histories = ask_histories(askings).answer()
    held = keep_assessments(
        kept=[
            _kept(order, history, beside=beside, ruleset=ruleset, now=now)
            for order, history in zip(orders, histories, strict=True)
        ]
    )
    for order_id in held:
        tell(order_id=order_id, kind="risk_held", now=now, actor=SYSTEM)
    return held


@transaction.atomic
def note_outcome(*, order_id: UUID, kind: EventKind, at: datetime) -> None:
    """What became of an order's payment, also where that is known before anything else."""
    if not note_payment(order_id=order_id, kind=kind, at=at):
        weigh_orders([order_id], now=at)
        note_payment(order_id=order_id, kind=kind, at=at)


def _beside(orders: Iterable[OrderRow]) -> _Beside:
    orders = list(orders)
    carts = [order.cart_id for order in orders if order.cart_id]
    return _Beside(
        sightings=sightings_of(carts),
        begun_at=made_at_of(carts),
        shelves=shelves_of([line.variant_id for order in orders for line in order.lines]),
    )


def _asking(order: OrderRow, beside: _Beside) -> Asking:
    address = order.address
    place = (
        place_of(country=address.country, postcode=address.postcode, street=address.street)
        if address
        else ""
    )
    keys = keys_of(email=order.person.email, place=place)
    return Asking(
        keys=Keys(people=keys.people, places=keys.places, devices=_devices(order, beside)),
        at=order.placed_at,
        gross=order.gross,
        mail_domains=mail_domains_of(order.person.email),
        order_id=order.id,
    )


def _devices(order: OrderRow, beside: _Beside) -> tuple[bytes, ...]:
    seen = beside.sightings.get(order.cart_id) if order.cart_id else None
    return (seen.device_key,) if seen and seen.device_key else ()


def _kept(
    order: OrderRow,
    history: History,
    *,
    beside: _Beside,
    ruleset: Ruleset,
    now: datetime,
) -> ToKeep:
    seen = beside.sightings.get(order.cart_id) if order.cart_id else None
    history = replace(history, network=seen.network if seen else "")
    facts = _facts(order, beside)
    scored = score(facts, history, ruleset=ruleset)
    outcome = settled_outcome(outcome_of(scored, ruleset), order.payment_method)
    assessed = Assessed(
        order_id=order.id,
        person_id=order.person_id,
        ruleset=ruleset.version,
        facts=facts,
        history=history,
        scored=scored,
        outcome=outcome,
        held=outcome is Outcome.REVIEW and order.state is OrderState.PLACED,
        assessed_at=now,
        method=order.payment_method,
    )
    return ToKeep(
        assessed=assessed,
        gross=order.gross,
        due_at=now + timedelta(hours=ruleset.hours),
    )


def _facts(order: OrderRow, beside: _Beside) -> Facts:
    delivery = order.address.country if order.address else order.tax_country
    shelves = (beside.shelves.get(line.variant_id, ()) for line in order.lines)
    return facts_of(
        delivery_country=delivery,
        billing_country=order.billing.country if order.billing else delivery,
        phone=order.person.phone,
        method=order.payment_method,
        quantities=[line.quantity for line in order.lines],
        categories=(path for paths in shelves for path in paths),
        begun_at=beside.begun_at.get(order.cart_id) if order.cart_id else None,
        at=order.placed_at,
        zone=channel_of(order.channel_code).market.time_zone,
    )
