"""What the checkout shows besides its fields: ways to deliver, ways to pay, the review."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from tresen.domains.fulfilment.types import DeliveryKind, Offer
from tresen.entrypoints.shared import dates
from tresen.entrypoints.shared.amounts import money_words
from tresen.entrypoints.storefront.cart import rows as cart_rows
from tresen.workflows.buying.quote_cart import Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One radio button with its price and promise."""

    value: str
    title: str
    price: str
    note: str
    chosen: bool


def deliveries(quote: Quote) -> list[Pick]:
    """The ways to receive the goods, each with its days."""
    chosen = quote.delivery.code if quote.delivery else ""
    return [_delivery(offer, chosen=offer.code == chosen) for offer in quote.offers]


def payments(quote: Quote, *, chosen: str) -> list[Pick]:
    """The ways to pay that fit."""
    codes = {method.code for method in quote.methods}
    first = next(iter(quote.methods), None)
    default = chosen if chosen in codes else (first.code if first else "")
    return [
        Pick(
            value=method.code,
            title=gettext(method.label),
            price="",
            note=gettext(method.hint) if method.hint else "",
            chosen=method.code == default,
        )
        for method in quote.methods
    ]


def review(quote: Quote) -> dict[str, object]:
    """The calm receipt above the button."""
    return {
        "receipt_lines": [cart_rows.receipt_line(line) for line in quote.good_lines],
        "totals": cart_rows.totals(quote),
        "can_order": not quote.has_problems and bool(quote.lines) and quote.delivery is not None,
        "seen_minor": quote.gross.minor,
        "deliveries": deliveries(quote),
        "is_pickup": quote.delivery is not None and quote.delivery.kind is DeliveryKind.PICKUP,
        "place": quote.delivery.place if quote.delivery else "",
    }


def _delivery(offer: Offer, *, chosen: bool) -> Pick:
    language = (get_language() or "en")[:2]
    span = dates.span_words(offer.earliest, offer.latest, language=language)
    promise = (
        gettext("Ready: %(days)s")
        if offer.kind is DeliveryKind.PICKUP
        else gettext("With you: %(days)s")
    )
    notes = [promise % {"days": span}, offer.place, offer.note]
    free = offer.price.minor == 0
    return Pick(
        value=offer.code,
        title=offer.name,
        price=gettext("free") if free else money_words(offer.price, language=language),
        note=" · ".join(note for note in notes if note),
        chosen=chosen,
    )
