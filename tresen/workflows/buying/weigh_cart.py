"""Before an order is placed: which ways to pay are offered for this cart, and why not all.

The doubt is told here, while the customer can still choose another way; an order that was placed
is looked at again, with more known, in its reaction (weighing/weigh_orders).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from tresen.domains.carts.types import CartRow
from tresen.domains.catalog.queries import shelves_of
from tresen.domains.risk.queries import ask_histories, current_ruleset, keys_of
from tresen.domains.risk.rules import (
    facts_of,
    mail_domains_of,
    outcome_of,
    place_of,
    remaining_methods,
    score,
)
from tresen.domains.risk.types import Asking, Facts, Outcome, Ruleset, Scored
from tresen.domains.stores.types import ChannelRow
from tresen.foundation.refusals import Refusal
from tresen.workflows.buying.quote_cart import Quote


class StrongerPaymentNeeded(Refusal):
    """The money is to be sure before goods leave. Remedy: prepayment, a card, or a person."""

    code = "stronger_payment_needed"
    message = (
        "For this order please choose a way to pay in which the money is sure before the goods"
        " leave, such as bank transfer in advance. If you think that is wrong, ask a person."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFrom:
    """The browser's own random name, and the address it connects from: used once, not kept."""

    device: str = ""
    address: str = ""


NOWHERE = SeenFrom()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the rules say of a cart."""

    outcome: Outcome
    scored: Scored
    network: str


UNWEIGHED = Weighed(outcome=Outcome.PASS, scored=Scored(score=0, reasons=()), network="")


def weigh_cart(*, quote: Quote, channel: ChannelRow, seen_from: SeenFrom, now: datetime) -> Weighed:
    """One statement, two where the shop named categories. Nothing is known without an address."""
    cart = quote.cart
    if cart.contact is None or cart.address is None or not cart.contact.email:
        return UNWEIGHED
    ruleset = current_ruleset()
    asked = ask_histories([_asking(quote, seen_from=seen_from, now=now)])
    facts = _facts(cart, ruleset=ruleset, zone=channel.market.time_zone, now=now)
    (history,) = asked.answer()
    scored = score(facts, history, ruleset=ruleset)
    return Weighed(outcome=outcome_of(scored, ruleset), scored=scored, network=history.network)


def offered(quote: Quote, weighed: Weighed) -> Quote:
    """The quote with the ways to pay that stay open."""
    left = set(
        remaining_methods((method.code for method in quote.methods), outcome=weighed.outcome)
    )
    return replace(quote, methods=tuple(m for m in quote.methods if m.code in left))


def _asking(quote: Quote, *, seen_from: SeenFrom, now: datetime) -> Asking:
    contact, address = quote.cart.contact, quote.cart.address
    assert contact is not None
    assert address is not None
    place = place_of(country=address.country, postcode=address.postcode, street=address.street)
    return Asking(
        keys=keys_of(email=contact.email, device=seen_from.device, place=place),
        at=now,
        gross=quote.gross,
        mail_domains=mail_domains_of(contact.email),
        address=seen_from.address,
    )


def _facts(cart: CartRow, *, ruleset: Ruleset, zone: str, now: datetime) -> Facts:
    assert cart.contact is not None
    assert cart.address is not None
    shelves = shelves_of([line.variant_id for line in cart.lines]) if ruleset.resale else {}
    return facts_of(
        delivery_country=cart.address.country,
        billing_country=cart.billing.country if cart.billing else cart.address.country,
        phone=cart.contact.phone,
        method=cart.payment_method,
        quantities=[line.quantity for line in cart.lines],
        categories=(path for paths in shelves.values() for path in paths),
        begun_at=None,
        at=now,
        zone=zone,
    )
