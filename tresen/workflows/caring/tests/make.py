"""A shop with an order in it, for tests about letters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from tresen.domains.compliance.commands import publish_text
from tresen.domains.compliance.queries import digests_of, forget_texts
from tresen.domains.compliance.types import TextKind
from tresen.domains.orders.commands import open_order
from tresen.domains.orders.types import (
    Delivery,
    NewLine,
    NewOrder,
    Person,
    PostalAddress,
    TaxShare,
)
from tresen.domains.privacy.commands import person_for_email
from tresen.domains.stores.commands import found_store, open_channel, set_market
from tresen.domains.stores.types import ChannelKind, MarketRow, NewStore
from tresen.foundation.actor import GUEST
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHANNEL = "web-de"


HOME = PostalAddress(
    name="Hanna Müller", street="Ölmühle 7", postcode="20357", city="Hamburg", country="DE"
)


def shop() -> None:
    """A store, its market and channel, and two legal texts in two languages."""
    store_id = found_store(
        store=NewStore(
            code="altona",
            name="Kontor Altona",
            legal_name="Kontor Altona GmbH",
            street="Große Elbstraße 1",
            postcode="22767",
            city="Hamburg",
            country="DE",
            email="moin@kontor.example",
            phone="+49 40 1234567",
            vat_id="DE123456789",
            register="Amtsgericht Hamburg, HRB 12345",
            managers="Jette Petersen",
            iban="DE02120300000000202051",
            bic="BYLADEM1001",
            account_holder="Kontor Altona GmbH",
        )
    )
    set_market(
        market=MarketRow(
            code="de",
            country="DE",
            countries=("DE", "AT"),
            currency="EUR",
            locales=("de", "en"),
            prices_include_tax=True,
            time_zone="Europe/Berlin",
        )
    )
    open_channel(code=CHANNEL, name="Web", kind=ChannelKind.WEB, store_id=store_id, market="de")
    forget_texts()
    for locale, terms, withdrawal in (
        ("de", "Allgemeine Geschäftsbedingungen", "Widerrufsbelehrung"),
        ("en", "Terms and conditions", "Instructions on withdrawal"),
    ):
        for kind, title in ((TextKind.TERMS, terms), (TextKind.WITHDRAWAL, withdrawal)):
            publish_text(
                kind=kind,
                locale=locale,
                title=title,
                body_html=f"<h2>1</h2><p>{title}: § 1 gilt.</p><ul><li>eins</li></ul>",
                now=NOON,
            )


def order(
    *,
    number: str = "100007",
    locale: str = "de",
    method: str = "bank_transfer",
    email: str = "hanna@example.org",
    kind: str = "parcel",
) -> UUID:
    """Two lines, two tax rates, delivery; placed at NOON."""
    order_id = new_id()
    coffee = line(sku="K-1", title="Kaffee Speicherstadt", options="Mahlgrad: Filter", bp=700)
    lamp = line(sku="F-1", title="Fahrradlampe «Övelgönne»", bp=1900, minor=3990, quantity=2)
    lines = (coffee, lamp)
    goods = Money(sum(one.gross.minor for one in lines), "EUR")
    delivery_price = Money(490, "EUR")
    gross = goods + delivery_price
    taxes = (
        share(category="reduced", bp=700, gross=1336),
        share(category="standard", bp=1900, gross=gross.minor - 1336),
    )
    net = Money(sum(one.net.minor for one in taxes), "EUR")
    new = NewOrder(
        id=order_id,
        cart_id=None,
        channel_code=CHANNEL,
        store_code="altona",
        locale=locale,
        person_id=person_for_email(email=email, now=NOON),
        person=Person(name="Hanna Müller", email=email, phone="+49 170 1234567"),
        address=HOME if kind == "parcel" else None,
        billing=None,
        tax_country="DE",
        delivery=Delivery(
            code="standard",
            kind=kind,
            name="Standardversand",
            carrier="DHL",
            earliest=date(2026, 11, 24),
            latest=date(2026, 11, 26),
            place="" if kind == "parcel" else "Kontor Altona",
        ),
        payment_method=method,
        lines=lines,
        taxes=taxes,
        goods=goods,
        delivery_price=delivery_price,
        net=net,
        tax=gross - net,
        gross=gross,
        texts=digests_of(locale=locale),
    )
    open_order(order=new, number=number, now=NOON, actor=GUEST)
    return order_id


def line(
    *, sku: str, title: str, bp: int, options: str = "", minor: int = 1290, quantity: int = 1
) -> NewLine:
    return NewLine(
        variant_id=new_id(),
        sku=sku,
        gtin="",
        title=title,
        options=options,
        slug=sku.lower(),
        picture_url="",
        quantity=quantity,
        unit=Money(minor, "EUR"),
        gross=Money(minor * quantity, "EUR"),
        tax_category="standard" if bp == 1900 else "reduced",
        treatment="standard",
        rate_bp=bp,
        weight_g=250,
        origin_country="DE",
        tariff_code="",
    )


def share(*, category: str, bp: int, gross: int) -> TaxShare:
    net = round(gross * 10_000 / (10_000 + bp))
    return TaxShare(
        category=category,
        treatment=category,
        rate_bp=bp,
        net=Money(net, "EUR"),
        tax=Money(gross - net, "EUR"),
        gross=Money(gross, "EUR"),
    )
