"""Goods leave once, from where they are kept, and only when the order may leave."""

from __future__ import annotations

import pytest

from tresen.domains.fulfilment.queries import list_parcels_of
from tresen.domains.inventory.commands import receive_stock
from tresen.domains.inventory.queries import find_drift, list_movements
from tresen.domains.inventory.types import CUSTOMER, Need
from tresen.domains.orders.commands import note_payment
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import FulfilmentState, PaymentState
from tresen.foundation.actor import GUEST, SYSTEM
from tresen.workflows.buying.cancel_order import take_back_order
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.tests import make
from tresen.workflows.delivering.ship_order import (
    NothingToShip,
    NotYetPaid,
    OrderIsCancelled,
    ship_order,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> make.SmallShop:
    return make.small_shop()


def _order(shop: make.SmallShop, *lines, paid: bool = True, **words):
    placed = place_order(
        cart_id=make.ready_cart(shop, *lines, **words),
        channel=shop.channel,
        key="k",
        seen_total=None,
        texts={},
        now=make.NOON,
        actor=GUEST,
    )
    if paid:
        note_payment(order_id=placed.order_id, state=PaymentState.PAID, now=make.NOON, actor=SYSTEM)
    return placed.order_id


def _ship(order_id, pieces=None):
    return ship_order(
        order_id=order_id,
        pieces=pieces,
        carrier="DHL",
        tracking="003404",
        now=make.NOON,
        actor=SYSTEM,
    )


def test_everything_leaves_in_one_parcel(shop: make.SmallShop) -> None:
    order_id = _order(shop)

    (parcel_id,) = _ship(order_id)

    (parcel,) = list_parcels_of(order_id)
    assert (parcel.id, parcel.location, parcel.tracking) == (parcel_id, "lager", "003404")
    assert get_order(order_id).fulfilment_state is FulfilmentState.SHIPPED
    assert list_movements(shop.mug)[0].to_code == CUSTOMER
    assert find_drift() == []
    with pytest.raises(NothingToShip):
        _ship(order_id)


def test_a_part_leaves_first_and_the_rest_later(shop: make.SmallShop) -> None:
    order_id = _order(shop)
    tea, mugs = get_order(order_id).lines

    _ship(order_id, {mugs.id: 1})

    assert get_order(order_id).fulfilment_state is FulfilmentState.PARTLY_SHIPPED
    with pytest.raises(NothingToShip):
        _ship(order_id, {mugs.id: 2})
    _ship(order_id, {mugs.id: 1, tea.id: 1})
    assert get_order(order_id).fulfilment_state is FulfilmentState.SHIPPED


def test_goods_kept_in_two_places_leave_in_two_parcels() -> None:
    shop = make.small_shop(pieces=2)
    receive_stock(needs=[Need(shop.tea, 2)], location_code="altona", now=make.NOON, actor=SYSTEM)
    make.set_option(option=make.replace(make.PARCEL, locations=("lager", "altona")))
    order_id = _order(shop, (shop.tea, 4))

    _ship(order_id)

    assert sorted(parcel.location for parcel in list_parcels_of(order_id)) == ["altona", "lager"]
    assert get_order(order_id).fulfilment_state is FulfilmentState.SHIPPED
    assert find_drift() == []


def test_nothing_leaves_unpaid_or_cancelled(shop: make.SmallShop) -> None:
    unpaid = _order(shop, paid=False)

    with pytest.raises(NotYetPaid):
        _ship(unpaid)
    take_back_order(order_id=unpaid, reason="test", now=make.NOON, actor=SYSTEM)
    with pytest.raises(OrderIsCancelled):
        _ship(unpaid)

    assert list_parcels_of(unpaid) == []
    assert get_order(unpaid).fulfilment_state is FulfilmentState.CANCELLED


def test_a_pick_up_is_handed_over_and_may_be_paid_there(shop: make.SmallShop) -> None:
    order_id = _order(
        shop, (shop.mug, 1), paid=False, delivery="pickup-altona", payment="pay_in_store"
    )

    _ship(order_id)

    (parcel,) = list_parcels_of(order_id)
    assert parcel.location == "altona"
    assert get_order(order_id).fulfilment_state is FulfilmentState.COLLECTED
