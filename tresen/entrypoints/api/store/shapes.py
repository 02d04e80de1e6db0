"""The shapes that the API speaks, as its OpenAPI document shows them.

Money is `amount` (decimal text with the currency's places), `currency` (ISO 4217) and `minor`
(whole minor units). Times are UTC (RFC 3339), dates are of the market's time zone, prices
contain tax unless they say `net`. Rates are decimal texts in per cent.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from tresen.entrypoints.api.store.validation import BAD_SIGNS

MINOR_MAX = 10**15
"""More than any order; whole minor units."""
Text = Annotated[str, Field(max_length=120)]


def _whole(value: object) -> object:
    """JSON knows one kind of number: 3.0 is 3; but no text and no true is a number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole), Field(strict=True)]
Quantity = Annotated[Whole, Field(ge=1, le=999, description="Pieces")]
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class In(Schema):
    """What comes in: nothing unknown is accepted, so that a typing error is told."""

    model_config = ConfigDict(extra="forbid", strict=False)

    @field_validator("*", mode="after")
    @classmethod
    def _has_no_control_signs(cls, value: object) -> object:
        """No table and no label can carry them."""
        if isinstance(value, str) and _CONTROL.search(value):
            raise PydanticCustomError(BAD_SIGNS, "control characters")
        return value


class MoneyOut(Schema):
    """An amount of money."""

    amount: str = Field(examples=["12.34"])
    currency: str = Field(examples=["EUR"], min_length=3, max_length=3)
    minor: int = Field(examples=[1234])


class TaxedMoneyOut(Schema):
    """An amount with its tax: net + tax = gross."""

    net: MoneyOut
    tax: MoneyOut
    gross: MoneyOut


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str = Field(examples=["lines[0].quantity"])
    code: str
    detail: str


class ProblemOut(Schema):
    """Problem details (RFC 9457) with a stable code."""

    type: str
    title: str
    status: int
    code: str = Field(examples=["bad_quantity"])
    detail: str
    errors: list[FieldProblem]


class LineIn(In):
    """So many of one variant, named by id or by SKU."""

    variant: str = Field("", max_length=40, description="`var_…`; or give `sku`")
    sku: str = Field("", max_length=80)
    quantity: Quantity = 1


class CartIn(In):
    """A new cart, perhaps with something in it."""

    lines: list[LineIn] = Field(default=[], max_length=100)


class QuantityIn(In):
    """Exactly so many; 0 takes the line out."""

    quantity: Whole = Field(ge=0, le=999)


class AddressIn(In):
    """A postal address."""

    name: Text
    company: Text = ""
    street: Text = ""
    extra: Text = ""
    postcode: Text = ""
    city: Text = ""
    region: Text = ""
    country: str = Field(min_length=2, max_length=2, description="ISO 3166-1 alpha-2")


class AddresseeIn(In):
    """Contact and addresses. For a pick-up the name and country are enough."""

    email: str = Field(max_length=254)
    phone: str = Field("", max_length=40)
    address: AddressIn
    billing: AddressIn | None = None
    pickup: bool = False


class DeliveryIn(In):
    """The chosen delivery option."""

    code: str = Field(max_length=60)


class PaymentIn(In):
    """The chosen payment method."""

    method: str = Field(max_length=40)


class ExpectedTotalIn(In):
    """The total that the customer saw."""

    minor: Whole = Field(ge=0, le=MINOR_MAX)
    currency: str = Field(min_length=3, max_length=3)


class OrderIn(In):
    """Place the order of a cart. With `expected_total` a changed price is refused (409)."""

    cart: str = Field(max_length=40)
    expected_total: ExpectedTotalIn | None = None


class CartLineOut(Schema):
    """A line with today's price. `problem`: gone, no_price, sold_out, too_many, or empty."""

    variant: str
    sku: str
    title: str
    options: str
    slug: str
    picture: str
    quantity: int
    unit_price: MoneyOut | None
    reference_price: MoneyOut | None
    gross: MoneyOut
    available: int
    problem: str


class OfferOut(Schema):
    """A way to receive the goods, with its promise."""

    code: str
    kind: str
    name: str
    note: str
    carrier: str
    place: str
    price: MoneyOut
    free_from: MoneyOut | None
    earliest: date
    latest: date


class TaxOut(Schema):
    """Net, tax and gross of one rate."""

    rate: str = Field(examples=["19.00"])
    treatment: str
    net: MoneyOut
    tax: MoneyOut
    gross: MoneyOut


class TotalsOut(Schema):
    """The sums: goods + delivery = gross = net + tax."""

    goods: MoneyOut
    delivery: MoneyOut
    net: MoneyOut
    tax: MoneyOut
    gross: MoneyOut
    taxes: list[TaxOut]


class MethodOut(Schema):
    """A way to pay."""

    code: str
    name: str
    redirects: bool


class CartOut(Schema):
    """A cart with prices, promises and what may be chosen. It never repeats personal data."""

    id: str
    is_open: bool
    lines: list[CartLineOut]
    count: int
    totals: TotalsOut
    delivery: OfferOut | None
    delivery_is_assumed: bool
    delivery_options: list[OfferOut]
    payment_method: str
    payment_methods: list[MethodOut]
    has_contact: bool
    country: str


class OrderLineOut(Schema):
    """A line as promised."""

    variant: str
    sku: str
    title: str
    options: str
    quantity: int
    shipped: int
    unit_price: MoneyOut
    gross: MoneyOut
    tax_rate: str


class OrderDeliveryOut(Schema):
    """The promise of delivery."""

    kind: str
    name: str
    carrier: str
    place: str
    earliest: date
    latest: date


class TransferOut(Schema):
    """How to pay by bank transfer."""

    holder: str
    iban: str
    bic: str
    reference: str
    amount: MoneyOut


class OrderPaymentOut(Schema):
    """How far the payment is, and what is still to do."""

    method: str
    state: str
    redirects: bool
    transfer: TransferOut | None = None


class OrderOut(Schema):
    """An order. `token` is the key to read it again, for as long as the link lives."""

    id: str
    number: str
    token: str
    state: str
    payment_state: str
    fulfilment_state: str
    placed_at: datetime
    lines: list[OrderLineOut]
    totals: TotalsOut
    delivery: OrderDeliveryOut
    payment: OrderPaymentOut
    can_cancel: bool


class PlacedOut(Schema):
    """What came of placing an order; read the rest with the token."""

    id: str
    number: str
    token: str


class RedirectIn(In):
    """Where the customer comes back to; absolute addresses."""

    return_url: str = Field("", max_length=500)
    cancel_url: str = Field("", max_length=500)


class CancellationIn(In):
    """Why an order is taken back; may be empty."""

    reason: Literal["", "changed_mind", "ordered_by_mistake", "too_slow", "other"] = ""


class RedirectOut(Schema):
    """Where the customer goes on to pay; null when nothing is left to do there."""

    redirect_url: str | None
