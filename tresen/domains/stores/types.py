"""The words of this domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class ChannelKind(StrEnum):
    """Where one sells."""

    WEB = "web"
    COUNTER = "counter"
    MARKETPLACE = "marketplace"
    SOCIAL = "social"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRow:
    """A legal entity with a place. Business data, not data about private people.

    `claims` and `abouts` are by language: what the shop stands for in a line, and in a few.
    """

    id: UUID
    code: str
    name: str
    legal_name: str
    street: str
    postcode: str
    city: str
    country: str
    email: str
    phone: str
    vat_id: str
    register: str
    managers: str
    iban: str
    bic: str
    account_holder: str
    claims: Mapping[str, str]
    abouts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketRow:
    """Countries one delivers to, the currency (ISO 4217), languages, and how prices are shown.

    `country` (ISO 3166-1 alpha-2) is where goods are sent from for tax; `time_zone` an IANA name.
    """

    code: str
    country: str
    countries: tuple[str, ...]
    currency: str
    locales: tuple[str, ...]
    prices_include_tax: bool
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """A place of sale, bound to one store and one market."""

    id: UUID
    code: str
    name: str
    kind: ChannelKind
    is_open: bool
    store: StoreRow
    market: MarketRow

    @property
    def default_locale(self) -> str:
        return self.market.locales[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStore:
    """What is needed to found a store; see StoreRow for the fields."""

    code: str
    name: str
    legal_name: str
    street: str
    postcode: str
    city: str
    country: str
    email: str
    phone: str = ""
    vat_id: str = ""
    register: str = ""
    managers: str = ""
    iban: str = ""
    bic: str = ""
    account_holder: str = ""
    claims: Mapping[str, str] = field(default_factory=dict)
    abouts: Mapping[str, str] = field(default_factory=dict)
