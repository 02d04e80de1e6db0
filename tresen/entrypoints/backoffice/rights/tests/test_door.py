"""The door knows roles: what is missing is said in words; what would not open is not offered."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tresen.domains.accounts.commands import set_memberships
from tresen.domains.accounts.models import User
from tresen.domains.accounts.types import Membership, Permission, Role
from tresen.entrypoints.backoffice.rights.words import PERMISSION_WORDS, ROLE_WORDS
from tresen.entrypoints.backoffice.tests.make import Counter, clerk, order_path
from tresen.workflows.buying.tests.make import NOON


def test_every_role_and_permission_has_words() -> None:
    assert set(ROLE_WORDS) == set(Role)
    assert set(PERMISSION_WORDS) == set(Permission)


def test_who_lacks_the_permission_reads_which_and_who_can_grant_it(counter: Counter) -> None:
    browser = clerk(name="jonas", role=Role.WAREHOUSE)

    answer = browser.get(f"/staff{order_path(counter.order())}refund/")

    assert answer.status_code == 403
    text = answer.content.decode()
    assert "Bestellungen erstatten" in text
    assert "Sie sind: Lager" in text
    assert "Frieda" in text


def test_the_page_is_the_same_whether_the_thing_exists_or_not(counter: Counter) -> None:
    browser = clerk(name="jonas", role=Role.WAREHOUSE)

    def words(path: str) -> tuple[int, str]:
        answer = browser.get(path, headers={"x-request-id": "same"})
        page = re.sub(r'nonce="[^"]*"', "", answer.content.decode())
        return answer.status_code, page.replace(path, "")

    there = words(f"/staff{order_path(counter.order())}refund/")
    assert there == words("/staff/orders/ord_00000000000000000000000000/refund/")


def test_a_right_for_single_stores_is_no_right_for_the_house(counter: Counter) -> None:
    browser = clerk(name="jonas", role=Role.MANAGER)
    _narrow("jonas", Membership(Role.MANAGER, "altona"))

    answer = browser.get("/staff/products/prod_00000000000000000000000000/prices/")

    assert answer.status_code == 403
    assert "für einzelne Läden" in answer.content.decode()
    assert browser.get("/staff/products/").status_code == 200


def test_a_role_taken_away_is_gone_with_the_next_request(counter: Counter) -> None:
    browser = clerk(name="jonas", role=Role.WAREHOUSE)
    assert browser.get("/staff/stock/").status_code == 200

    _narrow("jonas", Membership(Role.MARKETING))

    assert browser.get("/staff/stock/").status_code == 403


@pytest.mark.parametrize(
    ("role", "tasks"),
    [
        (Role.OWNER, {"orders", "products", "stock"}),
        (Role.WAREHOUSE, {"orders", "products", "stock"}),
        (Role.MARKETING, {"products"}),
        (Role.DEVELOPER, {"products"}),
    ],
)
def test_the_rail_shows_what_opens(counter: Counter, role: Role, tasks: set[str]) -> None:
    rail = clerk(name="jonas", role=role).get("/staff/today/").context["rail"]

    assert {item.name for item in rail} & {"orders", "products", "stock"} == tasks


def test_actions_that_would_not_open_are_not_drawn(counter: Counter) -> None:
    path = f"/staff{order_path(counter.order(paid=True))}"

    def offered(role: Role) -> set[str]:
        page = clerk(name=role.value, role=role).get(path).content.decode()
        return {word for word in ("refund", "shipment") if f"/{word}/" in page}

    assert offered(Role.OWNER) == {"refund", "shipment"}
    assert offered(Role.WAREHOUSE) == {"shipment"}
    assert offered(Role.ACCOUNTANT) == {"refund"}
    assert offered(Role.AUDITOR) == set()


def test_the_board_shows_no_orders_to_whom_may_not_see_them(counter: Counter) -> None:
    counter.order(paid=True)

    def todos(role: Role) -> Any:
        return clerk(name=role.value, role=role).get("/staff/today/").context["todos"]

    assert todos(Role.WAREHOUSE)
    assert todos(Role.MARKETING) == []


def _narrow(name: str, *memberships: Membership) -> None:
    user = User.objects.get(username=name)
    set_memberships(user_id=user.id, memberships=memberships, now=NOON)
