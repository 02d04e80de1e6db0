"""The demo shop opens: its stores, channel, delivery options, texts and staff. Safe to repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from tresen.domains.accounts.commands import hire
from tresen.domains.accounts.types import Role
from tresen.domains.compliance.commands import publish_text
from tresen.domains.compliance.types import TextKind
from tresen.domains.fulfilment.commands import set_option
from tresen.domains.fulfilment.types import DeliveryKind, DeliveryOption
from tresen.domains.stores.commands import (
    found_store,
    make_publishable_key,
    open_channel,
    set_market,
)
from tresen.domains.stores.types import ChannelKind, MarketRow, NewStore
from tresen.foundation.money import Money
from tresen.operations.demo.goods_types import DemoShop
from tresen.operations.demo.texts import demo_texts
from tresen.workflows.opening.describe_demo_goods import localized
from tresen.workflows.trusting.notice import publish_notice

CHANNEL = "web-de"
MARKET = "de"
STORE = "schapp"
DEMO_KEY = "pk_demo_web_de"
EU = ("DE", "AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
      "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK")  # fmt: skip
WAREHOUSE = "rothenburgsort"
DEMO_IBAN, DEMO_BIC = "DE02120300000000202051", "BYLADEM1001"
"""A well-known example account of the German banks' documentation; nothing is booked there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A member of the demo's staff and the password made for this installation."""

    username: str
    name: str
    role: Role
    password: str


@transaction.atomic
def open_demo_shop(*, shop: DemoShop, logins: Mapping[str, Login], now: datetime) -> None:
    """Everything but the goods."""
    set_market(
        market=MarketRow(
            code=MARKET,
            country="DE",
            countries=EU,
            currency=shop.currency,
            locales=("de", "en"),
            prices_include_tax=True,
            time_zone="Europe/Berlin",
        )
    )
    store = _store_of(shop)
    store_id = found_store(store=store)
    channel_id = open_channel(
        code=CHANNEL, name=shop.name, kind=ChannelKind.WEB, store_id=store_id, market=MARKET
    )
    make_publishable_key(channel_id=channel_id, label="Demo", now=now, key=DEMO_KEY)
    for option in _options(shop):
        set_option(option=option)
    _publish_texts(store, now=now)
    publish_notice(now=now)
    for login in logins.values():
        hire(
            username=login.username,
            display_name=login.name,
            email=f"{login.username}@schapp.example",
            role=login.role,
            password=login.password,
            now=now,
        )


def _store_of(shop: DemoShop) -> NewStore:
    address = shop.legal_address
    return NewStore(
        code=STORE,
        name=shop.name,
        legal_name=shop.legal_name,
        street=f"{address.street} {address.house_number}",
        postcode=address.postal_code,
        city=address.city,
        country=address.country,
        email=shop.email,
        phone=shop.phone,
        vat_id=shop.vat_id,
        register=shop.register,
        managers="Wiebke Brodersen",
        iban=DEMO_IBAN,
        bic=DEMO_BIC,
        account_holder=shop.legal_name,
        claims=localized(shop.claim),
        abouts=localized(shop.about),
    )


def _publish_texts(store: NewStore, *, now: datetime) -> None:
    places = {name: str(getattr(store, name)) for name in NewStore.__slots__}
    for text in demo_texts(places):
        publish_text(
            kind=TextKind(text.kind),
            locale=text.locale,
            title=text.title,
            body_html=text.body_html,
            now=now,
        )


def _options(shop: DemoShop) -> list[DeliveryOption]:
    currency = shop.currency
    parcels = [
        _parcel("parcel-de", ("DE",), ("Paket", "Parcel"), price=490, free=5000, days=(1, 2)),
        _parcel("express-de", ("DE",), ("Express", "Express"), price=1290, free=None, days=(1, 1)),
        _parcel("parcel-eu", EU[1:], ("Paket", "Parcel"), price=1290, free=15000, days=(3, 6)),
    ]
    pickups = [
        DeliveryOption(
            code=f"pickup-{store.code}",
            market=MARKET,
            kind=DeliveryKind.PICKUP,
            countries=(),
            names={
                "de": f"Abholen: {store.name.de}",
                "en": f"Collect: {store.name.en}",
            },
            notes={},
            carrier="",
            price=Money(0, currency),
            free_from=None,
            handling_days=0,
            transit_days_min=0,
            transit_days_max=0,
            cutoff=time(17),
            time_zone="Europe/Berlin",
            holiday_country="DE",
            holiday_region="HH",
            locations=(store.location,),
            place=f"{store.address.street} {store.address.house_number}, {store.address.city}",
            weight_max_g=0,
            position=10 + place,
        )
        for place, store in enumerate(shop.stores)
    ]
    return parcels + pickups


def _parcel(
    code: str,
    countries: tuple[str, ...],
    names: tuple[str, str],
    *,
    price: int,
    free: int | None,
    days: tuple[int, int],
) -> DeliveryOption:
    return DeliveryOption(
        code=code,
        market=MARKET,
        kind=DeliveryKind.PARCEL,
        countries=countries,
        names=dict(zip(("de", "en"), names, strict=True)),
        notes={},
        carrier="DHL",
        price=Money(price, "EUR"),
        free_from=None if free is None else Money(free, "EUR"),
        handling_days=0,
        transit_days_min=days[0],
        transit_days_max=days[1],
        cutoff=time(14),
        time_zone="Europe/Berlin",
        holiday_country="DE",
        holiday_region="HH",
        locations=(WAREHOUSE, "altona", "eimsbuettel"),
        place="",
        weight_max_g=31_500,
        position=len(code),
    )
