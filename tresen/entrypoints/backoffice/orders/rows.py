"""From orders to the kit's lists and details."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.accounts.queries import names_of
from tresen.domains.orders.queries import OrderFilter
from tresen.domains.orders.rules import may_cancel
from tresen.domains.orders.types import (
    SETTLED,
    FulfilmentState,
    LineRow,
    OrderRow,
    OrderState,
    OrderSummary,
    PaymentState,
)
from tresen.domains.payments.types import BY_HAND, PaymentRow
from tresen.domains.risk.queries import held_ids
from tresen.domains.risk.types import HOLDING, ReviewRow
from tresen.entrypoints.backoffice import words
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    Filter,
    FilterChoice,
    Linked,
    ListSpec,
    SavedView,
    Section,
    Table,
    TimelineEntry,
)
from tresen.entrypoints.backoffice.orders.veils import name_words
from tresen.entrypoints.backoffice.payments.rows import amount_words, orders_with
from tresen.entrypoints.backoffice.risk.rows import review_url
from tresen.entrypoints.shared import dates
from tresen.foundation.ids import outer

SHOWN_OF_PEOPLE = ("name", "email", "phone", "address", "order")
"""What the page of an order shows of a person, as the audit names it."""


def order_url(order_id: UUID) -> str:
    return reverse("backoffice:order", args=[outer("ord", order_id)])


def narrowing(
    answer: Callable[[str], str], *, stores: Collection[str] | None, text: str = ""
) -> OrderFilter:
    """What the answers to the list's filters mean; `answer` gives one by its name, or nothing."""
    return OrderFilter(
        state=answer("state"),
        payment_state=answer("payment"),
        fulfilment_state=answer("fulfilment"),
        to_pack=bool(answer("to_pack")),
        without=held_ids() if answer("to_pack") else (),
        ids=orders_with(answer("money")),
        stores=stores,
        text=text,
    )


ORDERS: ListSpec[OrderSummary] = ListSpec(
    name="orders",
    title=_("Orders"),
    task="orders",
    personal=True,
    columns=[
        Column("number", _("Number"), lambda row: Linked(row.number, order_url(row.id))),
        Column("placed", _("Placed"), lambda row: row.placed_at),
        Column(
            "name",
            _("Customer"),
            lambda row: name_words(row.name, row.veil, placed_at=row.placed_at),
        ),
        Column("pieces", _("Pieces"), lambda row: row.pieces, kind="number"),
        Column("total", _("Total"), lambda row: row.gross, kind="money"),
        Column(
            "states",
            _("State"),
            lambda row: words.order_chips(row.state, row.payment_state, row.fulfilment_state),
            kind="chips",
        ),
        Column("method", _("Payment"), lambda row: words.method_words(row.payment_method)),
        Column("country", _("Country"), lambda row: row.country, shown=False),
    ],
    row_id=lambda row: outer("ord", row.id),
    row_url=lambda row: order_url(row.id),
    empty=Empty(_("No orders here"), _("Orders of all channels appear here at once.")),
    search_hint=_("Order number or e-mail address"),
    filters=[
        Filter(
            "state",
            _("Order"),
            choices=[
                FilterChoice(OrderState.PLACED, _("placed")),
                FilterChoice(OrderState.CANCELLED, _("cancelled")),
            ],
            many=False,
        ),
        Filter(
            "payment",
            _("Payment"),
            choices=[
                FilterChoice(PaymentState.OPEN, _("unpaid")),
                FilterChoice(PaymentState.PAID, _("paid")),
                FilterChoice(PaymentState.FAILED, _("failed")),
                FilterChoice(PaymentState.PARTLY_REFUNDED, _("partly refunded")),
                FilterChoice(PaymentState.REFUNDED, _("refunded")),
            ],
            many=False,
        ),
        Filter(
            "fulfilment",
            _("Delivery"),
            choices=[
                FilterChoice(FulfilmentState.OPEN, _("to be packed")),
                FilterChoice(FulfilmentState.PARTLY_SHIPPED, _("partly shipped")),
                FilterChoice(FulfilmentState.SHIPPED, _("shipped")),
                FilterChoice(FulfilmentState.COLLECTED, _("collected")),
            ],
            many=False,
        ),
        Filter(
            "money",
            _("Money"),
            choices=[
                FilterChoice("review", _("to look at")),
                FilterChoice("give_back", _("to give back by hand")),
            ],
            many=False,
        ),
        Filter("to_pack", _("To pack"), kind="switch"),
    ],
    views=[
        SavedView("all", _("All"), ""),
        SavedView("pack", _("To pack"), "to_pack=1"),
        SavedView("unpaid", _("Unpaid"), "state=placed&payment=open"),
    ],
)


def order_page(
    order: OrderRow,
    *,
    payments: Sequence[PaymentRow],
    troubles: Sequence[Section] = (),
    refunds: Sequence[Section] = (),
    review: ReviewRow | None = None,
) -> DetailPage:
    """One order: what was promised, what was paid, what left, what happened."""
    held = review if review and review.state in HOLDING else None
    actions = [*_check(held), *_actions(order, payments, is_held=held is not None)]
    return DetailPage(
        title=gettext("Order %(number)s") % {"number": order.number},
        task="orders",
        crumbs=[Crumb(gettext("Orders"), reverse("backoffice:orders")), Crumb(order.number)],
        chips=[
            *([Chip(gettext("is being checked"), "attention")] if held else []),
            *words.order_chips(order.state, order.payment_state, order.fulfilment_state),
        ],
        lead=_promise(order),
        next_action=actions[0] if actions else None,
        actions=actions[1:],
        sections=[
            *troubles,
            _lines(order),
            _sums(order),
            _people(order),
            _payments(payments),
            *refunds,
        ],
        timeline=_story(order),
    )


def _check(held: ReviewRow | None) -> list[Action]:
    """Goods that stay here until somebody decides."""
    if held is None:
        return []
    return [Action(gettext("Look at the check"), review_url(held.id), icon="shield-check")]


def _actions(order: OrderRow, payments: Sequence[PaymentRow], *, is_held: bool) -> list[Action]:
    """What may be done, the next thing first."""
    if order.state is OrderState.CANCELLED:
        return _refund(order, payments)
    shipping = [] if is_held else _ship(order)
    found = [*_mark_paid(order, payments), *shipping, *_refund(order, payments)]
    if may_cancel(order):
        found.append(
            Action(
                gettext("Cancel"),
                _url("order_cancellation", order),
                method="post",
                tone="danger",
                confirm=gettext(
                    "The order is taken back, %(pieces)s pieces are free again, and what was"
                    " paid goes back."
                )
                % {"pieces": sum(line.quantity for line in order.lines)},
            )
        )
    return found


def _mark_paid(order: OrderRow, payments: Sequence[PaymentRow]) -> list[Action]:
    last = payments[-1] if payments else None
    if last is None or last.owed.minor == 0 or last.method not in BY_HAND:
        return []
    return [
        Action(
            gettext("Mark as paid"),
            _url("order_payment", order),
            method="post",
            tone="primary",
            icon="banknote",
            confirm=gettext("%(amount)s have arrived?") % {"amount": amount_words(last.owed)},
        )
    ]


def _ship(order: OrderRow) -> list[Action]:
    if order.fulfilment_state not in {FulfilmentState.OPEN, FulfilmentState.PARTLY_SHIPPED}:
        return []
    if order.payment_state not in SETTLED and order.payment_method != "pay_in_store":
        return []
    pickup = order.delivery.kind == "pickup"
    return [
        Action(
            gettext("Hand over") if pickup else gettext("Ship"),
            _url("order_shipment", order),
            tone="primary",
            icon="package",
        )
    ]


def _refund(order: OrderRow, payments: Sequence[PaymentRow]) -> list[Action]:
    if not any(payment.refundable.minor > 0 for payment in payments):
        return []
    return [Action(gettext("Refund"), _url("order_refund", order), icon="rotate-ccw")]


def _lines(order: OrderRow) -> Section:
    columns: list[Column[LineRow]] = [
        Column(
            "title",
            gettext("Article"),
            lambda line: Linked(line.title, _stock_url(line), line.options),
        ),
        Column("sku", gettext("SKU"), lambda line: line.sku),
        Column("quantity", gettext("Pieces"), lambda line: line.quantity, kind="number"),
        Column("shipped", gettext("Shipped"), lambda line: line.shipped, kind="number"),
        Column("unit", gettext("Price"), lambda line: line.unit, kind="money"),
        Column("gross", gettext("Sum"), lambda line: line.gross, kind="money"),
    ]
    return Section("lines", gettext("Articles"), tables=[Table(columns, order.lines)])


def _sums(order: OrderRow) -> Section:
    taxes = [
        Fact(
            gettext("VAT %(rate)s %%") % {"rate": f"{share.rate_bp / 100:g}"},
            share.tax,
            gettext("on %(net)s net") % {"net": amount_words(share.net)},
        )
        for share in order.taxes
    ]
    facts = [
        Fact(gettext("Goods"), order.goods),
        Fact(gettext("Delivery"), order.delivery_price),
        Fact(gettext("Total"), order.gross),
        *taxes,
    ]
    return Section("sums", gettext("Sums"), facts=facts)


def _people(order: OrderRow) -> Section:
    facts = [
        Fact(
            gettext("Name"),
            name_words(order.person.name, order.person.veil, placed_at=order.placed_at),
        ),
        Fact(gettext("E-mail"), order.person.email),
    ]
    if order.person.phone:
        facts.append(Fact(gettext("Phone"), order.person.phone))
    for label, address in (
        (gettext("Delivery address"), order.address),
        (gettext("Billing address"), order.billing),
    ):
        if address is not None:
            place = f"{address.postcode} {address.city}, {address.country}"
            parts = [address.name, address.company, address.street, address.extra, place]
            facts.append(Fact(label, ", ".join(part for part in parts if part)))
    facts.append(Fact(gettext("Delivery"), order.delivery.name, order.delivery.place))
    return Section("people", gettext("Customer and delivery"), facts=facts)


def _payments(payments: Sequence[PaymentRow]) -> Section:
    columns: list[Column[PaymentRow]] = [
        Column("method", gettext("Way"), lambda row: words.method_words(row.method)),
        Column("amount", gettext("Amount"), lambda row: row.amount, kind="money"),
        Column("owed", gettext("Owed"), lambda row: row.owed, kind="money"),
        Column("refundable", gettext("Refundable"), lambda row: row.refundable, kind="money"),
        Column("reference", gettext("Reference"), lambda row: row.reference),
        Column("state", gettext("State"), lambda row: words.money_words(row.state)),
    ]
    return Section("payments", gettext("Payments"), tables=[Table(columns, payments)])


def _story(order: OrderRow) -> list[TimelineEntry]:
    people = names_of(words.staff_in(entry.actor for entry in order.history))
    return [
        TimelineEntry(
            at=entry.happened_at,
            title=words.story_words(entry.kind),
            who=words.who_words(entry.actor, people),
        )
        for entry in reversed(order.history)
    ]


def _promise(order: OrderRow) -> str:
    language = (get_language() or "en")[:2]
    span = dates.span_words(order.delivery.earliest, order.delivery.latest, language=language)
    return gettext("Promised: %(days)s") % {"days": span}


def _url(name: str, order: OrderRow) -> str:
    return reverse(f"backoffice:{name}", args=[outer("ord", order.id)])


def _stock_url(line: LineRow) -> str:
    return reverse("backoffice:variant_stock", args=[outer("var", line.variant_id)])
