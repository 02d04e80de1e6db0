"""From the cart to the order: one order whatever is retried, all of it or nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tresen.domains.carts.queries import find_cart, get_cart
from tresen.domains.catalog.commands import unpublish_product
from tresen.domains.inventory.queries import ask_availability, find_drift
from tresen.domains.orders.queries import OrderFilter, get_order, list_orders
from tresen.domains.orders.rules import NotCancellable
from tresen.domains.orders.types import OrderState, PaymentState
from tresen.domains.payments.queries import balances, list_payments_of
from tresen.domains.pricing.commands import set_prices
from tresen.domains.pricing.types import NewPrice
from tresen.foundation.actor import GUEST, SYSTEM
from tresen.foundation.idempotency.keys import KeyReused
from tresen.foundation.journal.models import Fact
from tresen.foundation.money import Money
from tresen.workflows.buying.cancel_order import cancel_order_once, take_back_order
from tresen.workflows.buying.fill_cart import NotForSale, add_to_cart
from tresen.workflows.buying.place_order import (
    AlreadyOrdered,
    LineNotAvailable,
    PaymentNotPossible,
    Placed,
    PriceChanged,
    place_order,
)
from tresen.workflows.buying.prepare_order import WrongDetails, address_cart
from tresen.workflows.buying.quote_cart import quote_cart
from tresen.workflows.buying.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> make.SmallShop:
    return make.small_shop()


def _place(shop: make.SmallShop, cart_id, *, key: str = "k1", seen: int | None = None) -> Placed:
    return place_order(
        cart_id=cart_id,
        channel=shop.channel,
        key=key,
        seen_total=None if seen is None else Money(seen, "EUR"),
        texts={"terms": "0" * 64},
        now=make.NOON,
        actor=GUEST,
    )


def _free(shop: make.SmallShop) -> dict[str, int]:
    found = ask_availability([shop.tea, shop.mug], locations=["lager"], now=make.NOON).answer()
    return {"tea": found.get(shop.tea, 0), "mug": found.get(shop.mug, 0)}


def test_an_order_keeps_what_the_customer_saw(shop: make.SmallShop) -> None:
    cart_id = make.ready_cart(shop)

    placed = _place(shop, cart_id, seen=3940)

    order = get_order(placed.order_id)
    assert [(line.title, line.quantity, line.gross.minor) for line in order.lines] == [
        ("Tee", 1, 1070),
        ("Becher", 2, 2380),
    ]
    assert (order.goods.minor, order.delivery_price.minor, order.gross.minor) == (3450, 490, 3940)
    shares = [(share.rate_bp, share.net.minor, share.tax.minor) for share in order.taxes]
    assert shares == [(700, 1152, 81), (1900, 2275, 432)]
    assert order.texts == {"terms": "0" * 64}
    assert (order.delivery.earliest.isoformat(), order.delivery.latest.isoformat()) == (
        "2026-11-24",
        "2026-11-25",
    )
    assert placed.number == order.number
    assert _free(shop) == {"tea": 9, "mug": 8}
    (payment,) = list_payments_of(order.id)
    assert (payment.amount.minor, payment.method) == (3940, "bank_transfer")
    assert sum(balances().values()) == 0
    assert "OrderPlaced" in set(Fact.objects.values_list("kind", flat=True))
    assert find_cart(cart_id).contact is None
    assert find_drift() == []


def test_the_same_key_twice_is_one_order(shop: make.SmallShop) -> None:
    cart_id = make.ready_cart(shop)

    first, again = _place(shop, cart_id), _place(shop, cart_id)

    assert (first.is_new, again.is_new) == (True, False)
    assert (first.order_id, first.number) == (again.order_id, again.number)
    assert len(list_orders(narrow=OrderFilter())) == 1
    assert _free(shop) == {"tea": 9, "mug": 8}


def test_the_same_key_for_something_else_is_refused(shop: make.SmallShop) -> None:
    _place(shop, make.ready_cart(shop))

    with pytest.raises(KeyReused):
        _place(shop, make.ready_cart(shop, (shop.tea, 1)))

    assert len(list_orders(narrow=OrderFilter())) == 1


def test_another_key_does_not_order_the_same_cart_again(shop: make.SmallShop) -> None:
    cart_id = make.ready_cart(shop)
    _place(shop, cart_id)

    with pytest.raises(AlreadyOrdered):
        _place(shop, cart_id, key="k2")

    assert len(list_orders(narrow=OrderFilter())) == 1


def test_a_changed_price_is_not_charged_unseen(shop: make.SmallShop) -> None:
    cart_id = make.ready_cart(shop)
    set_prices(
        [NewPrice(variant_id=shop.mug, amount=Money(1290, "EUR"))],
        list_code="retail",
        now=make.NOON - timedelta(minutes=1),
        actor=SYSTEM,
    )

    with pytest.raises(PriceChanged):
        _place(shop, cart_id, seen=3940)

    assert list_orders(narrow=OrderFilter()) == []
    assert find_cart(cart_id).is_open
    assert get_order(_place(shop, cart_id, key="k2", seen=4140).order_id).gross.minor == 4140


def test_a_closed_product_cannot_be_ordered(shop: make.SmallShop) -> None:
    cart_id = make.ready_cart(shop)
    with connection.cursor() as cursor:
        cursor.execute("SELECT product_id FROM catalog_variant WHERE id = %s", [shop.mug])
        (product_id,) = cursor.fetchone()
    unpublish_product(product_id=product_id, channel_code="web-de", now=make.NOON, actor=SYSTEM)

    with pytest.raises(LineNotAvailable) as refused:
        _place(shop, cart_id)

    assert refused.value.field == "lines[1]"
    assert list_orders(narrow=OrderFilter()) == []
    with pytest.raises(NotForSale):
        make.filled_cart(shop, (shop.mug, 1))


def test_no_more_is_sold_than_there_is(shop: make.SmallShop) -> None:
    first = make.ready_cart(shop, (shop.tea, 10))

    with pytest.raises(LineNotAvailable) as refused:
        make.filled_cart(shop, (shop.tea, 1))
    assert refused.value.params["available"] == 0

    _place(shop, first)
    assert _free(shop)["tea"] == 0


def test_an_expired_hold_is_free_again(shop: make.SmallShop) -> None:
    early = make.NOON - timedelta(hours=1)
    make.ready_cart(shop, (shop.tea, 10), now=early)

    placed = _place(shop, make.ready_cart(shop, (shop.tea, 10)))

    assert placed.is_new
    assert _free(shop)["tea"] == 0


def test_paying_in_the_store_is_only_for_those_who_come(shop: make.SmallShop) -> None:
    with pytest.raises(PaymentNotPossible):
        make.ready_cart(shop, payment="pay_in_store")

    cart_id = make.ready_cart(shop, (shop.mug, 1), delivery="pickup-altona", payment="pay_in_store")
    order = get_order(_place(shop, cart_id, key="k2").order_id)
    assert (order.delivery.kind, order.address, order.delivery_price.minor) == ("pickup", None, 0)


def test_an_unknown_article_is_not_put_in(shop: make.SmallShop) -> None:
    cart_id = make.filled_cart(shop)

    with pytest.raises(NotForSale):
        add_to_cart(
            cart_id=cart_id,
            channel=shop.channel,
            locale="de",
            lines=[make.CartLine(uuid4(), 1)],
            now=make.NOON,
        )


def test_every_wrong_detail_is_told_at_once_and_nothing_is_kept(shop: make.SmallShop) -> None:
    cart_id = make.filled_cart(shop)

    with pytest.raises(WrongDetails) as refused:
        address_cart(
            cart_id=cart_id,
            contact=make.contact(email="nobody"),
            address=make.address(postcode="1", city=""),
            billing=None,
            pickup=False,
            channel=shop.channel,
            locale="de",
            now=make.NOON,
        )

    fields = sorted(refusal.field for refusal in refused.value.refusals)
    assert fields == ["city", "email", "postcode"]
    assert find_cart(cart_id).contact is None


def test_cancelling_frees_the_goods_and_reverses_the_sale(shop: make.SmallShop) -> None:
    order_id = _place(shop, make.ready_cart(shop)).order_id

    for _ in range(2):
        cancel_order_once(
            order_id=order_id, key="c1", reason="changed_mind", now=make.NOON, actor=GUEST
        )

    assert get_order(order_id).state is OrderState.CANCELLED
    assert _free(shop) == {"tea": 10, "mug": 10}
    assert set(balances().values()) <= {0}
    with pytest.raises(NotCancellable):
        take_back_order(order_id=order_id, reason="again", now=make.NOON, actor=GUEST)


def test_an_order_abroad_is_taxed_where_it_arrives(shop: make.SmallShop) -> None:
    cart = get_cart(make.filled_cart(shop), channel_code="web-de")
    abroad = replace(cart, address=make.address(country="AT", postcode="1010"))

    quote = quote_cart(cart=abroad, channel=shop.channel, locale="de", at=make.NOON)

    assert quote.gross.minor == 3940
    assert [group.rate_bp for group in quote.tax.groups] == [1000, 2000]
    assert [offer.code for offer in quote.offers] == ["parcel-at"]


def test_a_store_is_offered_only_where_everything_lies_in_it(shop: make.SmallShop) -> None:
    def offered(*lines: tuple[UUID, int]) -> set[str]:
        cart = get_cart(make.filled_cart(shop, *lines), channel_code="web-de")
        quote = quote_cart(cart=cart, channel=shop.channel, locale="de", at=make.NOON)
        return {offer.code for offer in quote.offers}

    assert offered((shop.mug, 1)) == {"parcel-de", "pickup-altona"}
    assert offered((shop.mug, 2)) == {"parcel-de"}, "there is one in Altona"
    assert offered((shop.tea, 1), (shop.mug, 1)) == {"parcel-de"}, "there is no tea in Altona"


def test_a_new_order_waits_for_its_payment(shop: make.SmallShop) -> None:
    order = get_order(_place(shop, make.ready_cart(shop)).order_id)

    assert order.payment_state is PaymentState.OPEN


def test_the_number_of_statements_is_known(shop: make.SmallShop, django_assert_num_queries) -> None:
    cart_id = make.ready_cart(shop)
    cart = get_cart(cart_id, channel_code="web-de")
    quote_cart(cart=cart, channel=shop.channel, locale="de", at=make.NOON)

    with django_assert_num_queries(3):
        quote_cart(cart=cart, channel=shop.channel, locale="de", at=make.NOON)
    with django_assert_num_queries(20):  # one of them finds the person and their keys
        _place(shop, cart_id)
