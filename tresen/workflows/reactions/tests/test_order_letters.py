"""What people are written after something happened to their order."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tresen.domains.conversations.commands import claim_letter
from tresen.domains.conversations.types import Letter
from tresen.domains.fulfilment.commands import pack_parcel
from tresen.domains.fulfilment.types import DeliveryKind, ParcelLine
from tresen.domains.orders.commands import note_payment
from tresen.domains.orders.events import OrderCancelled, OrderPaid, OrderPlaced, OrderShipped
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import PaymentState
from tresen.domains.payments.events import PaymentRefunded
from tresen.domains.stores.queries import forget_channels
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.vault.links import read_link
from tresen.workflows.buying.order_links import ORDER_LINK
from tresen.workflows.caring.order_letters import with_enclosures
from tresen.workflows.caring.tests import make
from tresen.workflows.reactions import (
    order_cancelled,
    order_paid,
    order_placed,
    order_shipped,
    payment_refunded,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop() -> None:
    make.shop()


def placed(order_id: UUID) -> OrderPlaced:
    return OrderPlaced(
        happened_at=make.NOON,
        order_id=str(order_id),
        channel_code=make.CHANNEL,
        payment_method="bank_transfer",
        gross_minor=9760,
        currency="EUR",
    )


def letter() -> Letter:
    claimed = claim_letter(now=make.NOON)
    assert claimed is not None
    return claimed


def kinds() -> list[str]:
    """What was written so far."""
    found = sql.rows("SELECT kind FROM conversations_letter ORDER BY kind")
    return [str(row[0]) for row in found]


def test_a_confirmation_holds_the_whole_order_and_goes_to_who_ordered() -> None:
    order_id = make.order(locale="en")

    order_placed.confirm_by_mail([placed(order_id)])

    got = letter()
    assert (got.recipient, got.locale) == ("hanna@example.org", "en")
    payload = got.payload
    assert payload["number"] == "100007"
    assert payload["gross"] == {"minor": 9760, "currency": "EUR"}
    assert [one["title"] for one in payload["lines"]] == [  # type: ignore[attr-defined]
        "Kaffee Speicherstadt",
        "Fahrradlampe «Övelgönne»",
    ]
    assert payload["payment"]["iban"] == "DE02120300000000202051"  # type: ignore[index]
    assert payload["payment"]["reference"].endswith("100007")  # type: ignore[index]
    assert payload["delivery"]["earliest_on"] == date(2026, 11, 24).isoformat()  # type: ignore[index]
    token = str(payload["order_url"]).rstrip("/").rpartition("/")[2]
    assert read_link(token, purpose=ORDER_LINK, now=make.NOON) == order_id


def test_a_confirmation_carries_the_legal_texts_that_were_shown() -> None:
    order_placed.confirm_by_mail([placed(make.order(locale="de"))])

    enclosed = with_enclosures(letter()).enclosures

    assert [text.title for text in enclosed] == [
        "Allgemeine Geschäftsbedingungen",
        "Widerrufsbelehrung",
    ]
    assert "§ 1 gilt" in enclosed[0].html


def test_hearing_the_fact_twice_writes_one_letter() -> None:
    event = placed(make.order())

    order_placed.confirm_by_mail([event])
    order_placed.confirm_by_mail([event, event])

    assert kinds() == ["order_placed"]


def test_a_batch_of_orders_is_a_letter_each() -> None:
    events = [placed(make.order(number=number)) for number in ("100007", "100014")]

    order_placed.confirm_by_mail(events)

    assert kinds() == ["order_placed", "order_placed"]


def test_an_order_of_a_channel_that_was_closed_since_is_confirmed_all_the_same() -> None:
    event = placed(make.order())
    sql.run("UPDATE stores_channel SET is_open = false")
    forget_channels()

    order_placed.confirm_by_mail([event])

    assert letter().payload["shop"]["name"] == "Kontor Altona"  # type: ignore[index]


@pytest.mark.parametrize(("method", "letters"), [("bank_transfer", 1), ("pay_in_store", 0)])
def test_a_payment_is_thanked_for_unless_it_was_made_at_the_counter(
    method: str, letters: int
) -> None:
    order_id = make.order(method=method)
    note_payment(order_id=order_id, state=PaymentState.PAID, now=make.NOON, actor=SYSTEM)

    order_paid.thank_by_mail(OrderPaid(happened_at=make.NOON, order_id=str(order_id)))

    assert len(kinds()) == letters


def test_a_shipment_says_what_is_in_the_parcel_and_what_is_not() -> None:
    order_id = make.order()
    coffee, _ = get_order(order_id).lines
    parcel_id = pack_parcel(
        order_id=order_id,
        person_id=order_id,
        kind=DeliveryKind.PARCEL,
        carrier="DHL",
        tracking="0034",
        location="hamburg-lager",
        lines=[ParcelLine(order_line_id=coffee.id, quantity=1)],
        now=make.NOON,
        actor=SYSTEM,
    )
    shipped = OrderShipped(
        happened_at=make.NOON, order_id=str(order_id), parcel_id=str(parcel_id), collected=False
    )

    order_shipped.announce_by_mail(shipped)

    payload = letter().payload
    assert (payload["carrier"], payload["tracking"]) == ("DHL", "0034")
    assert [one["sku"] for one in payload["lines"]] == ["K-1"]  # type: ignore[attr-defined]


def test_goods_that_were_collected_need_no_letter() -> None:
    order_shipped.announce_by_mail(
        OrderShipped(
            happened_at=make.NOON,
            order_id=str(make.order(kind="pickup")),
            parcel_id=str(UUID(int=1)),
            collected=True,
        )
    )

    assert kinds() == []


def test_a_cancellation_and_a_refund_are_confirmed() -> None:
    order_id = make.order()

    order_cancelled.confirm_by_mail(
        OrderCancelled(happened_at=make.NOON, order_id=str(order_id), was_paid=True)
    )
    payment_refunded.tell_by_mail(
        PaymentRefunded(
            happened_at=make.NOON,
            order_id=str(order_id),
            payment_id=str(UUID(int=2)),
            minor=9760,
            currency="EUR",
        )
    )

    assert kinds() == ["order_cancelled", "refund_made"]
