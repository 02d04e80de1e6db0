"""Reads. get_ raises, find_ may return None, list_ is bounded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from tresen.domains.orders.models import History, Line, Order
from tresen.domains.orders.rules import is_number
from tresen.domains.orders.types import (
    SETTLED,
    Delivery,
    FulfilmentState,
    HistoryRow,
    LineRow,
    OrderRow,
    OrderState,
    OrderSummary,
    PaymentState,
    Person,
    PostalAddress,
    TaxShare,
    Veil,
)
from tresen.domains.privacy.queries import find_person_by_email, list_persons_by_phone
from tresen.domains.stores.queries import list_channels
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import CannotOpen, Restricted, prefetch, unseal_json

ORDERS_MAX = 200
COUNT_MAX = 10_000
ORDERS_ASKED_MAX = 1_000
NOBODY = UUID(int=0)
HOME = "DE"
"""Where a number is at home in a shop that delivers nowhere yet."""
NOWHERE = "ZZ"
"""Where a number with its country code is at home."""
_TO_PACK = Q(
    state=OrderState.PLACED,
    fulfilment_state__in=[FulfilmentState.OPEN, FulfilmentState.PARTLY_SHIPPED],
) & (Q(payment_state__in=SETTLED) | Q(payment_method="pay_in_store"))


class NoSuchOrder(Refusal):
    """No order of that id or number, or not for the one who asks."""

    code = "no_such_order"
    status = 404
    message = "There is no such order."


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFilter:
    """What a list is narrowed to; empty means all.

    `text` is an order number, an e-mail address, or a phone number (+49… or 0…).

    `to_pack`: goods wait for somebody, and nothing has to be paid before they leave.
    `ids`: at most ORDERS_MAX orders that somebody else has found; None means all; `without` are
    as many that are left out.
    `stores`: only orders of these stores, by their codes; None means all.
    """

    state: str = ""
    payment_state: str = ""
    fulfilment_state: str = ""
    to_pack: bool = False
    ids: Collection[UUID] | None = None
    without: Collection[UUID] = ()
    stores: Collection[str] | None = None
    text: str = ""


def get_order(order_id: UUID, *, stores: Collection[str] | None = None) -> OrderRow:
    """A whole order in four statements, one of them for its keys.

    Raises NoSuchOrder, also for one of another store.
    """
    order = (
        Order.objects.filter(_of_stores(stores), id=order_id)
        .prefetch_related(
            Prefetch("lines", queryset=Line.objects.order_by("position")),
            Prefetch("history", queryset=History.objects.order_by("id")),
        )
        .first()
    )
    if order is None:
        raise NoSuchOrder(field="order")
    return _rows([order])[0]


def list_whole_orders(order_ids: Sequence[UUID]) -> list[OrderRow]:
    """Whole orders, without their history, in three statements however many; oldest first."""
    assert len(order_ids) <= ORDERS_MAX
    lines = Prefetch("lines", queryset=Line.objects.order_by("position"))
    nothing = Prefetch("history", queryset=History.objects.none())
    found = Order.objects.filter(id__in=order_ids).prefetch_related(lines, nothing)
    return _rows(list(found.order_by("placed_at", "id")))


def numbers_of(order_ids: Collection[UUID]) -> dict[UUID, str]:
    """What people call these orders."""
    found = Order.objects.filter(id__in=list(order_ids)).values_list("id", "number")
    return dict(found)


def orders_among(order_ids: Collection[UUID], *, stores: Collection[str] | None) -> set[UUID]:
    """Those of these orders that belong to one of the stores."""
    if stores is None:
        return set(order_ids)
    found = Order.objects.filter(_of_stores(stores), id__in=list(order_ids)[:ORDERS_ASKED_MAX])
    return set(found.values_list("id", flat=True))


def find_order_id(number: str) -> UUID | None:
    """The id behind a number, or None."""
    return Order.objects.filter(number=number).values_list("id", flat=True).first()


def person_of_order(order_id: UUID) -> UUID | None:
    """Whose order it is."""
    return Order.objects.filter(id=order_id).values_list("person_id", flat=True).first()


def list_orders(
    *, narrow: OrderFilter, before: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[OrderSummary]:
    """Newest first, from a cursor on: the placing time and id of the last one seen."""
    assert 0 < limit <= ORDERS_MAX
    found = Order.objects.filter(_narrowed(narrow))
    if before is not None:
        placed_at, order_id = before
        found = found.filter(Q(placed_at__lt=placed_at) | Q(placed_at=placed_at, id__lt=order_id))
    return _summaries(found.order_by("-placed_at", "-id")[:limit])


def count_orders(*, narrow: OrderFilter) -> int:
    """How many there are, counted up to COUNT_MAX."""
    return Order.objects.filter(_narrowed(narrow))[:COUNT_MAX].count()


def list_unpaid_since(*, before: datetime, methods: tuple[str, ...], limit: int) -> list[UUID]:
    """Placed, still unpaid, and older than that: for the end of the payment term."""
    found = Order.objects.filter(
        state=OrderState.PLACED,
        payment_state__in=[PaymentState.OPEN, PaymentState.FAILED],
        payment_method__in=methods,
        placed_at__lt=before,
    )
    return list(found.order_by("placed_at").values_list("id", flat=True)[:limit])


def list_orders_of(person_id: UUID, *, limit: int = 50) -> list[OrderSummary]:
    """What a person ordered, newest first."""
    assert 0 < limit <= ORDERS_MAX
    found = Order.objects.filter(person_id=person_id).order_by("-placed_at", "-id")
    return _summaries(found[:limit])


def list_order_ids_of(person_id: UUID, *, limit: int = 2_000) -> list[UUID]:
    """The orders of a person, oldest first."""
    found = Order.objects.filter(person_id=person_id).order_by("placed_at", "id")
    return list(found.values_list("id", flat=True)[:limit])


def count_unfinished_of(person_id: UUID) -> int:
    """Orders of a person that have not wholly left the house, nor been cancelled."""
    return Order.objects.filter(
        person_id=person_id,
        state=OrderState.PLACED,
        fulfilment_state__in=[FulfilmentState.OPEN, FulfilmentState.PARTLY_SHIPPED],
    ).count()


def amounts_since(*, since: datetime, limit: int) -> list[Money]:
    """What the newest orders cost, cancelled ones left out."""
    found = Order.objects.filter(placed_at__gte=since, state=OrderState.PLACED)
    newest = found.order_by("-placed_at", "-id").values_list("gross_minor", "currency")[:limit]
    return [Money(minor, currency) for minor, currency in newest]


def _among(narrow: OrderFilter) -> Q:
    """Those that somebody else has found, or all; without those left out."""
    assert len(narrow.ids or ()) <= ORDERS_MAX
    assert len(narrow.without) <= ORDERS_MAX
    found = Q() if narrow.ids is None else Q(id__in=narrow.ids)
    return found & ~Q(id__in=narrow.without) if narrow.without else found


def persons_of(order_id: UUID) -> tuple[UUID, ...]:
    """Whose order it is, for whoever writes down what was done to it."""
    found = Order.objects.filter(id=order_id).values_list("person_id", flat=True)
    return tuple(person_id for person_id in found if person_id)


def list_person_ids(*, limit: int) -> list[UUID]:
    """People who ordered last, each once."""
    found = Order.objects.exclude(person_id=None).order_by("-placed_at", "-id")
    ids = found.values_list("person_id", flat=True)[: limit * 2]
    return list(dict.fromkeys(person_id for person_id in ids if person_id))[:limit]


def latest_persons(person_ids: Sequence[UUID]) -> dict[UUID, tuple[Person, str]]:
    """Name and address of each as in their last order, with its language; two statements."""
    found = Order.objects.filter(person_id__in=list(person_ids))
    orders = list(found.order_by("person_id", "-placed_at").distinct("person_id"))
    prefetch(text for order in orders for text in (order.person, order.contact))
    return {order.person_id: (_person(order), order.locale) for order in orders if order.person_id}


def _narrowed(narrow: OrderFilter) -> Q:
    query = Q()
    for name in ("state", "payment_state", "fulfilment_state"):
        if value := getattr(narrow, name):
            query &= Q(**{name: value})
    if narrow.to_pack:
        query &= _TO_PACK
    query &= _of_stores(narrow.stores)
    query &= _among(narrow)
    text = narrow.text.strip()
    if text and "@" in text:
        query &= Q(person_id=find_person_by_email(text) or NOBODY)
    elif text[:1] in {"+", "0"}:
        query &= Q(person_id__in=_called(text))
    elif text:
        query &= Q(number=text) if is_number(text) else Q(number__startswith=text[:20])
    return query


def _called(number: str) -> set[UUID]:
    """Whose number it is. Written without a country, it may be at home wherever we deliver to."""
    homes = {home for channel in list_channels() for home in channel.market.countries} or {HOME}
    if number.startswith("+"):
        homes = {NOWHERE}
    return {one for home in sorted(homes) for one in list_persons_by_phone(number, country=home)}


def _of_stores(stores: Collection[str] | None) -> Q:
    return Q() if stores is None else Q(store_code__in=sorted(stores))


def _rows(orders: Sequence[Order]) -> list[OrderRow]:
    prefetch(text for order in orders for text in (order.person, order.contact, order.address))
    return [_row(order) for order in orders]


def _summaries(found: QuerySet[Order]) -> list[OrderSummary]:
    orders = list(found)
    prefetch(order.person for order in orders)
    return [_summary(order) for order in orders]


def _summary(order: Order) -> OrderSummary:
    person = _person(order, with_contact=False)
    return OrderSummary(
        id=order.id,
        number=order.number,
        channel_code=order.channel_code,
        locale=order.locale,
        placed_at=order.placed_at,
        state=OrderState(order.state),
        payment_state=PaymentState(order.payment_state),
        fulfilment_state=FulfilmentState(order.fulfilment_state),
        payment_method=order.payment_method,
        delivery_kind=order.delivery_kind,
        pieces=order.pieces,
        gross=Money(order.gross_minor, order.currency),
        name=person.name,
        country=order.tax_country,
        person_id=order.person_id,
        veil=person.veil,
    )


def _row(order: Order) -> OrderRow:
    def money(minor: int) -> Money:
        return Money(minor, order.currency)

    return OrderRow(
        id=order.id,
        number=order.number,
        cart_id=order.cart_id,
        channel_code=order.channel_code,
        store_code=order.store_code,
        locale=order.locale,
        placed_at=order.placed_at,
        state=OrderState(order.state),
        payment_state=PaymentState(order.payment_state),
        fulfilment_state=FulfilmentState(order.fulfilment_state),
        person_id=order.person_id,
        person=_person(order),
        address=_address(order, "address"),
        billing=_address(order, "billing"),
        tax_country=order.tax_country,
        delivery=_delivery(order.delivery),
        payment_method=order.payment_method,
        goods=money(order.goods_minor),
        delivery_price=money(order.delivery_minor),
        net=money(order.net_minor),
        tax=money(order.tax_minor),
        gross=money(order.gross_minor),
        lines=tuple(_line(line, order.currency) for line in order.lines.all()),
        taxes=tuple(_share(share, order.currency) for share in order.taxes),
        history=tuple(_history(entry) for entry in order.history.all()),
        texts=order.texts,
    )


def _person(order: Order, *, with_contact: bool = True) -> Person:
    """The name is kept as long as the voucher, address and number as long as the customer."""
    try:
        known = _opened(order, "person")
    except CannotOpen as closed:
        veil = Veil.RESTRICTED if isinstance(closed, Restricted) else Veil.ERASED
        return Person(name="", email="", veil=veil)
    if with_contact and order.contact is not None:
        with suppress(CannotOpen):
            known = known | _opened(order, "contact")
    return Person(name=known["name"], email=known.get("email", ""), phone=known.get("phone", ""))


def _address(order: Order, column: str) -> PostalAddress | None:
    if getattr(order, column) is None:
        return None
    with suppress(CannotOpen):
        return PostalAddress(**_opened(order, column))
    return None


def _opened(order: Order, column: str) -> dict[str, str]:
    sealed = bytes(getattr(order, column))
    opened = unseal_json(sealed, place=f"orders_order.{column}", row=order.id)
    return cast("dict[str, str]", opened)


def _delivery(body: Mapping[str, str]) -> Delivery:
    plain = {name: value for name, value in body.items() if name not in {"earliest", "latest"}}
    return Delivery(
        **plain,
        earliest=date.fromisoformat(body["earliest"]),
        latest=date.fromisoformat(body["latest"]),
    )


def _line(line: Line, currency: str) -> LineRow:
    return LineRow(
        id=line.id,
        position=line.position,
        variant_id=line.variant_id,
        sku=line.sku,
        title=line.title,
        options=line.options,
        slug=line.slug,
        picture_url=line.picture_url,
        quantity=line.quantity,
        shipped=line.shipped,
        unit=Money(line.unit_minor, currency),
        gross=Money(line.gross_minor, currency),
        rate_bp=line.rate_bp,
    )


def _share(share: Mapping[str, str | int], currency: str) -> TaxShare:
    return TaxShare(
        category=str(share["category"]),
        treatment=str(share["treatment"]),
        rate_bp=int(share["rate_bp"]),
        net=Money(int(share["net"]), currency),
        tax=Money(int(share["tax"]), currency),
        gross=Money(int(share["gross"]), currency),
    )


def _history(entry: History) -> HistoryRow:
    return HistoryRow(
        kind=entry.kind, happened_at=entry.happened_at, actor=entry.actor, body=entry.body
    )
