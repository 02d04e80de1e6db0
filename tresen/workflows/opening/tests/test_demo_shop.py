"""The demo shop opens whole, in both languages, and opening it again changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tresen.domains.accounts.types import Role
from tresen.domains.catalog.queries import category_tree, count_products, list_product_ids
from tresen.domains.compliance.queries import current_texts
from tresen.domains.compliance.types import TextKind
from tresen.domains.fulfilment.queries import list_options
from tresen.domains.inventory.queries import list_locations
from tresen.domains.stores.queries import find_channel_by_key, get_channel
from tresen.foundation import sql
from tresen.operations.demo.goods.loader import load_goods
from tresen.workflows.opening.open_demo_shop import CHANNEL, DEMO_KEY, MARKET, Login, open_demo_shop
from tresen.workflows.opening.stock_demo_shelves import stock_demo_shelves

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LOGINS = {"ida": Login(username="ida", name="Ida Ihde", role=Role.OWNER, password="eine Losung")}
SHOP = load_goods()


@pytest.fixture
def opened() -> None:
    open_demo_shop(shop=SHOP, logins=LOGINS, now=NOON)
    stock_demo_shelves(shop=SHOP, pictures={}, now=NOON)


def _counts() -> dict[str, int]:
    tables = ("catalog_product", "catalog_variant", "pricing_price", "inventory_movement",
              "inventory_level", "fulfilment_option", "compliance_text", "accounts_user",
              "stores_channel", "stores_publishable_key")  # fmt: skip
    return {
        name: int(str(sql.rows(f"SELECT count(*) FROM {name}")[0][0]))  # noqa: S608  # names above
        for name in tables
    }


def test_the_shop_is_whole(opened: None) -> None:
    channel = get_channel(CHANNEL)
    assert find_channel_by_key(DEMO_KEY) == channel
    assert count_products()[0] == len(SHOP.products) == len(list_product_ids())
    assert {option.kind.value for option in list_options(market=MARKET)} == {"parcel", "pickup"}
    stores = {place.name for place in list_locations() if place.pickup_allowed}
    assert stores == {store.name.de for store in SHOP.stores}
    for locale in ("de", "en"):
        assert channel.store.claims[locale]
        assert set(current_texts(locale=locale)) == set(TextKind)
        assert len(category_tree(locale=locale)) >= 8


def test_everything_that_is_shown_has_a_price_and_lies_somewhere(opened: None) -> None:
    without_price = sql.rows(
        "SELECT sku FROM catalog_variant v WHERE NOT EXISTS"
        " (SELECT FROM pricing_price p WHERE p.variant_id = v.id)"
    )
    pieces = {
        str(sku): int(str(total))
        for sku, total in sql.rows(
            "SELECT v.sku, sum(l.on_hand) FROM catalog_variant v"
            " JOIN inventory_level l ON l.variant_id = v.id GROUP BY v.sku"
        )
    }
    assert without_price == []
    assert pieces == {
        variant.sku: total
        for product in SHOP.products
        for variant in product.variants
        if (total := sum(stock.quantity for stock in variant.stock))
    }


def test_opening_again_changes_nothing(opened: None) -> None:
    before = _counts()
    open_demo_shop(shop=SHOP, logins=LOGINS, now=NOON)
    assert _counts() == before
