"""What a letter about an order says: a snapshot as plain JSON values, sealed with the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import cast
from uuid import UUID

from tresen.domains.compliance.queries import current_texts, find_text_by_digest
from tresen.domains.compliance.types import LegalText, TextKind
from tresen.domains.conversations.types import Enclosure, Letter, LetterKind, NewLetter
from tresen.domains.orders.types import LineRow, OrderRow, PaymentState, PostalAddress, TaxShare
from tresen.domains.payments.rules import creditor_reference
from tresen.domains.stores.queries import NoSuchChannel, get_channel, list_channels
from tresen.domains.stores.types import ChannelRow, StoreRow
from tresen.foundation.money import Money
from tresen.workflows.caring.addresses import order_page, withdrawal_page

Payload = dict[str, object]

ENCLOSED = (TextKind.TERMS, TextKind.WITHDRAWAL)
PAID = (PaymentState.PAID, PaymentState.PARTLY_REFUNDED, PaymentState.REFUNDED)


def order_letter(
    order: OrderRow, *, kind: LetterKind, key: str, more: Mapping[str, object] | None = None
) -> NewLetter:
    """A letter to who ordered, in the language they ordered in."""
    return NewLetter(
        key=key,
        kind=kind,
        locale=order.locale,
        recipient=order.person.email,
        payload=basics_of(order) | dict(more or {}),
        person_id=order.person_id or order.id,
        order_id=order.id,
    )


def basics_of(order: OrderRow) -> Payload:
    """What every letter about an order names."""
    channel = channel_of(order.channel_code)
    return {
        "channel": channel.code,
        "zone": channel.market.time_zone,
        "shop": shop_words(channel),
        "name": order.person.name,
        "number": order.number,
        "placed_at": order.placed_at.isoformat(),
        "order_url": order_page(order.id, locale=order.locale, placed_at=order.placed_at),
        "withdrawal_url": withdrawal_page(locale=order.locale),
    }


def whole_order(order: OrderRow) -> Payload:
    """Lines, sums, taxes, delivery and payment, as § 312f BGB wants them on paper."""
    return {
        "lines": [line_words(line) for line in order.lines],
        "goods": money_words(order.goods),
        "delivery_price": money_words(order.delivery_price),
        "net": money_words(order.net),
        "gross": money_words(order.gross),
        "taxes": [_tax_words(share) for share in order.taxes],
        "address": _address_words(order.address),
        "billing": _address_words(order.billing),
        "delivery": {
            "kind": order.delivery.kind,
            "name": order.delivery.name,
            "carrier": order.delivery.carrier,
            "place": order.delivery.place,
            "earliest_on": order.delivery.earliest.isoformat(),
            "latest_on": order.delivery.latest.isoformat(),
        },
        "payment": _payment_words(order),
        "texts": dict(order.texts),
    }


def line_words(line: LineRow, *, quantity: int | None = None) -> Payload:
    """One line, perhaps with fewer pieces than were ordered."""
    pieces = line.quantity if quantity is None else quantity
    return {
        "title": line.title,
        "options": line.options,
        "sku": line.sku,
        "quantity": pieces,
        "unit": money_words(line.unit),
        "gross": money_words(line.unit * pieces),
    }


def money_words(amount: Money) -> Payload:
    return {"minor": amount.minor, "currency": amount.currency}


def with_enclosures(letter: Letter) -> Letter:
    """A confirmation carries the legal texts that were shown, word for word (§ 312f BGB)."""
    if letter.kind is not LetterKind.ORDER_PLACED:
        return letter
    shown = cast("Mapping[str, str]", letter.payload["texts"])
    found = [_text(kind, shown.get(kind.value, ""), letter.locale) for kind in ENCLOSED]
    texts = tuple(Enclosure(title=text.title, html=text.body_html) for text in found if text)
    return replace(letter, enclosures=texts)


def channel_of(code: str) -> ChannelRow:
    """The channel an order came from, even when it was closed since."""
    try:
        return get_channel(code)
    except NoSuchChannel:
        return next(channel for channel in list_channels() if channel.code == code)


def shop_words(channel: ChannelRow) -> Payload:
    store: StoreRow = channel.store
    return {
        "name": store.name,
        "legal_name": store.legal_name,
        "street": store.street,
        "place": f"{store.postcode} {store.city}",
        "email": store.email,
        "phone": store.phone,
        "vat_id": store.vat_id,
        "register": store.register,
        "managers": store.managers,
    }


def parcel_lines(order: OrderRow, pieces: Mapping[UUID, int]) -> Sequence[Payload]:
    """The lines that are in a parcel."""
    return [line_words(line, quantity=pieces[line.id]) for line in order.lines if line.id in pieces]


def _text(kind: TextKind, digest: str, locale: str) -> LegalText | None:
    """The words an order names; today's where it names none."""
    if digest:
        return _shown_text(digest)
    return current_texts(locale=locale).get(kind)


@lru_cache(maxsize=256)
def _shown_text(digest: str) -> LegalText:
    """A digest names its words for ever, so that they are read once."""
    text = find_text_by_digest(digest)
    assert text is not None, "an order names words that were published"
    return text


def _tax_words(share: TaxShare) -> Payload:
    return {"rate_bp": share.rate_bp, "treatment": share.treatment, "tax": money_words(share.tax)}


def _address_words(address: PostalAddress | None) -> list[str]:
    if address is None:
        return []
    rows = (
        address.name,
        address.company,
        address.street,
        address.extra,
        f"{address.postcode} {address.city}",
        address.region,
    )
    return [row for row in rows if row.strip()] + [address.country]


def _payment_words(order: OrderRow) -> Payload:
    store = channel_of(order.channel_code).store
    return {
        "method": order.payment_method,
        "is_paid": order.payment_state in PAID,
        "holder": store.account_holder or store.legal_name,
        "iban": store.iban,
        "bic": store.bic,
        "reference": creditor_reference(order.number),
    }
