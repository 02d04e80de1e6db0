"""From rows of the house to what the API says: plain dictionaries, written once, fast."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from tresen.domains.fulfilment.types import Offer
from tresen.domains.orders.rules import may_cancel
from tresen.domains.orders.types import LineRow, OrderRow, TaxShare
from tresen.domains.payments.ports import TransferInstructions
from tresen.domains.payments.types import MethodRow
from tresen.domains.tax.types import TaxGroup
from tresen.foundation.ids import outer
from tresen.foundation.money import Money, exponent_of
from tresen.workflows.buying.place_order import Placed
from tresen.workflows.buying.quote_cart import Quote, QuotedLine

Words = dict[str, object]


def money(value: Money) -> Words:
    """{"amount": "12.34", "currency": "EUR", "minor": 1234}"""
    places = exponent_of(value.currency)
    minor = value.minor
    digits = str(abs(minor)).rjust(places + 1, "0")
    amount = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    sign = "-" if minor < 0 else ""
    return {"amount": sign + amount, "currency": value.currency, "minor": minor}


def rate(basis_points: int) -> str:
    """1900 as "19.00"."""
    return f"{basis_points // 100}.{basis_points % 100:02d}"


def cart(quote: Quote) -> Words:
    """A quoted cart."""
    return {
        "id": outer("cart", quote.cart.id),
        "is_open": quote.cart.is_open,
        "lines": [_cart_line(line) for line in quote.lines],
        "count": quote.count,
        "totals": _cart_totals(quote),
        "delivery": offer(quote.delivery) if quote.delivery else None,
        "delivery_is_assumed": quote.delivery_is_assumed,
        "delivery_options": [offer(found) for found in quote.offers],
        "payment_method": quote.cart.payment_method,
        "payment_methods": methods(quote.methods),
        "has_contact": quote.cart.contact is not None,
        "country": quote.tax_country,
    }


def offer(found: Offer) -> Words:
    """A delivery offer."""
    return {
        "code": found.code,
        "kind": found.kind.value,
        "name": found.name,
        "note": found.note,
        "carrier": found.carrier,
        "place": found.place,
        "price": money(found.price),
        "free_from": money(found.free_from) if found.free_from else None,
        "earliest": found.earliest,
        "latest": found.latest,
    }


def methods(found: Iterable[MethodRow]) -> list[Words]:
    """Ways to pay, named in the language that was asked for."""
    return [
        {"code": method.code, "name": gettext(method.label), "redirects": method.redirects}
        for method in found
    ]


def placed(found: Placed, *, token: str) -> Words:
    """What came of placing an order."""
    return {"id": outer("ord", found.order_id), "number": found.number, "token": token}


def transfer(found: TransferInstructions) -> Words:
    """How to pay by bank transfer."""
    return {
        "holder": found.payee.holder,
        "iban": found.payee.iban,
        "bic": found.payee.bic,
        "reference": found.reference,
        "amount": money(found.amount),
    }


def order(row: OrderRow, *, token: str, redirects: bool, transfer: Words | None) -> Words:
    """An order as its customer sees it."""
    return {
        "id": outer("ord", row.id),
        "number": row.number,
        "token": token,
        "state": row.state.value,
        "payment_state": row.payment_state.value,
        "fulfilment_state": row.fulfilment_state.value,
        "placed_at": row.placed_at,
        "lines": [_order_line(line) for line in row.lines],
        "totals": _totals(
            goods=row.goods,
            delivery=row.delivery_price,
            net=row.net,
            tax=row.tax,
            gross=row.gross,
            shares=row.taxes,
        ),
        "delivery": {
            "kind": row.delivery.kind,
            "name": row.delivery.name,
            "carrier": row.delivery.carrier,
            "place": row.delivery.place,
            "earliest": row.delivery.earliest,
            "latest": row.delivery.latest,
        },
        "payment": {
            "method": row.payment_method,
            "state": row.payment_state.value,
            "redirects": redirects,
            "transfer": transfer,
        },
        "can_cancel": may_cancel(row),
    }


def _cart_line(line: QuotedLine) -> Words:
    goods, price = line.goods, line.price
    return {
        "variant": outer("var", line.variant_id),
        "sku": goods.sku if goods else "",
        "title": goods.title if goods else "",
        "options": goods.options if goods else "",
        "slug": goods.slug if goods else "",
        "picture": goods.picture_url if goods else "",
        "quantity": line.quantity,
        "unit_price": money(price.amount) if price else None,
        "reference_price": money(price.reference) if price and price.reference else None,
        "gross": money(line.gross),
        "available": max(line.available, 0),
        "problem": line.problem.value,
    }


def _cart_totals(quote: Quote) -> Words:
    nothing = Money(0, quote.goods.currency)
    net = quote.tax.net if quote.tax else nothing
    tax = quote.tax.tax if quote.tax else nothing
    shares: tuple[TaxGroup, ...] = quote.tax.groups if quote.tax else ()
    return _totals(
        goods=quote.goods,
        delivery=quote.delivery_price,
        net=net,
        tax=tax,
        gross=quote.gross,
        shares=shares,
    )


def _totals(
    *,
    goods: Money,
    delivery: Money,
    net: Money,
    tax: Money,
    gross: Money,
    shares: Iterable[TaxShare | TaxGroup],
) -> Words:
    return {
        "goods": money(goods),
        "delivery": money(delivery),
        "net": money(net),
        "tax": money(tax),
        "gross": money(gross),
        "taxes": [_share(share) for share in shares],
    }


def _share(share: TaxShare | TaxGroup) -> Words:
    return {
        "rate": rate(share.rate_bp),
        "treatment": str(share.treatment),
        "net": money(share.net),
        "tax": money(share.tax),
        "gross": money(share.gross),
    }


def _order_line(line: LineRow) -> Words:
    return {
        "variant": outer("var", line.variant_id),
        "sku": line.sku,
        "title": line.title,
        "options": line.options,
        "quantity": line.quantity,
        "shipped": line.shipped,
        "unit_price": money(line.unit),
        "gross": money(line.gross),
        "tax_rate": rate(line.rate_bp),
    }
