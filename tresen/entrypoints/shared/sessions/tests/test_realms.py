"""Two realms: what opens one opens nothing in the other (RELIABILITY S13)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tresen.domains.accounts.models import Session
from tresen.domains.accounts.queries import sessions as queries
from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared.sessions.realms import realm_of, session_cookie_of
from tresen.entrypoints.shared.sessions.tests.make import (
    key_for,
    person_of,
    seen_by,
    shopper,
    signed_in,
    staff,
)
from tresen.foundation import sql

OTHER = {Realm.SHOP: Realm.STAFF, Realm.STAFF: Realm.SHOP}


@pytest.mark.parametrize(
    ("path", "realm"),
    [
        ("/staff/", Realm.STAFF),
        ("/staff/account/login/", Realm.STAFF),
        ("/de/", Realm.SHOP),
        ("/de/staff/", Realm.SHOP),
        ("/staffage/", Realm.SHOP),
        ("/api/v1/products", None),
        ("/webhooks/payments/stripe", None),
    ],
)
def test_each_path_has_one_realm(path: str, realm: Realm | None) -> None:
    assert realm_of(path) is realm


@pytest.mark.parametrize("realm", list(Realm))
def test_somebody_is_known_in_their_realm_and_nobody_in_the_other(
    pages: None, realm: Realm
) -> None:
    user = person_of(realm)
    browser = signed_in(user)

    assert seen_by(browser, realm) == str(user.id)
    assert seen_by(browser, OTHER[realm]) == "nobody"


@pytest.mark.parametrize("realm", list(Realm))
def test_the_value_of_one_cookie_under_the_name_of_the_other_opens_nothing(
    pages: None, realm: Realm
) -> None:
    browser = Client()
    browser.cookies[session_cookie_of(OTHER[realm])] = key_for(person_of(realm))

    assert seen_by(browser, OTHER[realm]) == "nobody"


def test_control_without_the_realm_in_the_question_it_would(
    pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = shopper()
    browser = Client()
    browser.cookies[session_cookie_of(Realm.STAFF)] = key_for(user)
    monkeypatch.setattr(
        queries, "_FIND", queries._FIND.replace("realm = %s", "%s::text IS NOT NULL")
    )

    assert seen_by(browser, Realm.STAFF) == str(user.id)


def test_the_database_refuses_a_session_for_somebody_of_the_other_realm(pages: None) -> None:
    user = shopper()
    signed_in(user)

    with pytest.raises(IntegrityError, match="session_of_its_realm"), transaction.atomic():
        sql.run("UPDATE accounts_session SET realm = 'staff'")
        sql.run("SET CONSTRAINTS ALL IMMEDIATE")

    assert [row.realm for row in Session.objects.all()] == [Realm.SHOP]


def test_control_without_the_constraint_it_would_be_written(pages: None) -> None:
    signed_in(shopper())
    sql.run("SET CONSTRAINTS ALL IMMEDIATE")
    sql.run("ALTER TABLE accounts_session DROP CONSTRAINT session_of_its_realm")

    sql.run("UPDATE accounts_session SET realm = 'staff'")

    assert [row.realm for row in Session.objects.all()] == [Realm.STAFF]


def test_a_customer_with_a_session_is_led_to_the_staffs_sign_in(pages: None) -> None:
    browser = signed_in(shopper())

    for path in ("/staff/", "/staff/orders/", "/staff/products/", "/staff/account/factors/"):
        assert "/staff/account/login/" in browser.get(path)["Location"], path


def test_both_sign_ins_live_beside_each_other_in_one_browser(pages: None) -> None:
    customer, clerk = shopper(), staff()
    browser = signed_in(customer)
    browser.cookies[session_cookie_of(Realm.STAFF)] = key_for(clerk)

    assert [seen_by(browser, realm) for realm in Realm] == [str(customer.id), str(clerk.id)]
    browser.post("/staff/account/logout/")
    assert [seen_by(browser, realm) for realm in Realm] == [str(customer.id), "nobody"]
