"""Roles, what they may do, and for which stores."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from tresen.domains.accounts.commands import hire, set_memberships
from tresen.domains.accounts.queries import memberships_of, names_with
from tresen.domains.accounts.rules import ROLES, may, permissions_of, roles_with, stores_for
from tresen.domains.accounts.types import EVERY_STORE, Membership, Permission, Role, Stores

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
P = Permission


def hired(name: str, role: Role) -> UUID:
    return hire(
        username=name, display_name=name, email="", role=role, password="eine Losung", now=NOON
    )


def test_every_role_is_in_the_table_and_comes_through_the_door() -> None:
    assert set(ROLES) == set(Role)
    assert all(P.DOOR in held for held in ROLES.values())


def test_only_the_owner_changes_staff_keys_and_settings() -> None:
    for permission in (P.STAFF_CHANGE, P.KEYS_CHANGE, P.SETTINGS_CHANGE, P.INCIDENTS_HANDLE):
        assert roles_with(permission) == [Role.OWNER]


def test_who_looks_over_shoulders_changes_nothing() -> None:
    verbs = {word.rpartition(".")[2] for word in ROLES[Role.AUDITOR] - {P.TAX_AUDIT}}
    assert verbs == {"door", "see"}


def test_who_needs_no_personal_data_sees_no_orders() -> None:
    people = {P.ORDERS_SEE, P.CUSTOMERS_SEE, P.INBOX_HANDLE, P.PRIVACY_SEE, P.PERSONAL_EXPORT}
    assert not people & ROLES[Role.MARKETING]
    assert not people & ROLES[Role.DEVELOPER]


def test_the_warehouse_touches_no_money() -> None:
    money = {P.ORDERS_REFUND, P.REFUNDS_APPROVE, P.MONEY_CHANGE, P.PRICES_CHANGE}
    assert not money & ROLES[Role.WAREHOUSE]


def test_a_role_for_one_store_holds_there_only() -> None:
    held = [Membership(Role.CLERK, "altona"), Membership(Role.ACCOUNTANT)]
    assert stores_for(held, P.STOCK_CHANGE) == Stores(codes=frozenset({"altona"}))
    assert stores_for(held, P.MONEY_CHANGE) == EVERY_STORE
    assert not stores_for(held, P.KEYS_CHANGE)
    assert may(held, P.STOCK_CHANGE)
    assert permissions_of(held) == ROLES[Role.CLERK] | ROLES[Role.ACCOUNTANT]
    assert permissions_of([]) == frozenset()


def test_stores_say_what_a_query_is_narrowed_to() -> None:
    some = Stores(codes=frozenset({"b", "a"}))
    assert (EVERY_STORE.narrowed, some.narrowed, Stores().narrowed) == (None, ("a", "b"), ())
    assert (EVERY_STORE.hold("x"), some.hold("a"), some.hold("x")) == (True, True, False)


@pytest.mark.django_db
def test_who_is_hired_has_the_role_everywhere_and_loses_it_with_another() -> None:
    staff_id = hired("frieda", Role.CLERK)
    assert memberships_of(staff_id) == (Membership(Role.CLERK),)
    hired("frieda", Role.SUPPORT)
    assert memberships_of(staff_id) == (Membership(Role.SUPPORT),)


@pytest.mark.django_db
def test_hiring_again_with_the_same_role_keeps_a_narrowed_one() -> None:
    staff_id = hired("frieda", Role.CLERK)
    narrowed = (Membership(Role.CLERK, "altona"),)
    set_memberships(user_id=staff_id, memberships=narrowed, now=NOON)
    hired("frieda", Role.CLERK)
    assert memberships_of(staff_id) == narrowed


@pytest.mark.django_db
def test_who_can_grant_is_named() -> None:
    hired("frieda", Role.CLERK)
    assert names_with(P.STAFF_CHANGE) == []
    hired("ida", Role.OWNER)
    assert names_with(P.STAFF_CHANGE) == ["ida"]


def test_the_page_about_rights_says_what_the_code_does() -> None:
    page = Path(__file__).resolve().parents[4] / "docs" / "explanation" / "rights.md"
    rows = {
        cells[1].strip(" `"): {
            role for role, mark in zip(Role, cells[2:-1], strict=True) if mark.strip()
        }
        for line in page.read_text().splitlines()
        if line.startswith("| `") and len(cells := line.split("|")) == len(Role) + 3
    }
    assert rows == {one.value: set(roles_with(one)) for one in P}
