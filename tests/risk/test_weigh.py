"""Looking at carts and orders: what is offered, what waits, and what nobody may be blocked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.risk.make import PLACED, called_back, held, ordered, thresholds
from tresen.domains.carts.queries import get_cart
from tresen.domains.orders.commands import note_payment
from tresen.domains.orders.events import OrderPlaced
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import PaymentState
from tresen.domains.payments.ports import providers
from tresen.domains.risk.commands import replace_list
from tresen.domains.risk.queries import find_assessment, find_review_of, sightings_of
from tresen.domains.risk.types import ListName, Outcome, ReviewState, Signal
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.workflows.buying import weigh_cart as weighing
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.prepare_order import pay_cart_by
from tresen.workflows.buying.quote_cart import quote_cart
from tresen.workflows.buying.start_payment import start_payment
from tresen.workflows.buying.tests.make import NOON, SmallShop, ready_cart, small_shop
from tresen.workflows.buying.weigh_cart import (
    SeenFrom,
    StrongerPaymentNeeded,
    offered,
    weigh_cart,
)
from tresen.workflows.delivering import ship_order as shipping
from tresen.workflows.delivering.ship_order import OrderIsHeld, ship_order
from tresen.workflows.reactions import order_placed
from tresen.workflows.weighing.weigh_orders import weigh_orders

pytestmark = pytest.mark.django_db
BROWSER = SeenFrom(device="browser-1", address="198.51.100.7")


@pytest.fixture
def shop() -> SmallShop:
    return small_shop()


def pays(shop: SmallShop, cart_id, method: str, seen_from: SeenFrom = BROWSER):
    return pay_cart_by(
        cart_id=cart_id,
        payment_method=method,
        channel=shop.channel,
        locale="de",
        now=NOON,
        seen_from=seen_from,
    )


def ships(order_id) -> object:
    return ship_order(
        order_id=order_id, pieces=None, carrier="DHL", tracking="", now=NOON, actor=SYSTEM
    )


def tells(order_id, *, now=NOON) -> None:
    event = OrderPlaced(
        happened_at=now,
        order_id=str(order_id),
        channel_code="web-de",
        payment_method="",
        gross_minor=1,
        currency="EUR",
    )
    order_placed.weigh_risk([event])


def test_an_ordinary_order_passes_and_says_so(shop: SmallShop) -> None:
    order_id = ordered(shop)
    tells(order_id)
    said = find_assessment(order_id)
    assert (said.outcome, said.scored.score, said.held) == (Outcome.PASS, 0, False)
    assert find_review_of(order_id) is None


def test_a_doubtful_order_waits_for_a_person_and_its_goods_stay(shop: SmallShop) -> None:
    order_id, review = held(shop)
    note_payment(order_id=order_id, state=PaymentState.PAID, now=NOON, actor=SYSTEM)
    assert review.state is ReviewState.WAITING
    assert review.due_at == NOON + timedelta(hours=24)
    assert [entry.kind for entry in get_order(order_id).history][-2] == "risk_held"
    with pytest.raises(OrderIsHeld):
        ships(order_id)
    assert sum(line.shipped for line in get_order(order_id).lines) == 0


def test_nothing_leaves_before_somebody_looked(shop: SmallShop) -> None:
    """The packer may be faster than the reaction: then the packer looks."""
    called_back()
    order_id = ordered(shop)
    note_payment(order_id=order_id, state=PaymentState.PAID, now=NOON, actor=SYSTEM)
    with pytest.raises(OrderIsHeld):
        ships(order_id)
    assert find_review_of(order_id).state is ReviewState.WAITING, "what was seen is kept"


def test_the_control_without_that_look_the_goods_would_leave(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    called_back()
    order_id = ordered(shop)
    note_payment(order_id=order_id, state=PaymentState.PAID, now=NOON, actor=SYSTEM)
    monkeypatch.setattr(shipping, "weigh_orders", lambda _ids, **_: [])
    assert ships(order_id)


def test_the_control_without_the_hold_the_goods_would_leave(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id, _review = held(shop)
    note_payment(order_id=order_id, state=PaymentState.PAID, now=NOON, actor=SYSTEM)
    monkeypatch.setattr(shipping, "is_held", lambda _id: False)
    assert ships(order_id)


def test_looking_twice_changes_nothing(shop: SmallShop) -> None:
    order_id, review = held(shop)
    assert weigh_orders([order_id], now=NOON + timedelta(hours=1)) == []
    tells(order_id, now=NOON + timedelta(hours=2))
    assert find_review_of(order_id) == review
    assert sql.rows("SELECT count(*) FROM risk_event WHERE order_id = %s", (order_id,)) == [(1,)]


def test_prepayment_is_never_held(shop: SmallShop) -> None:
    called_back()
    order_id = ordered(shop, payment="bank_transfer")
    assert weigh_orders([order_id], now=NOON) == []
    assert find_assessment(order_id).outcome is Outcome.PASS


def test_doubt_narrows_the_ways_to_pay_and_leaves_prepayment(shop: SmallShop) -> None:
    cart_id = ready_cart(shop, (shop.mug, 1), delivery="pickup-altona", payment="pay_in_store")
    called_back(1)
    with pytest.raises(StrongerPaymentNeeded):
        pays(shop, cart_id, "pay_in_store")
    quote = pays(shop, cart_id, "bank_transfer")
    assert "pay_in_store" not in {method.code for method in quote.methods}
    assert {"bank_transfer", "demo_card"} <= {method.code for method in quote.methods}


def test_the_control_without_the_rule_every_way_would_stay(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    cart_id = ready_cart(shop, (shop.mug, 1), delivery="pickup-altona", payment="pay_in_store")
    called_back(1)
    monkeypatch.setattr(weighing, "remaining_methods", lambda methods, **_: list(methods))
    assert pays(shop, cart_id, "pay_in_store").cart.payment_method == "pay_in_store"


def test_a_refused_choice_changes_nothing(shop: SmallShop) -> None:
    cart_id = ready_cart(shop, (shop.mug, 1), delivery="pickup-altona", payment="bank_transfer")
    called_back(1)
    with pytest.raises(StrongerPaymentNeeded):
        pays(shop, cart_id, "pay_in_store")
    assert get_cart(cart_id, channel_code="web-de").payment_method == "bank_transfer"


def test_a_doubtful_card_has_to_prove_itself_and_others_do_not(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    card = providers.take("demo_card")
    start = type(card).start
    monkeypatch.setattr(
        type(card),
        "start",
        lambda self, *, request: asked.append(request.proof) or start(self, request=request),
    )

    def starts(order_id) -> None:
        start_payment(order_id=order_id, return_url="https://a", cancel_url="https://a", now=NOON)

    starts(ordered(shop, key="one"))
    called_back(1)
    starts(ordered(shop, key="two"))
    order_id = ordered(shop, key="three")
    weigh_orders([order_id], now=NOON)
    starts(order_id)
    assert asked == [False, True, True]


def test_the_browser_is_known_again_by_its_fingerprint_alone(shop: SmallShop) -> None:
    cart_id = ready_cart(shop, payment="demo_card")
    pays(shop, cart_id, "demo_card")
    (seen,) = sightings_of([cart_id]).values()
    assert seen.device_key is not None
    told = str(sql.rows("SELECT s::text FROM risk_sighting s"))
    assert "browser-1" not in told
    assert "198.51.100.7" not in told


@pytest.mark.parametrize("times", [0, 1, 2])
def test_the_network_changes_neither_what_is_offered_nor_what_is_held(
    shop: SmallShop, times: int
) -> None:
    cart = get_cart(ready_cart(shop), channel_code="web-de")
    called_back(times)
    replace_list(name=ListName.VPN, lines=["198.51.100.0/24"])
    quote = quote_cart(cart=cart, channel=shop.channel, locale="de", at=NOON)
    said = [
        weigh_cart(quote=quote, channel=shop.channel, seen_from=SeenFrom(address=address), now=NOON)
        for address in ("198.51.100.7", "203.0.113.7", "")
    ]
    assert [one.network for one in said] == ["vpn", "", ""]
    assert len({(one.outcome, one.scored.score) for one in said}) == 1
    assert len({offered(quote, one).methods for one in said}) == 1


def test_the_hint_of_the_cart_is_shown_with_the_order(shop: SmallShop) -> None:
    replace_list(name=ListName.VPN, lines=["198.51.100.0/24"])
    cart_id = ready_cart(shop, payment="demo_card")
    pays(shop, cart_id, "demo_card")
    order_id = _place(shop, cart_id)
    weigh_orders([order_id], now=NOON)
    said = find_assessment(order_id)
    (reason,) = said.scored.reasons
    assert (reason.signal, reason.is_hint, reason.detail) == (Signal.NETWORK, True, "vpn")
    assert (said.scored.score, said.scored.hint, said.outcome) == (0, 3, Outcome.PASS)


def test_five_orders_of_one_browser_in_ten_minutes_are_seen(shop: SmallShop) -> None:
    for number in range(5):
        cart_id = ready_cart(shop, (shop.tea, 1), payment="demo_card")
        pays(shop, cart_id, "demo_card")
        order_id = _place(shop, cart_id, key=str(number))
        weigh_orders([order_id], now=NOON)
    points = {one.signal: one.points for one in find_assessment(order_id).scored.reasons}
    assert points == {"orders_of_device": 25, "orders_of_person": 15}
    assert find_assessment(order_id).outcome is Outcome.STRONGER


def test_orders_that_are_weighed_together_know_of_each_other(shop: SmallShop) -> None:
    """A burst comes in one batch: it must not hide itself."""
    order_ids = []
    for number in range(5):
        cart_id = ready_cart(shop, (shop.tea, 1), payment="demo_card")
        pays(shop, cart_id, "demo_card")
        order_ids.append(_place(shop, cart_id, key=str(number)))
    weigh_orders(order_ids, now=NOON)
    assert [find_assessment(one).history.orders_of_device for one in order_ids] == [4] * 5


def test_thresholds_hold_from_the_next_look_on(shop: SmallShop) -> None:
    thresholds(stronger_from=1, review_from=100)
    called_back()
    order_id = ordered(shop)
    weigh_orders([order_id], now=NOON)
    said = find_assessment(order_id)
    assert (said.outcome, said.ruleset) == (Outcome.STRONGER, rules_version())


def rules_version() -> int:
    ((version,),) = sql.rows("SELECT max(version) FROM risk_ruleset")
    return int(str(version))


def test_many_orders_are_weighed_in_few_statements(
    shop: SmallShop, django_assert_max_num_queries
) -> None:
    order_ids = [ordered(shop, key=str(n)) for n in range(3)]
    with django_assert_max_num_queries(12):
        weigh_orders(order_ids, now=NOON)


def test_choosing_a_payment_asks_one_statement_and_notes_one(
    shop: SmallShop, django_assert_num_queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    cart_id = ready_cart(shop, payment="bank_transfer")
    pays(shop, cart_id, "bank_transfer")
    with django_assert_num_queries(_statements_without_looking(shop, cart_id, monkeypatch) + 1):
        pays(shop, cart_id, "bank_transfer")


def _statements_without_looking(shop: SmallShop, cart_id, monkeypatch: pytest.MonkeyPatch) -> int:
    with monkeypatch.context() as patch, CaptureQueriesContext(connection) as captured:
        patch.setattr(
            "tresen.workflows.buying.prepare_order.weigh_cart", lambda **_: weighing.UNWEIGHED
        )
        pays(shop, cart_id, "bank_transfer")
    return len(captured)


def _place(shop: SmallShop, cart_id, key: str = "k"):
    return place_order(
        cart_id=cart_id,
        channel=shop.channel,
        key=key,
        seen_total=None,
        texts={},
        now=PLACED,
        actor=SYSTEM,
    ).order_id
