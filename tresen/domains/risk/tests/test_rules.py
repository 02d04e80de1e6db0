"""What the rules say, and what they must never look at or do."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.risk.queries import default_ruleset
from tresen.domains.risk.rules import (
    RulesetUnsound,
    judge_login,
    mail_domains_of,
    outcome_of,
    phone_country_of,
    place_of,
    preview_of,
    remaining_methods,
    ruleset_from,
    score,
    settled_outcome,
    written_ruleset,
)
from tresen.domains.risk.rules import scoring as scoring_rules
from tresen.domains.risk.tests.make import facts
from tresen.domains.risk.types import (
    Facts,
    History,
    LoginSignals,
    LoginStep,
    Outcome,
    Scored,
    Signal,
)

RULES = default_ruleset()
METHODS = ("stripe", "bank_transfer", "pay_in_store")


def scored(history: History | None = None, **other: object) -> Scored:
    return score(facts(**other), history or History(), ruleset=RULES)


def points(history: History | None = None, **other: object) -> dict[str, int]:
    return {one.signal: one.points for one in scored(history, **other).reasons}


def test_an_ordinary_first_order_says_nothing() -> None:
    assert scored() == Scored(score=0, reasons=())
    assert outcome_of(scored(), RULES) is Outcome.PASS


@pytest.mark.parametrize(
    ("history", "other", "expected"),
    [
        (History(orders_of_device=4), {}, {"orders_of_device": 25}),
        (History(orders_of_device=1), {}, {}),
        (History(failures_of_device=4), {}, {"failures_of_device": 23}),
        (History(failures_of_device=90), {}, {"failures_of_device": 45}),
        (History(disputes=1), {}, {"disputes": 40}),
        (History(mail_is_disposable=True), {}, {"disposable_mail": 15}),
        (History(amount_rank=99), {}, {"large_amount": 18}),
        (History(amount_rank=-1), {}, {}),
        (History(paid_before=3), {}, {"new_device": 4, "paid_before": -20}),
        (History(paid_before=9, device_was_seen=True), {}, {"paid_before": -30}),
        (History(), {"billing_country": "AT"}, {"other_country": 8}),
        (History(), {"phone_country": "AT"}, {"phone_country": 5}),
        (History(), {"phone_country": ""}, {}),
        (History(), {"most_of_one": 7}, {"many_of_one": 8}),
        (History(), {"cart_seconds": 5}, {"hurry": 10}),
        (History(), {"cart_seconds": 20}, {}),
        (History(), {"hour": 3}, {"night": 3}),
    ],
)
def test_each_signal_weighs_what_its_weight_says(
    history: History, other: dict[str, object], expected: dict[str, int]
) -> None:
    assert points(history, **other) == expected


def test_goods_that_are_easily_sold_on_are_what_the_shop_says() -> None:
    rules = dataclasses.replace(RULES, resale=frozenset({"phones"}))
    given_facts = facts(categories=("electronics", "phones"))
    assert score(given_facts, History(), ruleset=rules).score == 12
    assert score(given_facts, History(), ruleset=RULES).score == 0


def test_an_address_alone_says_nothing_and_weighs_beside_others() -> None:
    """§ 31 BDSG."""
    lone = History(people_at_address=30)
    assert scored(lone) == Scored(score=0, reasons=())
    assert points(lone, hour=3) == {"people_at_address": 20, "night": 3}
    trusted = History(people_at_address=30, paid_before=2, device_was_seen=True)
    assert points(trusted) == {"paid_before": -15}, "trust is no reason to look at an address"


def test_the_control_without_that_rule_an_address_alone_would_weigh(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scoring_rules, "_without_lone_addresses", lambda reasons: reasons)
    assert scored(History(people_at_address=30)).score == 20


numbers = st.integers(0, 60)
histories = st.builds(
    History,
    orders_of_device=numbers,
    orders_of_person=numbers,
    people_of_device=numbers,
    people_at_address=numbers,
    failures_of_device=numbers,
    failures_of_person=numbers,
    disputes=st.integers(0, 3),
    paid_before=st.integers(0, 3),
    device_was_seen=st.booleans(),
    mail_is_disposable=st.booleans(),
    amount_rank=st.integers(-1, 100),
)


@given(history=histories, network=st.sampled_from(["vpn", "datacentre"]), hour=st.integers(0, 23))
def test_the_network_never_moves_a_score_or_an_outcome(
    history: History, network: str, hour: int
) -> None:
    hidden = dataclasses.replace(history, network=network)
    open_one, behind = scored(history, hour=hour), scored(hidden, hour=hour)
    assert behind.score == open_one.score
    assert outcome_of(behind, RULES) is outcome_of(open_one, RULES)
    assert behind.hint == 3
    assert open_one.hint == 0


def test_the_control_a_network_that_counted_would_move_the_outcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scoring_rules, "HINTS", frozenset())
    history = History(disputes=1)
    hidden = dataclasses.replace(history, network="vpn")
    assert scored(hidden).score > scored(history).score


@given(history=histories)
def test_a_score_lies_between_0_and_100_and_is_the_sum_of_its_reasons(history: History) -> None:
    said = scored(history)
    total = sum(one.points for one in said.reasons if not one.is_hint)
    assert said.score == min(max(total, 0), 100)


def test_nothing_is_refused_by_a_rule() -> None:
    assert set(Outcome) == {"pass", "stronger", "review"}
    assert set(LoginStep) == {"pass", "notify", "prove"}


def test_names_and_nationalities_are_no_features() -> None:
    looked_at = {
        field.name for kind in (Facts, History) for field in dataclasses.fields(kind)
    } | set(Signal)
    forbidden = ("name", "nation", "birth", "gender", "title", "age", "religion", "city", "post")
    assert [one for one in looked_at for word in forbidden if word in one.split("_")] == []
    assert {field.name for field in dataclasses.fields(Facts)} == {
        "delivery_country",
        "billing_country",
        "phone_country",
        "method",
        "most_of_one",
        "categories",
        "cart_seconds",
        "hour",
    }


@pytest.mark.parametrize("outcome", list(Outcome))
def test_prepayment_always_remains(outcome: Outcome) -> None:
    """LAW 10.5: whoever is refused an invoice may pay in advance, and is then looked at no more."""
    assert "bank_transfer" in remaining_methods(METHODS, outcome=outcome)
    assert settled_outcome(outcome, "bank_transfer") is Outcome.PASS


def test_what_is_paid_afterwards_is_not_offered_when_something_stronger_is_asked_for() -> None:
    assert list(remaining_methods(METHODS, outcome=Outcome.PASS)) == list(METHODS)
    left = remaining_methods(METHODS, outcome=Outcome.STRONGER)
    assert list(left) == ["stripe", "bank_transfer"]
    assert settled_outcome(Outcome.STRONGER, "pay_in_store") is Outcome.REVIEW
    assert settled_outcome(Outcome.STRONGER, "stripe") is Outcome.STRONGER


def test_a_person_that_somebody_vouched_for_is_not_doubted() -> None:
    history = History(disputes=1, failures_of_device=9, cleared=1)
    assert outcome_of(scored(history), RULES) is Outcome.PASS


def test_weights_are_written_and_read_without_loss() -> None:
    assert ruleset_from(written_ruleset(RULES), version=0) == RULES
    assert set(RULES.weights) == set(Signal), "every signal has a weight"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"weights": {"surname": {"at": 1, "points": 5}}}, "no signal «surname»"),
        ({"weights": {"night": {"at": 1}}}, "«night» wants"),
        ({"weights": {"night": {"at": 1, "points": 1000}}}, "whole numbers"),
        ({"weights": {"night": {"at": 1, "points": True}}}, "whole numbers"),
        ({"weights": {"network": {"at": 1, "points": 40}}}, "is a hint"),
        ({"weights": None}, "missing"),
        ({"stronger_from": 70}, "not above"),
        ({"review_from": 0}, "review_from"),
        ({"hours": 10_000}, "hours"),
        ({"resale": "all"}, "resale"),
    ],
)
def test_weights_that_cannot_be_used_are_refused_with_the_reason(
    change: dict[str, object], why: str
) -> None:
    with pytest.raises(RulesetUnsound) as refused:
        ruleset_from(written_ruleset(RULES) | change, version=0)
    assert why in str(refused.value)


def test_other_thresholds_are_tried_on_orders_of_the_past() -> None:
    past = [
        (facts(), History(), "stripe", Outcome.PASS),
        (facts(), History(failures_of_device=5), "stripe", Outcome.STRONGER),
        (facts(), History(failures_of_device=5), "pay_in_store", Outcome.REVIEW),
        (facts(), History(disputes=3), "stripe", Outcome.REVIEW),
    ]
    tried = preview_of(past, ruleset=dataclasses.replace(RULES, stronger_from=20, review_from=30))
    assert (tried.orders, tried.passed, tried.stronger, tried.reviewed) == (4, 1, 0, 3)
    assert tried.reviewed_today == 2


@pytest.mark.parametrize(
    ("phone", "country"),
    [("+49 40 1234567", "DE"), ("040 1234567", "DE"), ("+43 1 5123456", "AT"), ("?", ""), ("", "")],
)
def test_the_country_of_a_phone_number(phone: str, country: str) -> None:
    assert phone_country_of(phone, country="DE") == country


def test_the_domains_of_an_address_are_its_own_and_those_above() -> None:
    assert mail_domains_of("A@Mail.Trash.example.") == ("mail.trash.example", "trash.example")
    assert mail_domains_of("") == ()


def test_a_place_is_the_same_however_it_is_written_and_whoever_lives_there() -> None:
    one = place_of(country="DE", postcode="20539", street="Große Straße 4")
    assert one == place_of(country="de", postcode="20 539", street="Große Str. 4")
    assert one != place_of(country="DE", postcode="20539", street="Große Straße 5")
    assert place_of(country="DE", postcode="20539", street="") == ""


@pytest.mark.parametrize(
    ("signals", "step"),
    [
        (LoginSignals(), LoginStep.PASS),
        (LoginSignals(account_has_devices=True, device_is_known=True), LoginStep.PASS),
        (LoginSignals(account_has_devices=True), LoginStep.NOTIFY),
        (LoginSignals(failures_of_account=5), LoginStep.PROVE),
        (LoginSignals(failures_of_account=500, device_is_known=True), LoginStep.PASS),
        (LoginSignals(accounts_of_device=3, device_is_known=True), LoginStep.PROVE),
        (LoginSignals(failures_of_device=10), LoginStep.PROVE),
        (LoginSignals(devices_at_once=3, device_is_known=True), LoginStep.PROVE),
        (LoginSignals(network="vpn"), LoginStep.PASS),
        (LoginSignals(network="datacentre", device_is_known=True), LoginStep.PASS),
    ],
)
def test_a_sign_in_wants_more_only_for_what_was_done(
    signals: LoginSignals, step: LoginStep
) -> None:
    assert judge_login(signals).step is step
