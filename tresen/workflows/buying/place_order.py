"""A customer buys what is in the cart: one transaction, one order, whatever is retried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from tresen.domains.carts.commands import close_cart
from tresen.domains.carts.queries import ask_cart, checked_cart
from tresen.domains.carts.rules import address_refusals, contact_refusals
from tresen.domains.carts.types import CartRow
from tresen.domains.fulfilment.rules import DeliveryNotPossible
from tresen.domains.fulfilment.types import DeliveryKind, Offer
from tresen.domains.inventory.commands import allocate_stock
from tresen.domains.inventory.types import Need
from tresen.domains.orders.commands import ask_number, open_order, order_key_classes
from tresen.domains.orders.rules import EmptyOrder
from tresen.domains.orders.types import (
    Delivery,
    NewLine,
    NewOrder,
    Person,
    PostalAddress,
    TaxShare,
)
from tresen.domains.payments.commands import open_payment, post_sale
from tresen.domains.privacy.commands import ask_person, note_phone
from tresen.domains.stores.types import ChannelRow
from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.idempotency import keys
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import DataKey
from tresen.foundation.vault.normal import normal_phone
from tresen.workflows.buying.quote_cart import Problem, Quote, QuotedLine, quote_cart


class AlreadyOrdered(Refusal):
    """Another request turned this cart into an order before."""

    code = "already_ordered"
    status = 409
    message = "This cart was already ordered. You find the order in your confirmation."


class PriceChanged(Refusal):
    """The total is not the one that the customer saw."""

    code = "price_changed"
    status = 409
    message = "A price or the delivery has changed. Please check the new total and order again."


class LineNotAvailable(Refusal):
    """A line cannot be bought as it stands."""

    code = "line_not_available"
    status = 409
    message = "«%(title)s» is not available in this quantity; there are %(available)s left."


class PaymentNotPossible(Refusal):
    """No payment method chosen, or one that does not fit."""

    code = "payment_not_possible"
    message = "Please choose one of the offered ways to pay."


class ContactMissing(Refusal):
    """The order has no address to send its confirmation to."""

    code = "contact_missing"
    message = "Please tell us your name and e-mail address first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The order that came of it; `is_new` is false when a key was used again."""

    order_id: UUID
    number: str
    is_new: bool


@sql.transaction()
def place_order(
    *,
    cart_id: UUID,
    channel: ChannelRow,
    key: str,
    seen_total: Money | None,
    texts: Mapping[str, str],
    now: datetime,
    actor: Actor,
    locale: str = "",
) -> Placed:
    """Turn the cart into an order.

    `locale` is the language of the page that was ordered on, for the order and its letters; the
    cart's where none is given.

    `key` is the idempotency key, `seen_total` the gross total the customer saw (checked when
    given), `texts` the digests of the legal texts shown. Raises NoSuchCart, AlreadyOrdered,
    EmptyOrder, LineNotAvailable, ContactMissing, DeliveryNotPossible, PaymentNotPossible,
    PriceChanged, OutOfStock, KeyReused; nothing is changed then.
    """
    scope = f"order:{channel.code}"
    asked = {"cart": str(cart_id), "seen": asdict(seen_total) if seen_total else None}
    asked_cart = ask_cart(cart_id, for_update=True)
    earlier = keys.claim(scope=scope, key=key, fingerprint=keys.fingerprint_of(asked), now=now)
    if earlier is not None:
        order_id = UUID(str(earlier["order_id"]))
        return Placed(order_id=order_id, number=str(earlier["number"]), is_new=False)
    cart = checked_cart(asked_cart.answer(), channel_code=channel.code)
    if not cart.is_open:
        raise AlreadyOrdered(field="cart")
    cart = replace(cart, locale=locale or cart.locale)
    quote = quote_cart(cart=cart, channel=channel, locale=cart.locale, at=now)
    offer = _check(quote, channel=channel, seen_total=seen_total)
    person_id, sealed_with = _person_and_keys(cart, now=now)
    order = _order_of(quote, offer=offer, channel=channel, texts=texts, person_id=person_id)
    number_asked = ask_number()
    allocate_stock(
        order_id=order.id,
        cart_id=cart.id,
        needs=[Need(line.variant_id, line.quantity) for line in cart.lines],
        locations=offer.locations,
        now=now,
    )
    number = number_asked.answer()
    open_order(order=order, number=number, now=now, actor=actor, keys=sealed_with)
    post_sale(order_id=order.id, gross=order.gross, net=order.net, tax=order.tax, now=now)
    open_payment(
        order_id=order.id,
        method=order.payment_method,
        amount=order.gross,
        order_number=number,
        now=now,
    )
    close_cart(cart_id=cart.id, order_id=order.id, now=now)
    keys.settle(scope=scope, key=key, outcome={"order_id": str(order.id), "number": number})
    record(_deed_of(order, number=number, actor=actor), now=now)
    return Placed(order_id=order.id, number=number, is_new=True)


def _deed_of(order: NewOrder, *, number: str, actor: Actor) -> Deed:
    return Deed(
        action="order.place",
        actor=actor,
        object_kind="order",
        object_id=str(order.id),
        persons=[order.person_id],
        after={"number": number, "gross": order.gross.minor},
    )


def _person_and_keys(cart: CartRow, *, now: datetime) -> tuple[UUID, Mapping[str, DataKey]]:
    """Whoever is reached there, known from now on, and what their order is sealed with."""
    assert cart.contact is not None
    assert cart.address is not None
    contact = cart.contact
    asked = ask_person(email=contact.email, now=now, classes=order_key_classes(now))
    person_id, keys = asked.answer()
    phone = normal_phone(contact.phone, country=cart.address.country) if contact.phone else ""
    if phone:
        note_phone(person_id=person_id, key=keys[KeyClass.PROFILE], phone=phone)
    return person_id, keys


def _check(quote: Quote, *, channel: ChannelRow, seen_total: Money | None) -> Offer:
    if not quote.lines:
        raise EmptyOrder(field="lines")
    for place, line in enumerate(quote.lines):
        _check_line(line, field=f"lines[{place}]")
    _check_cart(quote.cart, offer=quote.delivery, countries=channel.market.countries)
    if quote.delivery is None or quote.delivery_is_assumed:
        raise DeliveryNotPossible(field="delivery")
    if quote.cart.payment_method not in {method.code for method in quote.methods}:
        raise PaymentNotPossible(field="payment")
    if seen_total is not None and seen_total != quote.gross:
        raise PriceChanged(field="total")
    return quote.delivery


def _check_line(line: QuotedLine, *, field: str) -> None:
    if line.problem is not Problem.NONE:
        title = line.goods.title if line.goods else "?"
        raise LineNotAvailable(
            field=field, params={"title": title, "available": max(line.available, 0)}
        )


def _check_cart(cart: CartRow, *, offer: Offer | None, countries: tuple[str, ...]) -> None:
    if cart.contact is None or cart.address is None:
        raise ContactMissing(field="contact")
    wrong = contact_refusals(cart.contact, country=cart.address.country)
    if offer is None or offer.kind is not DeliveryKind.PICKUP:
        wrong += address_refusals(cart.address, countries=countries)
    if wrong:
        raise wrong[0]


def _order_of(
    quote: Quote, *, offer: Offer, channel: ChannelRow, texts: Mapping[str, str], person_id: UUID
) -> NewOrder:
    cart, tax = quote.cart, quote.tax
    assert cart.contact is not None
    assert cart.address is not None
    assert tax is not None
    picked_up = offer.kind is DeliveryKind.PICKUP
    return NewOrder(
        id=new_id(),
        cart_id=cart.id,
        channel_code=channel.code,
        store_code=channel.store.code,
        locale=cart.locale,
        person_id=person_id,
        person=Person(name=cart.address.name, email=cart.contact.email, phone=cart.contact.phone),
        address=None if picked_up else PostalAddress(**asdict(cart.address)),
        billing=PostalAddress(**asdict(cart.billing)) if cart.billing else None,
        tax_country=quote.tax_country,
        delivery=Delivery(
            code=offer.code,
            kind=offer.kind.value,
            name=offer.name,
            carrier=offer.carrier,
            earliest=offer.earliest,
            latest=offer.latest,
            place=offer.place,
            location=offer.locations[0],
        ),
        payment_method=cart.payment_method,
        lines=tuple(_line_of(line, quote) for line in quote.lines),
        taxes=tuple(
            TaxShare(
                category=group.category,
                treatment=group.treatment.value,
                rate_bp=group.rate_bp,
                net=group.net,
                tax=group.tax,
                gross=group.gross,
            )
            for group in tax.groups
        ),
        goods=quote.goods,
        delivery_price=quote.delivery_price,
        net=tax.net,
        tax=tax.tax,
        gross=quote.gross,
        texts=dict(texts),
    )


def _line_of(line: QuotedLine, quote: Quote) -> NewLine:
    goods, price, tax = line.goods, line.price, quote.tax
    assert goods is not None
    assert price is not None
    assert tax is not None
    rate = tax.rate_of(str(line.variant_id))
    return NewLine(
        variant_id=line.variant_id,
        sku=goods.sku,
        gtin=goods.gtin,
        title=goods.title,
        options=goods.options,
        slug=goods.slug,
        picture_url=goods.picture_url,
        quantity=line.quantity,
        unit=price.amount,
        gross=line.gross,
        tax_category=goods.tax_category,
        treatment=rate.treatment.value,
        rate_bp=rate.rate_bp,
        weight_g=goods.weight_g,
        origin_country=goods.origin_country,
        tariff_code=goods.tariff_code,
    )
