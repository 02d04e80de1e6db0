"""Reads. get_ raises, find_ may return None, list_ is bounded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q

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
)
from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.sealing import blind_index

ORDERS_MAX = 200
COUNT_MAX = 10_000
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
    """What a list is narrowed to; empty means all. `text` is an order number or an e-mail.

    `to_pack`: goods wait for somebody, and nothing has to be paid before they leave.
    `ids`: at most ORDERS_MAX orders that somebody else has found; None means all.
    """

    state: str = ""
    payment_state: str = ""
    fulfilment_state: str = ""
    to_pack: bool = False
    ids: Collection[UUID] | None = None
    text: str = ""


def get_order(order_id: UUID) -> OrderRow:
    """A whole order in three statements. Raises NoSuchOrder."""
    order = (
        Order.objects.filter(id=order_id)
        .prefetch_related(
            Prefetch("lines", queryset=Line.objects.order_by("position")),
            Prefetch("history", queryset=History.objects.order_by("id")),
        )
        .first()
    )
    if order is None:
        raise NoSuchOrder(field="order")
    return _row(order)


def list_whole_orders(order_ids: Sequence[UUID]) -> list[OrderRow]:
    """Whole orders, without their history, in two statements however many; oldest first."""
    assert len(order_ids) <= ORDERS_MAX
    lines = Prefetch("lines", queryset=Line.objects.order_by("position"))
    nothing = Prefetch("history", queryset=History.objects.none())
    found = Order.objects.filter(id__in=order_ids).prefetch_related(lines, nothing)
    return [_row(order) for order in found.order_by("placed_at", "id")]


def find_order_id(number: str) -> UUID | None:
    """The id behind a number, or None."""
    return Order.objects.filter(number=number).values_list("id", flat=True).first()


def list_orders(
    *, narrow: OrderFilter, before: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[OrderSummary]:
    """Newest first, from a cursor on: the placing time and id of the last one seen."""
    assert 0 < limit <= ORDERS_MAX
    found = Order.objects.filter(_narrowed(narrow))
    if before is not None:
        placed_at, order_id = before
        found = found.filter(Q(placed_at__lt=placed_at) | Q(placed_at=placed_at, id__lt=order_id))
    return [_summary(order) for order in found.order_by("-placed_at", "-id")[:limit]]


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


def email_index_of(email: str) -> bytes:
    """How an address is looked up without lying in the clear."""
    return blind_index(mailbox_of(email), purpose="orders.email")


def _narrowed(narrow: OrderFilter) -> Q:
    query = Q()
    for name in ("state", "payment_state", "fulfilment_state"):
        if value := getattr(narrow, name):
            query &= Q(**{name: value})
    if narrow.to_pack:
        query &= _TO_PACK
    if narrow.ids is not None:
        assert len(narrow.ids) <= ORDERS_MAX
        query &= Q(id__in=narrow.ids)
    text = narrow.text.strip()
    if text and "@" in text:
        query &= Q(email_index=email_index_of(text))
    elif text:
        query &= Q(number=text) if is_number(text) else Q(number__startswith=text[:20])
    return query


def _summary(order: Order) -> OrderSummary:
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
        name=order.person["name"],
        country=order.tax_country,
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
        person=Person(**order.person),
        address=PostalAddress(**order.address) if order.address else None,
        billing=PostalAddress(**order.billing) if order.billing else None,
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
