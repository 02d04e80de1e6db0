"""A small shop with two articles, enough to buy from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from tresen.domains.carts.tests.make import address, contact
from tresen.domains.carts.types import CartLine
from tresen.domains.catalog.commands import put_products
from tresen.domains.catalog.types import ProductDraft, TextDraft, VariantDraft, Window
from tresen.domains.catalog.types.words import ContentUnit
from tresen.domains.compliance.commands import publish_text
from tresen.domains.compliance.types import TextKind
from tresen.domains.fulfilment.commands import set_option
from tresen.domains.fulfilment.tests.make import PARCEL, PICKUP
from tresen.domains.inventory.commands import open_location, receive_stock
from tresen.domains.inventory.types import LocationKind, Need, NewLocation
from tresen.domains.pricing.commands import open_price_list, set_prices
from tresen.domains.pricing.types import NewPrice
from tresen.domains.stores.commands import (
    found_store,
    make_publishable_key,
    open_channel,
    set_market,
)
from tresen.domains.stores.queries import get_channel
from tresen.domains.stores.types import ChannelKind, ChannelRow, MarketRow, NewStore
from tresen.foundation.actor import SYSTEM
from tresen.foundation.money import Money
from tresen.workflows.buying.fill_cart import start_cart
from tresen.workflows.buying.prepare_order import address_cart, deliver_cart_by, pay_cart_by

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
KEY = "pk_test"


@dataclass(frozen=True, kw_only=True)
class SmallShop:
    """The channel, and two articles: tea at 7 %, a mug at 19 %; ten pieces of each."""

    channel: ChannelRow
    tea: UUID
    mug: UUID


def small_shop(*, pieces: int = 10) -> SmallShop:
    """Everything that is needed to buy."""
    channel = _open()
    drafts = [
        _product("tee", "Tee", "Tea", sku="TEA", tax="food", grams=100),
        _product("becher", "Becher", "Mug", sku="MUG", tax="standard", grams=0),
    ]
    written = put_products(drafts, now=NOON, actor=SYSTEM)
    assert not written.faults, written.faults
    tea, mug = written.variant_ids["TEA"], written.variant_ids["MUG"]
    open_price_list(code="retail", name="Einzelhandel", market="de", currency="EUR")
    prices = {tea: 1070, mug: 1190}
    set_prices(
        [NewPrice(variant_id=v, amount=Money(minor, "EUR")) for v, minor in prices.items()],
        list_code="retail",
        now=NOON - timedelta(days=60),
        actor=SYSTEM,
    )
    for code, kind in (("lager", LocationKind.WAREHOUSE), ("altona", LocationKind.STORE)):
        open_location(location=NewLocation(code=code, name=code.title(), kind=kind))
    receive_stock(
        needs=[Need(tea, pieces), Need(mug, pieces)],
        location_code="lager",
        now=NOON,
        actor=SYSTEM,
    )
    receive_stock(needs=[Need(mug, 1)], location_code="altona", now=NOON, actor=SYSTEM)
    return SmallShop(channel=channel, tea=tea, mug=mug)


def _open() -> ChannelRow:
    store_id = found_store(
        store=NewStore(
            code="schapp",
            name="Schapp",
            legal_name="Schapp GmbH",
            street="Packhofkai 4",
            postcode="20539",
            city="Hamburg",
            country="DE",
            email="moin@schapp.example",
            iban="DE02120300000000202051",
            bic="BYLADEM1001",
            account_holder="Schapp GmbH",
        )
    )
    set_market(
        market=MarketRow(
            code="de",
            country="DE",
            countries=("DE", "AT"),
            currency="EUR",
            locales=("de", "en"),
            prices_include_tax=True,
            time_zone="Europe/Berlin",
        )
    )
    channel_id = open_channel(
        code="web-de", name="Schapp", kind=ChannelKind.WEB, store_id=store_id, market="de"
    )
    make_publishable_key(channel_id=channel_id, label="test", now=NOON, key=KEY)
    for option in (PARCEL, PICKUP, replace(PARCEL, code="parcel-at", countries=("AT",))):
        set_option(option=option)
    for locale in ("de", "en"):
        publish_text(
            kind=TextKind.TERMS, locale=locale, title="AGB", body_html="<p>AGB</p>", now=NOON
        )
    return get_channel("web-de")


def _product(
    code: str, german: str, english: str, *, sku: str, tax: str, grams: int
) -> ProductDraft:
    return ProductDraft(
        code=code,
        texts={"de": TextDraft(name=german), "en": TextDraft(name=english)},
        tax_category=tax,
        variants=(
            VariantDraft(
                sku=sku,
                is_default=True,
                weight_g=400,
                origin_country="DE",
                content_amount=Decimal(grams) if grams else None,
                content_unit=ContentUnit.GRAM if grams else ContentUnit.NONE,
            ),
        ),
        channels={"web-de": Window(from_at=NOON - timedelta(days=1))},
    )


def filled_cart(shop: SmallShop, *lines: tuple[UUID, int]) -> UUID:
    """A cart with these lines; one tea and two mugs for nothing."""
    wanted = lines or ((shop.tea, 1), (shop.mug, 2))
    quote = start_cart(
        channel=shop.channel,
        locale="de",
        lines=[CartLine(*line) for line in wanted],
        now=NOON,
    )
    return quote.cart.id


def ready_cart(
    shop: SmallShop,
    *lines: tuple[UUID, int],
    delivery: str = "parcel-de",
    payment: str = "bank_transfer",
    now: datetime = NOON,
) -> UUID:
    """A cart that only waits for the button."""
    cart_id, channel = filled_cart(shop, *lines), shop.channel
    address_cart(
        cart_id=cart_id,
        contact=contact(),
        address=address(),
        billing=None,
        pickup=delivery.startswith("pickup"),
        channel=channel,
        locale="de",
        now=now,
    )
    deliver_cart_by(cart_id=cart_id, delivery_code=delivery, channel=channel, locale="de", now=now)
    pay_cart_by(cart_id=cart_id, payment_method=payment, channel=channel, locale="de", now=now)
    return cart_id
