"""What is known from before: counted from what was seen, in one statement, with indexes."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tresen.domains.risk.commands import (
    clear_person,
    forget_old,
    forget_person,
    note_login,
    note_payment,
    refresh_amounts,
    replace_list,
)
from tresen.domains.risk.queries import ask_histories, ask_login_signals, find_assessment
from tresen.domains.risk.rules import judge_login
from tresen.domains.risk.tests.make import DEVICE, EMAIL, NOON, PLACE, asking, seen_order
from tresen.domains.risk.types import Asking, EventKind, History, ListName, LoginStep
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money

pytestmark = pytest.mark.django_db


def known(one: Asking) -> History:
    (history,) = ask_histories([one]).answer()
    return history


def test_nothing_is_known_of_somebody_new() -> None:
    seen_order(email="other@example.org", device="other", place="de|1|other1")
    assert known(asking()) == History()


def test_orders_people_and_failures_are_counted_within_their_spans() -> None:
    old = seen_order(minutes=-60 * 23)
    seen_order(minutes=-5)
    seen_order(minutes=-4, email="max@example.org")
    note_payment(order_id=old, kind=EventKind.PAYMENT_FAILED, at=NOON - timedelta(hours=2))
    note_payment(order_id=old, kind=EventKind.PAYMENT_FAILED, at=NOON - timedelta(days=2))
    assert known(asking()) == History(
        orders_of_device=2,
        orders_of_person=2,
        people_of_device=1,
        people_at_address=1,
        failures_of_device=1,
        failures_of_person=1,
        device_was_seen=True,
    )


def test_money_that_came_or_was_called_back_is_remembered_for_a_year() -> None:
    for days, kind in (
        (300, EventKind.PAYMENT_CAPTURED),
        (200, EventKind.PAYMENT_CAPTURED),
        (100, EventKind.PAYMENT_DISPUTED),
        (400, EventKind.PAYMENT_DISPUTED),
    ):
        order_id = seen_order(minutes=-60 * 24 * days)
        note_payment(order_id=order_id, kind=kind, at=NOON - timedelta(days=days))
    history = known(asking())
    assert (history.paid_before, history.disputes) == (2, 1)


def test_the_order_itself_and_what_came_later_are_not_counted() -> None:
    order_id = seen_order()
    seen_order(minutes=1)
    assert known(asking(order_id=order_id)) == History()


def test_many_orders_are_looked_up_in_one_statement(django_assert_num_queries) -> None:
    seen_order(minutes=-1)
    with django_assert_num_queries(1):
        first, second = ask_histories([asking(), asking(email="new@example.org")]).answer()
    assert (first.orders_of_person, second.orders_of_person) == (1, 0)
    assert second.orders_of_device == 1


def test_a_disposable_mail_provider_is_known_from_the_list_and_by_none_without_it() -> None:
    domains = ("mail.trash.example", "trash.example")
    assert not known(asking(domains=domains)).mail_is_disposable
    replace_list(name=ListName.DISPOSABLE, lines=["# list", "", "trash.example"])
    assert known(asking(domains=domains)).mail_is_disposable
    assert not known(asking(domains=("ash.example",))).mail_is_disposable


def test_a_network_is_named_from_the_list_and_its_address_kept_nowhere() -> None:
    replace_list(name=ListName.VPN, lines=["198.51.100.0/24"])
    replace_list(name=ListName.DATACENTRE, lines=["2001:db8::/32"])
    assert known(asking(address="198.51.100.77")).network == "vpn"
    assert known(asking(address="2001:db8::1")).network == "datacentre"
    assert known(asking(address="203.0.113.1")).network == ""


def test_the_rank_of_an_amount_comes_from_the_shops_own_orders() -> None:
    assert known(asking(minor=10**6)).amount_rank == -1
    refresh_amounts(amounts=[Money(n * 100, "EUR") for n in range(1, 41)], now=NOON)
    assert known(asking(minor=10**6)).amount_rank == -1, "forty orders are too few"
    refresh_amounts(amounts=[Money(n * 100, "EUR") for n in range(1, 201)], now=NOON)
    assert known(asking(minor=10**6)).amount_rank == 100
    assert known(asking(minor=10_000)).amount_rank == 49
    refresh_amounts(amounts=[Money(500, "EUR")] * 100, now=NOON)
    assert known(asking(minor=500)).amount_rank == 0, "what everybody pays is not much"


def test_somebody_vouched_for_is_known_for_a_week() -> None:
    clear_person(email=EMAIL, now=NOON - timedelta(days=6))
    assert known(asking()).cleared == 1
    assert known(asking(email="max@example.org")).cleared == 0
    clear_person(email="max@example.org", now=NOON - timedelta(days=8))
    assert known(asking(email="max@example.org")).cleared == 0


def test_the_statement_uses_its_indexes() -> None:
    sql.run(
        "INSERT INTO risk_event (kind, person_key, device_key, place_key, happened_at)"
        " SELECT 'order_placed', sha256(n::text::bytea), sha256(n::text::bytea),"
        " sha256(n::text::bytea), %s FROM generate_series(1, 20000) n",
        (NOON,),
    )
    sql.run("ANALYZE risk_event")
    captured: list[tuple[str, tuple[object, ...]]] = []

    def keep(statement: str, params: tuple[object, ...], **_: object) -> None:
        captured.append((statement, params))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sql, "ask", keep)
        ask_histories([asking()])
    ((statement, params),) = captured
    plan = "\n".join(str(row[0]) for row in sql.rows(f"EXPLAIN {statement}", params))
    assert "Seq Scan on risk_event" not in plan
    assert {"risk_of_device", "risk_of_person", "risk_of_place"} <= set(plan.split())


def test_no_table_tells_who_it_was() -> None:
    order_id = seen_order()
    told = " ".join(
        str(row[0])
        for table in ("risk_event", "risk_assessment", "risk_review")
        for row in sql.rows(f"SELECT t::text FROM {table} t")  # noqa: S608  # names from above
    )
    assert str(order_id) in told
    for word in (EMAIL, DEVICE, PLACE, "Packhofkai"):
        assert word not in told
        assert word.encode().hex() not in told


def test_scores_end_with_their_class() -> None:
    order_id = seen_order(minutes=-60 * 24 * 366)
    fresh = seen_order(minutes=-60 * 24 * 300)
    assert forget_old(now=NOON, most=100) == 2, "its event and its score"
    assert find_assessment(order_id) is None
    assert find_assessment(fresh) is not None


def test_what_is_known_of_a_person_is_erased() -> None:
    person_id = new_id()
    order_id = seen_order(person_id=person_id)
    seen_order(email="max@example.org", device="d2", place="de|2|x2")
    assert forget_person(person_id=person_id, email=EMAIL) == 2
    assert find_assessment(order_id) is None
    assert known(asking()) == History()
    assert sql.rows("SELECT count(*) FROM risk_event") == [(1,)]


def signs_in(account: UUID, device: str, *, passed: bool, minutes: float = 0) -> None:
    note_login(
        account_id=account, device=device, passed=passed, now=NOON + timedelta(minutes=minutes)
    )


def step(account: UUID, device: str) -> LoginStep:
    signals = ask_login_signals(account_id=account, device=device, now=NOON).answer()
    return judge_login(signals).step


def test_the_first_sign_in_passes_a_new_device_is_told_and_a_known_one_passes() -> None:
    account = new_id()
    assert step(account, "laptop") is LoginStep.PASS
    signs_in(account, "laptop", passed=True, minutes=-100)
    assert step(account, "laptop") is LoginStep.PASS
    assert step(account, "phone") is LoginStep.NOTIFY


def test_guessed_passwords_ask_a_stranger_for_proof_and_never_lock_the_owner_out() -> None:
    account = new_id()
    signs_in(account, "laptop", passed=True, minutes=-1000)
    for attempt in range(50):
        signs_in(account, f"bot-{attempt}", passed=False, minutes=-attempt / 2)
    assert step(account, "bot-new") is LoginStep.PROVE
    assert step(account, "laptop") is LoginStep.PASS


def test_a_device_that_tries_many_accounts_proves_itself() -> None:
    for _ in range(3):
        signs_in(new_id(), "bot", passed=False, minutes=-1)
    assert step(new_id(), "bot") is LoginStep.PROVE
    assert step(new_id(), "other") is LoginStep.PASS


def test_an_account_used_from_many_devices_at_once_proves_itself() -> None:
    account = new_id()
    signs_in(account, "laptop", passed=True, minutes=-1000)
    for device in ("a", "b", "c"):
        signs_in(account, device, passed=True, minutes=-2)
    assert step(account, "laptop") is LoginStep.PROVE
