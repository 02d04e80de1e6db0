"""Small builders. Every default is boring, so that a test states only what matters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from tresen.domains.orders.commands import ask_number, open_order
from tresen.domains.orders.types import (
    Delivery,
    NewLine,
    NewOrder,
    Person,
    PostalAddress,
    TaxShare,
)
from tresen.foundation.actor import GUEST
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def line(*, quantity: int = 1, minor: int = 1190, variant_id: UUID | None = None) -> NewLine:
    return NewLine(
        variant_id=variant_id or uuid4(),
        sku="TEA-POT",
        gtin="",
        title="Teekanne",
        options="",
        slug="teekanne",
        picture_url="",
        quantity=quantity,
        unit=euro(minor),
        gross=euro(minor * quantity),
        tax_category="standard",
        treatment="standard",
        rate_bp=1900,
        weight_g=800,
        origin_country="DE",
        tariff_code="69120023",
    )


def order(*lines: NewLine, kind: str = "parcel", method: str = "bank_transfer") -> NewOrder:
    lines = lines or (line(),)
    gross = euro(sum(found.gross.minor for found in lines))
    net = euro(round(gross.minor / 1.19))
    return NewOrder(
        id=new_id(),
        cart_id=uuid4(),
        channel_code="web-de",
        store_code="altona",
        locale="de",
        person_id=new_id(),
        person=Person(name="Erika Beispiel", email="erika@example.com"),
        address=PostalAddress(
            name="Erika Beispiel",
            street="Elbweg 7",
            postcode="22765",
            city="Hamburg",
            country="DE",
        ),
        billing=None,
        tax_country="DE",
        delivery=Delivery(
            code=kind,
            kind=kind,
            name="Paket",
            carrier="dhl",
            earliest=date(2027, 3, 3),
            latest=date(2027, 3, 5),
            location="lager",
        ),
        payment_method=method,
        lines=tuple(lines),
        taxes=(
            TaxShare(
                category="standard",
                treatment="standard",
                rate_bp=1900,
                net=net,
                tax=gross - net,
                gross=gross,
            ),
        ),
        goods=gross,
        delivery_price=euro(0),
        net=net,
        tax=gross - net,
        gross=gross,
    )


@transaction.atomic
def opened(new: NewOrder | None = None) -> UUID:
    """An order in the database."""
    new = new or order()
    open_order(order=new, number=ask_number().answer(), now=NOON, actor=GUEST)
    return new.id
