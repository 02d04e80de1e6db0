"""Four eyes: a large refund and a list with people in it wait for somebody else, and go once."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tresen.domains.accounts.commands import ask_approval, set_memberships
from tresen.domains.accounts.models import Approval, User
from tresen.domains.accounts.queries import list_approvals
from tresen.domains.accounts.types import ApprovalKind, Membership, Role
from tresen.domains.payments.queries import list_refunds_of
from tresen.entrypoints.backoffice.approvals.questions import question_words
from tresen.entrypoints.backoffice.orders.limits import needs_second_person
from tresen.entrypoints.backoffice.tests.make import Counter, clerk, order_path
from tresen.foundation.ids import outer
from tresen.foundation.money import Money
from tresen.foundation.vault.closing import close_vault
from tresen.workflows.buying.tests.make import NOON

LOW = override_settings(REFUND_ALONE_MAX={"other": "5"})
REFUND = {"amount": "6,00", "reason": "goodwill", "key": "once"}


def wished(counter: Counter) -> tuple[UUID, str]:
    """A refund above the limit was asked for; the order and the wish's page."""
    order_id = counter.order(paid=True)
    with LOW:
        counter.post(f"{order_path(order_id)}refund/", **REFUND)
    return order_id, page_of(Approval.objects.get())


def page_of(wish: Approval) -> str:
    return f"/staff/approvals/{outer('apr', wish.id)}/"


def second(role: Role = Role.MANAGER, name: str = "jonas") -> Client:
    return clerk(name=name, role=role)


def test_the_limit_is_one_per_currency_with_one_for_the_rest() -> None:
    with override_settings(REFUND_ALONE_MAX={"EUR": "200", "other": "50"}):
        assert not needs_second_person(Money(20_000, "EUR"))
        assert needs_second_person(Money(20_001, "EUR"))
        assert needs_second_person(Money(5_001, "CHF"))
    with override_settings(REFUND_ALONE_MAX={}):
        assert not needs_second_person(Money(10**9, "EUR"))


def test_a_large_refund_moves_no_money_before_somebody_else_allows_it(counter: Counter) -> None:
    order_id, page = wished(counter)
    assert list_refunds_of(order_id) == []
    jonas = second()
    assert "Wunsch braucht eine zweite Person" in jonas.get("/staff/today/").content.decode()
    assert page in jonas.get("/staff/approvals/").content.decode()

    jonas.post(f"{page}allowance/")
    jonas.post(f"{page}allowance/")

    (refund,) = list_refunds_of(order_id)
    assert refund.amount == Money(600, "EUR")
    assert str(User.objects.get(username="jonas").id) in refund.requested_by


def test_who_asked_decides_nothing_not_even_past_the_page(counter: Counter) -> None:
    order_id, page = wished(counter)
    assert "allowance" not in counter.browser.get(page).content.decode()
    assert "Jemand anderes" in counter.browser.get(page).content.decode()
    assert "zweite Person" not in counter.get("/today/").content.decode()

    counter.browser.post(f"{page}allowance/")

    assert list_refunds_of(order_id) == []
    assert Approval.objects.get().state == "waiting"


def test_the_database_itself_refuses_two_eyes(counter: Counter) -> None:
    wished(counter)
    wish = Approval.objects.get()
    with pytest.raises(IntegrityError, match="two_people_are_two"), transaction.atomic():
        Approval.objects.update(state="approved", decided_by=wish.asked_by)


def test_declined_or_over_is_done_by_nobody(counter: Counter) -> None:
    order_id, page = wished(counter)
    jonas = second()
    jonas.post(f"{page}refusal/")
    jonas.post(f"{page}allowance/")
    assert Approval.objects.get().state == "declined"

    with LOW:
        counter.post(f"{order_path(order_id)}refund/", **REFUND)
    Approval.objects.filter(state="waiting").update(until=NOON)
    jonas.post(f"{page_of(Approval.objects.get(state='waiting'))}allowance/")

    assert list_refunds_of(order_id) == []


def test_asking_twice_is_told(counter: Counter) -> None:
    order_id, _ = wished(counter)
    with LOW:
        counter.post(f"{order_path(order_id)}refund/", **REFUND)
    assert Approval.objects.count() == 1
    assert "schon gebeten" in counter.get(order_path(order_id)).content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CLERK, 403), (Role.AUDITOR, 403), (Role.ACCOUNTANT, 302)]
)
def test_only_who_may_approve_does(counter: Counter, role: Role, status: int) -> None:
    order_id, page = wished(counter)
    assert second(role).post(f"{page}allowance/").status_code == status
    assert len(list_refunds_of(order_id)) == (status == 302)


def test_a_manager_of_another_store_finds_nothing(counter: Counter) -> None:
    order_id, page = wished(counter)
    jonas = second()
    user_id = User.objects.get(username="jonas").id
    set_memberships(user_id=user_id, memberships=[Membership(Role.MANAGER, "altona")], now=NOON)

    assert jonas.get(page).status_code == 404
    assert jonas.post(f"{page}allowance/").status_code == 404
    assert list_refunds_of(order_id) == []


def test_a_list_with_people_leaves_once_after_somebody_else_allowed_it(counter: Counter) -> None:
    counter.order(paid=True)
    led = counter.get("/orders/", format="csv")
    assert led["Location"] == "/staff/approvals/lists/orders/"
    counter.post("/approvals/lists/orders/", purpose="bookkeeping")
    assert counter.get("/orders/", format="csv").status_code == 302

    second().post(f"{page_of(Approval.objects.get())}allowance/")

    sheet = counter.get("/orders/", format="csv").getvalue()
    assert b"Erika Beispiel" in sheet
    assert counter.get("/orders/", format="csv").status_code == 302


def test_what_is_allowed_is_one_question_and_the_second_person_sees_it(counter: Counter) -> None:
    counter.order(paid=True)
    led = counter.get("/orders/", format="csv", q="Beispiel")
    assert led["Location"] == "/staff/approvals/lists/orders/?q=Beispiel"
    asking = led["Location"].removeprefix("/staff")
    assert "Nur: Suchwort: Beispiel" in counter.get(asking).content.decode()
    counter.post(asking, purpose="bookkeeping")
    wish = Approval.objects.get()
    assert b"Beispiel" not in bytes(wish.question or b""), "it may name people: it lies sealed"
    jonas = second()
    seen = jonas.get(page_of(wish)).content.decode()
    assert "Nur: Suchwort: Beispiel" in seen
    assert "/staff/orders/?q=Beispiel" in seen

    jonas.post(f"{page_of(wish)}allowance/")

    assert counter.get("/orders/", format="csv").status_code == 302, "all was not allowed"
    assert counter.get("/orders/", format="csv", q="Meier").status_code == 302
    assert counter.get("/orders/", format="csv", q="Beispiel", after="").status_code == 200


def test_what_somebody_else_was_allowed_is_not_mine(counter: Counter) -> None:
    counter.post("/approvals/lists/orders/", purpose="check")
    jonas = second(Role.OWNER)
    jonas.post(f"{page_of(Approval.objects.get())}allowance/")
    assert jonas.get("/staff/orders/", {"format": "csv"}).status_code == 302


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPPORT, Role.ACCOUNTANT])
def test_who_may_not_export_is_told_so(counter: Counter, role: Role) -> None:
    browser = second(role)
    led = browser.get("/staff/orders/", {"format": "csv"})
    assert browser.get(led["Location"]).status_code == 403


def test_control_without_its_mark_a_list_would_leave_twice(counter: Counter) -> None:
    counter.post("/approvals/lists/orders/", purpose="check")
    second().post(f"{page_of(Approval.objects.get())}allowance/")
    for _ in range(2):
        Approval.objects.update(used_at=None)
        assert counter.get("/orders/", format="csv").status_code == 200


def test_an_unknown_list_or_wish_is_nothing(counter: Counter) -> None:
    assert counter.get("/approvals/lists/products/").status_code == 404
    assert counter.get(f"/approvals/{outer('apr', uuid4())}/").status_code == 404
    assert counter.get("/approvals/x/").status_code == 404


def test_the_list_opens_all_questions_with_one_statement(
    counter: Counter, django_assert_max_num_queries: Any
) -> None:
    def asked_by(*people: UUID) -> None:
        for person in people:
            ask_approval(
                kind=ApprovalKind.EXPORT, object_id="orders", reason="check", asked_by=person,
                now=NOON, question="q=Meier",
            )  # fmt: skip
        close_vault()

    asked_by(uuid4())
    with CaptureQueriesContext(connection) as one:
        list_approvals(reach={ApprovalKind.EXPORT: None}, now=NOON)
    asked_by(uuid4(), uuid4(), uuid4())
    with django_assert_max_num_queries(len(one)):
        found = list_approvals(reach={ApprovalKind.EXPORT: None}, now=NOON)
    assert [row.question for row in found] == ["q=Meier"] * 4


@pytest.mark.parametrize(
    ("question", "german"),
    [
        ("", "Die ganze Liste"),
        ("payment=paid&state=placed", "Nur: Zahlung: bezahlt, Bestellung: bestellt"),
        ("to_pack=1&q=Meier", "Nur: Zu packen, Suchwort: Meier"),
        ("strange=1", "Nur: strange: 1"),
    ],
)
def test_a_question_is_told_in_the_words_of_its_list(question: str, german: str) -> None:
    with translation.override("de"):
        assert question_words("orders", question) == german
