"""A guest says where to, how, and how to pay; the goods are held for them meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tresen.domains.carts.commands import choose_delivery, choose_payment, set_addressee
from tresen.domains.carts.queries import checked_cart
from tresen.domains.carts.rules import address_refusals, contact_refusals, tidied
from tresen.domains.carts.types import Address, CartRow, Contact
from tresen.domains.fulfilment.rules import DeliveryNotPossible
from tresen.domains.inventory.commands import hold_stock
from tresen.domains.inventory.types import Need
from tresen.domains.risk.commands import note_sighting
from tresen.domains.stores.types import ChannelRow
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.place_order import PaymentNotPossible
from tresen.workflows.buying.quote_cart import Quote, quote_cart
from tresen.workflows.buying.weigh_cart import (
    NOWHERE,
    SeenFrom,
    StrongerPaymentNeeded,
    offered,
    weigh_cart,
)

HOLD_MINUTES = 15


class WrongDetails(Refusal):
    """Several fields are wrong at once; `refusals` names each."""

    code = "wrong_details"
    message = "Please check the marked fields."

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(field=refusals[0].field)
        self.refusals = refusals


@sql.transaction()
def address_cart(
    *,
    cart_id: UUID,
    contact: Contact,
    address: Address,
    billing: Address | None,
    pickup: bool,
    channel: ChannelRow,
    locale: str,
    now: datetime,
) -> Quote:
    """Who receives it. For a pick-up only the name is needed. Raises WrongDetails, CartClosed."""
    contact = Contact(email=contact.email.strip(), phone=contact.phone.strip())
    address = tidied(address)
    billing = tidied(billing) if billing else None
    wrong = details_refusals(
        contact, address, billing, pickup=pickup, countries=channel.market.countries
    )
    if wrong:
        raise WrongDetails(wrong)
    cart = set_addressee(
        cart_id=cart_id, contact=contact, address=address, billing=billing, now=now
    )
    checked_cart(cart, channel_code=channel.code)
    return quote_cart(cart=cart, channel=channel, locale=locale, at=now)


@sql.transaction()
def deliver_cart_by(
    *, cart_id: UUID, delivery_code: str, channel: ChannelRow, locale: str, now: datetime
) -> Quote:
    """The delivery option. Raises DeliveryNotPossible, CartClosed, NoSuchCart."""
    cart = choose_delivery(cart_id=cart_id, delivery_code=delivery_code, now=now)
    checked_cart(cart, channel_code=channel.code)
    quote = quote_cart(cart=cart, channel=channel, locale=locale, at=now)
    if quote.delivery_is_assumed:
        raise DeliveryNotPossible(field="delivery")
    return quote


@sql.transaction()
def pay_cart_by(
    *,
    cart_id: UUID,
    payment_method: str,
    channel: ChannelRow,
    locale: str,
    now: datetime,
    seen_from: SeenFrom = NOWHERE,
) -> Quote:
    """The payment method; from here on the goods are held for HOLD_MINUTES.

    Raises PaymentNotPossible, StrongerPaymentNeeded, DeliveryNotPossible, OutOfStock, CartClosed,
    NoSuchCart.
    """
    cart = choose_payment(cart_id=cart_id, payment_method=payment_method, now=now)
    checked_cart(cart, channel_code=channel.code)
    quote = quote_cart(cart=cart, channel=channel, locale=locale, at=now)
    if payment_method not in {method.code for method in quote.methods}:
        raise PaymentNotPossible(field="payment")
    weighed = weigh_cart(quote=quote, channel=channel, seen_from=seen_from, now=now)
    quote = offered(quote, weighed)
    if payment_method not in {method.code for method in quote.methods}:
        raise StrongerPaymentNeeded(field="payment")
    note_sighting(
        cart_id=cart.id,
        device=seen_from.device,
        network=weighed.network,
        outcome=weighed.outcome,
        now=now,
    )
    hold_for(cart, quote=quote, now=now)
    return quote


def hold_for(cart: CartRow, *, quote: Quote, now: datetime) -> None:
    """Hold what is in the cart for a while, where it will be sent from."""
    if quote.delivery is None or not cart.lines:
        raise DeliveryNotPossible(field="delivery")
    hold_stock(
        cart_id=cart.id,
        needs=[Need(line.variant_id, line.quantity) for line in cart.lines],
        locations=quote.delivery.locations,
        until=now + timedelta(minutes=HOLD_MINUTES),
        now=now,
    )


def details_refusals(
    contact: Contact,
    address: Address,
    billing: Address | None,
    *,
    pickup: bool,
    countries: tuple[str, ...],
) -> list[Refusal]:
    """Everything that is wrong with who receives it; empty when it may be used."""
    wrong = contact_refusals(contact, country=address.country)
    wrong += _address_refusals(address, pickup=pickup, countries=countries)
    if billing is not None:
        wrong += address_refusals(billing, countries=(billing.country,), prefix="billing.")
    return wrong


def _address_refusals(
    address: Address, *, pickup: bool, countries: tuple[str, ...]
) -> list[Refusal]:
    wrong = address_refusals(address, countries=countries)
    if not pickup:
        return wrong
    return [refusal for refusal in wrong if refusal.field == "name"]
