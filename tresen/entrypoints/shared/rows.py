"""What the storefront's partials are given: frozen rows in the trade's words.

A partial asks for attribute names only; any row with the same names will do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol

from tresen.foundation.money import Money

AvailabilityTone = Literal["ok", "low", "late", "out"]
NoticeTone = Literal["info", "ok", "attention", "error"]
StepState = Literal["done", "now", "next", "failed"]
TotalKind = Literal["plain", "saving", "sum"]
FacetKind = Literal["choice", "range"]


class Media(Protocol):
    """A picture: what it shows, its true size, its versions by pixel width."""

    @property
    def alt(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def urls(self) -> Mapping[int, str]: ...


class Link(NamedTuple):
    """Words and where they lead."""

    label: str
    url: str


class LanguageLink(NamedTuple):
    """This page in another language."""

    code: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shop:
    """What every page says about the shop."""

    name: str
    claim: str
    sign_svg_url: str
    nav: tuple[Link, ...]
    legal_links: tuple[Link, ...]
    withdrawal_url: str = ""
    shipping_url: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """Grundpreis: the price of one `unit` («kg», «l», «m»)."""

    money: Money
    unit: str


@dataclass(frozen=True, slots=True)
class Price:
    """The price block. `reference_price` is the lowest of the 30 days before the reduction."""

    price: Money
    reference_price: Money | None = None
    percent_off: int | None = None
    unit_price: UnitPrice | None = None
    deposit: Money | None = None
    is_from: bool = False


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether and when it can be had, in words; the tone only underlines them."""

    words: str
    tone: AvailabilityTone
    delivery_words: str = ""
    store_words: str = ""


@dataclass(frozen=True, slots=True)
class ProductCard:
    """One product in a list."""

    url: str
    title: str
    brand: str
    picture: Media | None
    price: Money
    availability_words: str
    availability_tone: AvailabilityTone
    delivery_words: str = ""
    reference_price: Money | None = None
    percent_off: int | None = None
    unit_price: UnitPrice | None = None
    deposit: Money | None = None
    is_from: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One tick box of a facet; `count` says how many products it would leave."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One question put to the list. `name` is its word in the address.

    A range sends `name_from` and `name_to`; `low` and `high` are what has been typed so far.
    """

    name: str
    title: str
    kind: FacetKind = "choice"
    values: Sequence[FacetValue] = ()
    low: str = ""
    high: str = ""
    unit: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class FacetChip:
    """One chosen facet value and the address without it."""

    facet: str
    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class SortChoice:
    """One order in which the list can stand."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one is in a long list. An empty address means: no such page."""

    previous_url: str
    next_url: str
    shown_from: int
    shown_to: int
    total: int
    total_is_exact: bool = True


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line of a receipt; `facts` are the essential characteristics the law asks for."""

    title: str
    quantity: int
    unit_price: Money
    total: Money
    url: str = ""
    picture: Media | None = None
    facts: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One line under a receipt. Without an amount its `words` stand («kostenlos»)."""

    label: str
    amount: Money | None = None
    words: str = ""
    note: str = ""
    kind: TotalKind = "plain"


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One step between «ordered» and «delivered»."""

    title: str
    state: StepState
    at: datetime | None = None
    expected_words: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    """One option button; unavailable ones stay readable and say why."""

    value: str
    label: str
    chosen: bool = False
    available: bool = True
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One question before the cart: colour, size, grind."""

    name: str
    title: str
    options: Sequence[ChoiceOption]


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of a facts table."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A calm message; `tone` picks icon and colour."""

    text: str
    tone: NoticeTone = "info"
    title: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class DeliverySpan:
    """The days between which it arrives."""

    first: date
    last: date
