"""What a cart would cost now: the one calculation behind cart page, checkout, API and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from tresen.domains.carts.types import CartLine, CartRow
from tresen.domains.catalog.queries import ask_snapshots
from tresen.domains.catalog.types import VariantSnapshot
from tresen.domains.fulfilment.queries import list_options
from tresen.domains.fulfilment.rules import offers_for
from tresen.domains.fulfilment.types import Basket, DeliveryKind, Offer
from tresen.domains.inventory.queries import ask_stock_by_place
from tresen.domains.payments.queries import list_methods
from tresen.domains.payments.types import MethodRow
from tresen.domains.pricing.queries import ask_prices
from tresen.domains.pricing.types import UnitPrice
from tresen.domains.stores.types import ChannelRow
from tresen.domains.tax.queries import rates_of
from tresen.domains.tax.rules import assess
from tresen.domains.tax.types import Assessment, Taxable, TaxRate
from tresen.foundation import sql
from tresen.foundation.money import Money


class Problem(StrEnum):
    """Why a line cannot be bought as it stands."""

    NONE = ""
    GONE = "gone"
    NO_PRICE = "no_price"
    SOLD_OUT = "sold_out"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedLine:
    """A cart line with its goods and price.

    `available` counts what this cart may have, `places` where it lies.
    """

    variant_id: UUID
    quantity: int
    goods: VariantSnapshot | None
    price: UnitPrice | None
    gross: Money
    available: int
    places: Mapping[str, int]
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Prices incl. tax, taxes per rate, and the ways to deliver and to pay.

    `delivery` is the chosen offer, or the first that fits (`delivery_is_assumed`), or None.
    Amounts are in the market's currency; tax is rounded per rate group (LAW 4.5).
    """

    cart: CartRow
    lines: tuple[QuotedLine, ...]
    offers: tuple[Offer, ...]
    delivery: Offer | None
    delivery_is_assumed: bool
    methods: tuple[MethodRow, ...]
    goods: Money
    delivery_price: Money
    tax: Assessment | None
    tax_country: str

    @property
    def gross(self) -> Money:
        return self.goods + self.delivery_price

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def has_problems(self) -> bool:
        return any(line.problem for line in self.lines)

    @property
    def good_lines(self) -> tuple[QuotedLine, ...]:
        return tuple(line for line in self.lines if line.goods and line.price)


def quote_cart(
    *, cart: CartRow, channel: ChannelRow, locale: str, at: datetime, rates: bool = True
) -> Quote:
    """Quote in three statements, whatever the number of lines. `rates=False` leaves tax out."""
    market = channel.market
    lines, goods = _lines(cart, channel=channel, locale=locale, at=at)
    country = cart.address.country if cart.address else market.country
    fitting = offers_for(
        list_options(market=market.code),
        country=country,
        basket=Basket(goods=goods, weight_g=_weight(lines)),
        locale=locale,
        at=at,
    )
    offers = tuple(offer for offer in fitting if _lies_there(lines, offer))
    chosen = next((offer for offer in offers if offer.code == cart.delivery_code), None)
    delivery = chosen or (offers[0] if offers else None)
    price = delivery.price if delivery else Money(0, market.currency)
    picked_up = delivery is not None and delivery.kind is DeliveryKind.PICKUP
    tax_country = market.country if picked_up else country
    quote = Quote(
        cart=cart,
        lines=lines,
        offers=offers,
        delivery=delivery,
        delivery_is_assumed=chosen is None,
        methods=list_methods(channel=channel, amount=goods + price, picked_up=picked_up),
        goods=goods,
        delivery_price=price,
        tax=None,
        tax_country=tax_country,
    )
    return _with_tax(quote, channel=channel, at=at) if rates else quote


def _lines(
    cart: CartRow, *, channel: ChannelRow, locale: str, at: datetime
) -> tuple[tuple[QuotedLine, ...], Money]:
    nothing = Money(0, channel.market.currency)
    if not cart.lines:
        return (), nothing
    variant_ids = [line.variant_id for line in cart.lines]
    wanted = [(line.variant_id, line.quantity) for line in cart.lines]
    with sql.pipelined():
        asked_goods = ask_snapshots(variant_ids, channel_code=channel.code, locale=locale, at=at)
        asked_prices = ask_prices(wanted, market=channel.market.code, at=at)
        asked_stock = ask_stock_by_place(variant_ids, cart_id=cart.id, now=at)
        goods, prices, stock = asked_goods.answer(), asked_prices.answer(), asked_stock.answer()
    lines = tuple(
        _quoted(line, goods=goods, prices=prices, stock=stock, nothing=nothing)
        for line in cart.lines
    )
    total = sum((line.gross for line in lines), nothing)
    return lines, total


def _quoted(
    line: CartLine,
    *,
    goods: Mapping[UUID, VariantSnapshot],
    prices: Mapping[UUID, UnitPrice],
    stock: Mapping[UUID, Mapping[str, int]],
    nothing: Money,
) -> QuotedLine:
    snapshot, price = goods.get(line.variant_id), prices.get(line.variant_id)
    places = stock.get(line.variant_id, {})
    available = sum(places.values())
    return QuotedLine(
        variant_id=line.variant_id,
        quantity=line.quantity,
        goods=snapshot,
        price=price,
        gross=price.amount * line.quantity if price and snapshot else nothing,
        available=available,
        places=places,
        problem=_problem(line.quantity, snapshot, price, available),
    )


def _lies_there(lines: Sequence[QuotedLine], offer: Offer) -> bool:
    """All that can be bought lies where this offer takes goods from: no promise without goods."""
    return all(
        sum(line.places.get(place, 0) for place in offer.locations) >= line.quantity
        for line in lines
        if line.problem is Problem.NONE
    )


def _problem(
    quantity: int, snapshot: VariantSnapshot | None, price: UnitPrice | None, available: int
) -> Problem:
    if snapshot is None:
        return Problem.GONE
    if price is None:
        return Problem.NO_PRICE
    if available <= 0:
        return Problem.SOLD_OUT
    return Problem.TOO_MANY if quantity > available else Problem.NONE


def _weight(lines: Sequence[QuotedLine]) -> int:
    return sum((line.goods.weight_g or 0) * line.quantity for line in lines if line.goods)


def _with_tax(quote: Quote, *, channel: ChannelRow, at: datetime) -> Quote:
    lines = quote.good_lines
    if not lines:
        return quote
    day = at.astimezone(ZoneInfo(channel.market.time_zone)).date()
    rates = rates_of(country=quote.tax_country, at=day)
    taxable = [
        Taxable(key=str(line.variant_id), gross=line.gross, rate=_rate(line, rates))
        for line in lines
    ]
    return replace(quote, tax=assess(taxable, delivery=quote.delivery_price))


def _rate(line: QuotedLine, rates: Mapping[str, TaxRate]) -> TaxRate:
    assert line.goods is not None
    return rates.get(line.goods.tax_category) or rates["standard"]
