"""The queue, one case, its decisions, the board of the day, and the rules with their preview."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from tests.risk.make import EMAIL
from tresen.domains.accounts.types import Role
from tresen.domains.orders.commands import note_payment as pay_order
from tresen.domains.orders.queries import get_order
from tresen.domains.orders.types import OrderState, PaymentState
from tresen.domains.risk.commands import note_payment
from tresen.domains.risk.queries import current_ruleset, find_review_of, list_rulesets
from tresen.domains.risk.tests.make import seen_order
from tresen.domains.risk.types import EventKind, History, Reason, ReviewState, ScoredReason, Signal
from tresen.entrypoints.backoffice.risk.words import (
    reason_words,
    signal_words,
    state_chip,
)
from tresen.entrypoints.backoffice.tests.make import HOSTILE, Counter, clerk, order_path
from tresen.foundation import clock, sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.weighing.ask_person import ask_about_order
from tresen.workflows.weighing.weigh_orders import weigh_orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(counter: Counter) -> tuple[UUID, str]:
    """An order that waits, paid by card; the path of its case."""
    for place in range(2):
        earlier = seen_order(email=EMAIL, device="", place="", minutes=-60 * 24 * (30 + place))
        note_payment(order_id=earlier, kind=EventKind.PAYMENT_DISPUTED, at=NOON)
    order_id = counter.order(payment="demo_card")
    pay_order(order_id=order_id, state=PaymentState.PAID, now=NOON, actor=SYSTEM)
    weigh_orders([order_id], now=NOON)
    return order_id, f"/trust/reviews/{outer('rev', find_review_of(order_id).id)}/"


def page(counter: Counter, path: str, **query: str) -> str:
    answer = counter.get(path, **query)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def test_the_queue_says_what_waits_why_and_until_when(
    counter: Counter, held: tuple[UUID, str]
) -> None:
    shown = page(counter, "/trust/reviews/", open="1")
    assert get_order(held[0]).number in shown
    assert "2 frühere Zahlungen wurden zurückgeholt" in shown
    assert "innerhalb von 24 Stunden" in shown
    assert "zu entscheiden" in shown
    assert reverse("backoffice:risk_rules") in shown


def test_an_empty_queue_says_what_will_appear_here(counter: Counter) -> None:
    assert "Nichts zu prüfen" in page(counter, "/trust/reviews/")


def test_the_board_of_the_day_leads_to_the_queue_and_names_late_ones(
    counter: Counter, held: tuple[UUID, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(counter, "/today/")
    assert "/staff/trust/reviews/?open=1" in shown
    assert "überfällig" not in shown
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=30))
    shown = page(Counter(counter.shop, browser=clerk(name="frauke")), "/today/")
    assert "1 ist überfällig" in shown


def test_a_held_order_is_in_no_packing_list_and_cannot_be_shipped(
    counter: Counter, held: tuple[UUID, str]
) -> None:
    number, path = get_order(held[0]).number, order_path(held[0])
    assert number not in page(counter, "/orders/", to_pack="1")
    shown = page(counter, path)
    assert "wird geprüft" in shown
    assert f"/staff{held[1]}" in shown
    assert f"/staff{path}shipment/" not in shown
    pieces = {f"line_{line.position}": line.quantity for line in get_order(held[0]).lines}
    answer = counter.post(f"{path}shipment/", **pieces)
    assert answer.status_code == 422
    assert "Diese Bestellung wird geprüft" in answer.content.decode()


def test_a_case_shows_each_signal_in_words_with_its_points(
    counter: Counter, held: tuple[UUID, str]
) -> None:
    shown = page(counter, held[1])
    assert "2 frühere Zahlungen wurden zurückgeholt" in shown
    assert "+60" in shown
    assert "Die Ware bleibt hier, bis jemand entscheidet" in shown
    assert "Zurückgehalten, wird geprüft" in shown


@pytest.mark.parametrize(
    ("verb", "reason", "state"),
    [
        ("release", "known_customer", ReviewState.RELEASED),
        ("payment", "payment_unsafe", ReviewState.PAYMENT_ASKED),
        ("refusal", "not_reached", ReviewState.REFUSED),
    ],
)
def test_each_decision_says_what_it_will_do_and_does_it_with_a_reason(
    counter: Counter, held: tuple[UUID, str], verb: str, reason: str, state: ReviewState
) -> None:
    path = f"{held[1]}{verb}/"
    assert "Warum?" in page(counter, path)
    assert counter.post(path).status_code == 422, "no reason, no decision"
    assert counter.post(path, reason="stronger_came").status_code == 422
    assert find_review_of(held[0]).state is ReviewState.WAITING

    answer = counter.post(path, reason=reason)

    assert answer["Location"] == f"/staff{held[1]}"
    review = find_review_of(held[0])
    assert (review.state, review.reason) == (state, reason)
    assert review.decided_by.startswith("staff:")
    is_refused = state is ReviewState.REFUSED
    assert (get_order(held[0]).state is OrderState.CANCELLED) == is_refused
    again = counter.post(path, reason=reason)
    assert again.status_code == 422
    assert "inzwischen entschieden" in again.content.decode()


def test_the_words_of_a_customer_are_read_in_the_audit(
    counter: Counter, held: tuple[UUID, str]
) -> None:
    page(counter, held[1])
    assert sql.rows("SELECT action FROM audit_deed WHERE action = 'risk_appeal.view'") == []
    ask_about_order(order_id=held[0], words="Ich <b>war</b> im Urlaub.", now=NOON)
    shown = page(counter, held[1])
    assert "Ich &lt;b&gt;war&lt;/b&gt; im Urlaub." in shown
    assert sql.rows("SELECT object_id FROM audit_deed WHERE action = 'risk_appeal.view'") == [
        (str(held[0]),)
    ]


def test_a_question_is_answered_either_way(counter: Counter) -> None:
    order_id = counter.order(payment="demo_card")
    weigh_orders([order_id], now=NOON)
    ask_about_order(order_id=order_id, words="Warum?", now=NOON)
    path = f"/trust/reviews/{outer('rev', find_review_of(order_id).id)}/"
    assert "Nichts wird zurückgehalten" in page(counter, path)
    assert counter.post(f"{path}against/", reason="not_reached").status_code == 302
    assert find_review_of(order_id).state is ReviewState.UPHELD


@pytest.mark.parametrize("word", [text for text in HOSTILE if text and "\x00" not in text])
def test_strange_addresses_are_not_found(counter: Counter, word: str) -> None:
    assert counter.get(f"/trust/reviews/{word}/").status_code in {404, 405}
    assert counter.get("/trust/reviews/", after=word).status_code in {200, 400}


def test_who_may_not_check_orders_comes_neither_in_nor_decides(
    counter: Counter, held: tuple[UUID, str]
) -> None:
    packer = Counter(counter.shop, browser=clerk(name="paul", role=Role.WAREHOUSE))
    for path in ("/trust/reviews/", held[1], f"{held[1]}refusal/", "/trust/reviews/rules/"):
        assert packer.get(path).status_code == 403
    assert packer.post(f"{held[1]}release/", reason="known_customer").status_code == 403
    assert find_review_of(held[0]).state is ReviewState.WAITING
    assert "zu prüfen" not in packer.get("/today/").content.decode()


RULES = "/trust/reviews/rules/"
TYPED = {"stronger_from": "20", "review_from": "30", "hours": "12"}


def test_thresholds_are_tried_on_past_orders_before_they_are_kept(counter: Counter) -> None:
    for _ in range(3):
        seen_order(history=History(failures_of_device=5))
    seen_order()
    tried = counter.post(RULES, **TYPED)
    shown = tried.content.decode()
    assert "wären 3 der letzten 4 Bestellungen zu prüfen gewesen (bisher 0)" in shown
    assert list_rulesets() == []

    seen = shown.split('name="seen" value="')[1].split('"')[0]
    changed = counter.post(RULES, **(TYPED | {"review_from": "31", "seen": seen}))
    assert changed.status_code == 200, "what was not tried is not kept"
    assert list_rulesets() == []

    assert counter.post(RULES, **(TYPED | {"seen": seen})).status_code == 302
    kept = current_ruleset()
    assert (kept.stronger_from, kept.review_from, kept.hours) == (20, 30, 12)
    assert sql.rows("SELECT action FROM audit_deed") == [("risk_rules.change",)]


@pytest.mark.parametrize(
    "wrong",
    [{"stronger_from": "0"}, {"review_from": "101"}, {"stronger_from": "50"}, {"hours": ""}],
)
def test_thresholds_that_make_no_sense_are_refused(counter: Counter, wrong: dict[str, str]) -> None:
    assert counter.post(RULES, **(TYPED | wrong)).status_code == 422
    assert list_rulesets() == []


def test_who_checks_orders_reads_the_rules_and_does_not_change_them(counter: Counter) -> None:
    support = Counter(counter.shop, browser=clerk(name="sina", role=Role.SUPPORT))
    assert support.get(RULES).status_code == 200
    assert support.post(RULES, **TYPED).status_code == 403


@pytest.mark.parametrize("signal", list(Signal))
@pytest.mark.parametrize("value", [1, 5])
def test_every_signal_state_and_reason_has_words(signal: Signal, value: int) -> None:
    one = ScoredReason(signal=signal, value=value, points=5, detail="vpn")
    assert signal_words(one)
    assert "%(" not in signal_words(one)
    for state in ReviewState:
        assert state_chip(state).words
    for reason in Reason:
        assert reason_words(reason)
    assert reason_words("") == ""
