"""A person decides; the customer may object and is answered; nothing is refused by a machine."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tests.risk.make import STAFF, called_back, held, ordered
from tresen.domains.carts.queries import get_cart
from tresen.domains.conversations.queries import list_letters_about
from tresen.domains.orders.commands import note_payment
from tresen.domains.orders.events import OrderCancelled
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderState, PaymentState
from tresen.domains.payments.events import PaymentCaptured, PaymentQuarantined
from tresen.domains.payments.queries import find_last_payment_of, list_payments_of
from tresen.domains.risk.commands import AlreadyDecided
from tresen.domains.risk.queries import (
    ReviewFilter,
    ToldReason,
    explain_order,
    explain_person,
    find_review_of,
    get_review,
    is_held,
    list_appeals_of,
    list_reviews,
)
from tresen.domains.risk.tests.make import seen_order
from tresen.domains.risk.types import Reason, ReviewState
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.workflows.buying.cancel_order import cancel_order_by_customer
from tresen.workflows.buying.quote_cart import quote_cart
from tresen.workflows.buying.settle_payment import mark_paid
from tresen.workflows.buying.tests.make import NOON, SmallShop, ready_cart, small_shop
from tresen.workflows.buying.weigh_cart import SeenFrom, weigh_cart
from tresen.workflows.delivering.ship_order import OrderIsHeld, ship_order
from tresen.workflows.reactions import order_cancelled, payment_risk
from tresen.workflows.weighing.ask_person import (
    NothingToAsk,
    WordsMissing,
    ask_about_cart,
    ask_about_order,
)
from tresen.workflows.weighing.decide_review import (
    answer_appeal,
    ask_safer_payment,
    refuse_order,
    release_order,
)
from tresen.workflows.weighing.weigh_orders import weigh_orders

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def shop() -> SmallShop:
    return small_shop()


def letters(order_id: UUID) -> list[str]:
    return [letter.kind for letter in list_letters_about(order_id)]


def deeds() -> list[tuple[object, ...]]:
    return sql.rows(
        "SELECT action, actor_kind, object_kind, object_id FROM audit_deed"
        " WHERE action LIKE 'risk%%' ORDER BY at"
    )


def story(order_id: UUID) -> list[str]:
    return [entry.kind for entry in get_order(order_id).history]


def ships(order_id: UUID) -> list[UUID]:
    return ship_order(
        order_id=order_id, pieces=None, carrier="DHL", tracking="", now=LATER, actor=SYSTEM
    )


def paid(order_id: UUID) -> None:
    note_payment(order_id=order_id, state=PaymentState.PAID, now=NOON, actor=SYSTEM)


def test_a_released_order_may_leave(shop: SmallShop) -> None:
    order_id, review = held(shop)
    paid(order_id)
    release_order(review_id=review.id, reason=Reason.KNOWN_CUSTOMER, now=LATER, actor=STAFF)
    done = get_review(review.id)
    assert (done.state, done.decided_by, done.decided_at, done.reason) == (
        ReviewState.RELEASED,
        str(STAFF),
        LATER,
        "known_customer",
    )
    assert "risk_released" in story(order_id)
    assert deeds() == [("risk_review.decide", "staff", "order", str(order_id))]
    assert ships(order_id)


def test_a_refused_order_is_taken_back_and_the_customer_told(shop: SmallShop) -> None:
    order_id, review = held(shop)
    refuse_order(review_id=review.id, reason=Reason.STOLEN_MEANS, now=LATER, actor=STAFF)
    order = get_order(order_id)
    assert order.state is OrderState.CANCELLED
    order_cancelled.confirm_by_mail(
        OrderCancelled(happened_at=LATER, order_id=str(order_id), was_paid=False)
    )
    assert letters(order_id) == ["order_refused"]
    assert [action for action, *_ in deeds()] == ["risk_review.decide"]


def test_an_order_cancelled_by_its_customer_gets_the_usual_letter(shop: SmallShop) -> None:
    order_id, review = held(shop)
    cancel_order_by_customer(order_id=order_id, now=LATER, actor=SYSTEM)
    event = OrderCancelled(happened_at=LATER, order_id=str(order_id), was_paid=False)
    order_cancelled.confirm_by_mail(event)
    payment_risk.end_open_review(event)
    assert letters(order_id) == ["order_cancelled"]
    assert get_review(review.id).reason == "order_ended"


def test_only_people_refuse(shop: SmallShop) -> None:
    order_id, review = held(shop)
    with pytest.raises(AssertionError):
        refuse_order(review_id=review.id, reason=Reason.STOLEN_MEANS, now=LATER, actor=SYSTEM)
    with pytest.raises(IntegrityError, match="risk_only_people_refuse"), transaction.atomic():
        sql.run("UPDATE risk_review SET state = 'refused', decided_by = 'system', reason = 'x'")
    with pytest.raises(IntegrityError, match="for_a_reason"), transaction.atomic():
        sql.run("UPDATE risk_review SET state = 'refused', decided_by = 'staff:1'")
    assert get_order(order_id).state is OrderState.PLACED


def test_a_decision_is_made_once(shop: SmallShop) -> None:
    order_id, review = held(shop)
    release_order(review_id=review.id, reason=Reason.KNOWN_CUSTOMER, now=LATER, actor=STAFF)
    with pytest.raises(AlreadyDecided):
        refuse_order(review_id=review.id, reason=Reason.NOT_REACHED, now=LATER, actor=STAFF)
    with pytest.raises(AlreadyDecided):
        ask_safer_payment(review_id=review.id, reason=Reason.NOT_REACHED, now=LATER, actor=STAFF)
    assert get_order(order_id).state is OrderState.PLACED
    assert len(deeds()) == 1


def test_a_safer_payment_is_asked_for_and_lets_the_goods_go(
    shop: SmallShop,
) -> None:
    order_id, review = held(shop)
    ask_safer_payment(review_id=review.id, reason=Reason.PAYMENT_UNSAFE, now=LATER, actor=STAFF)
    assert is_held(order_id)
    with pytest.raises(OrderIsHeld):
        ships(order_id)
    assert letters(order_id) == ["safer_payment"]
    card, transfer = list_payments_of(order_id)
    assert (card.method, card.state) == ("demo_card", "cancelled")
    assert (transfer.method, transfer.owed) == ("bank_transfer", get_order(order_id).gross)
    assert get_order(order_id).payment_state is PaymentState.OPEN

    mark_paid(payment_id=transfer.id, amount=transfer.owed, key="all", now=LATER, actor=STAFF)
    payment_risk.note_capture(_captured(order_id, transfer.id))
    assert get_review(review.id).reason == "stronger_came"
    assert ships(order_id)


def test_a_card_that_pays_after_all_does_not_let_the_goods_go(shop: SmallShop) -> None:
    order_id, review = held(shop)
    payment = find_last_payment_of(order_id)
    ask_safer_payment(review_id=review.id, reason=Reason.PAYMENT_UNSAFE, now=LATER, actor=STAFF)
    payment_risk.note_capture(_captured(order_id, payment.id))
    assert is_held(order_id)


def test_a_payment_called_back_is_known_at_the_next_order(shop: SmallShop) -> None:
    order_id = ordered(shop)
    payment = find_last_payment_of(order_id)
    event = PaymentQuarantined(
        happened_at=LATER, order_id=str(order_id), payment_id=str(payment.id), detail="dispute"
    )
    payment_risk.note_dispute(event)
    assert sql.rows("SELECT kind FROM risk_event ORDER BY id") == [
        ("order_placed",),
        ("payment_disputed",),
    ]


def test_the_customer_reads_which_data_counted_and_no_figures(shop: SmallShop) -> None:
    order_id, _review = held(shop)
    told = explain_order(order_id)
    assert [(one.kind, one.weight) for one in told.reasons] == [
        ("payments that were called back", "strong"),
    ]
    assert (told.state, told.decided_by_person) == ("waiting", False)


def test_a_person_is_told_of_their_own_orders(shop: SmallShop) -> None:
    person_id = UUID(int=9)
    seen_order(person_id=person_id, hour=3)
    order_id, _review = held(shop)
    (told,) = explain_person(person_id)
    assert told.reasons == (ToldReason(kind="the time of day of the order", weight="little"),)
    assert told.order_id != order_id, "of theirs alone"


def test_ask_a_person_makes_a_case_with_the_customers_words(shop: SmallShop) -> None:
    order_id, review = held(shop)
    assert ask_about_order(order_id=order_id, words=" Ich bin es. ", now=LATER) == review.id
    ask_about_order(order_id=order_id, words="Noch einmal", now=LATER)
    (case,) = list_reviews(narrow=ReviewFilter(with_appeal=True))
    (appeal,) = list_appeals_of(case.id)
    assert (case.order_id, appeal.words, appeal.due_at) == (
        order_id,
        "Ich bin es.",
        LATER + timedelta(days=7),
    )
    assert "Ich bin es" not in str(sql.rows("SELECT a::text FROM risk_appeal a"))


def test_who_asks_is_answered_when_the_order_is_released(shop: SmallShop) -> None:
    order_id, review = held(shop)
    ask_about_order(order_id=order_id, words="Ich bin es.", now=LATER)
    release_order(review_id=review.id, reason=Reason.CUSTOMER_REACHED, now=LATER, actor=STAFF)
    assert letters(order_id) == ["person_answered"]
    assert list_reviews(narrow=ReviewFilter(is_open=True)) == []


def test_a_question_about_an_order_that_was_not_held_holds_nothing(shop: SmallShop) -> None:
    order_id = ordered(shop)
    with pytest.raises(NothingToAsk):
        ask_about_order(order_id=order_id, words="Warum?", now=LATER)
    paid(order_id)
    with pytest.raises(WordsMissing):
        weigh_then_ask(order_id, words="  ")
    review_id = weigh_then_ask(order_id, words="Warum?")
    assert get_review(review_id).state is ReviewState.ASKED
    assert not is_held(order_id)
    assert ships(order_id)
    answer_appeal(
        review_id=review_id,
        in_favour=False,
        reason=Reason.SIGNALS_EXPLAINED,
        now=LATER,
        actor=STAFF,
    )
    assert get_review(review_id).state is ReviewState.UPHELD
    assert letters(order_id) == ["person_answered"]


def weigh_then_ask(order_id: UUID, *, words: str) -> UUID:
    weigh_orders([order_id], now=NOON)
    return ask_about_order(order_id=order_id, words=words, now=LATER)


def test_who_objects_to_a_refusal_is_looked_at_again(shop: SmallShop) -> None:
    order_id, review = held(shop)
    refuse_order(review_id=review.id, reason=Reason.NOT_REACHED, now=LATER, actor=STAFF)
    ask_about_order(order_id=order_id, words="Ich war im Urlaub.", now=LATER)
    (case,) = list_reviews(narrow=ReviewFilter(is_open=True))
    answer_appeal(
        review_id=case.id, in_favour=True, reason=Reason.CUSTOMER_REACHED, now=LATER, actor=STAFF
    )
    assert get_review(case.id).state is ReviewState.REFUSED
    assert list_reviews(narrow=ReviewFilter(is_open=True)) == []
    assert find_review_of(order_id).has_appeal is False


def test_who_was_not_offered_every_way_to_pay_asks_a_person_and_is_believed(
    shop: SmallShop,
) -> None:
    cart_id = ready_cart(shop)
    called_back(1)

    def weighed():
        cart = get_cart(cart_id, channel_code="web-de")
        quote = quote_cart(cart=cart, channel=shop.channel, locale="de", at=LATER)
        return quote, weigh_cart(quote=quote, channel=shop.channel, seen_from=SeenFrom(), now=LATER)

    quote, before = weighed()
    review_id = ask_about_cart(
        quote=quote,
        channel=shop.channel,
        seen_from=SeenFrom(),
        words="Das war meine Bank.",
        now=LATER,
    )
    answer_appeal(
        review_id=review_id,
        in_favour=True,
        reason=Reason.SIGNALS_EXPLAINED,
        now=LATER,
        actor=STAFF,
    )
    _quote, after = weighed()
    assert (before.outcome, after.outcome) == ("stronger", "pass")
    ((kind, order_id),) = sql.rows("SELECT kind, order_id FROM conversations_letter")
    assert (kind, order_id) == ("person_answered", None)


def _captured(order_id: UUID, payment_id: UUID) -> PaymentCaptured:
    return PaymentCaptured(
        happened_at=LATER,
        order_id=str(order_id),
        payment_id=str(payment_id),
        minor=1,
        currency="EUR",
        is_paid=True,
    )
