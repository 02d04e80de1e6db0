"""A frozen shop can be looked at, not written to; staff, webhooks and health go on."""

from __future__ import annotations

import pytest
from django.test import Client

from tresen.domains.accounts.types import Realm
from tresen.domains.security.queries import freezing
from tresen.domains.security.queries.freezing import get_freeze, is_frozen
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.remembered import forget_everything
from tresen.workflows.buying.tests.make import NOON, small_shop
from tresen.workflows.guarding.freeze_shop import freeze_shop, thaw_shop

pytestmark = pytest.mark.django_db


def _frozen() -> None:
    freeze_shop(now=NOON, actor=SYSTEM)


def test_looking_goes_on_and_writing_waits() -> None:
    small_shop()
    _frozen()
    browser = Client()

    assert browser.get("/de/").status_code == 200
    answer = browser.post("/de/cart/", {"sku": "TEA"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "1800")
    assert "kurze Pause" in answer.content.decode()
    assert sql.rows("SELECT count(*) FROM carts_cart") == [(0,)]


def test_when_it_is_open_again_writing_goes_on() -> None:
    """The control: the same request, not frozen."""
    small_shop()
    _frozen()
    assert thaw_shop(now=NOON, actor=SYSTEM)

    assert Client().post("/de/cart/", {"sku": "TEA"}).status_code != 503


@pytest.mark.parametrize("path", ["/webhooks/demo_card/", "/staff/account/login/"])
def test_messages_of_services_and_staff_come_through(path: str) -> None:
    small_shop()
    _frozen()
    assert Client().post(path, {}).status_code != 503


def test_freezing_ends_every_session_and_asks_for_new_keys() -> None:
    sql.run(
        "INSERT INTO accounts_session (id, realm, key_hash, data, device, made_at, seen_at,"
        " expires_at, rested) SELECT gen_random_uuid(), realm, convert_to(realm, 'UTF8'), '', '',"
        " %s, %s, %s, false FROM unnest(%s::text[]) AS realm",
        (NOON, NOON, NOON, [realm.value for realm in Realm]),
    )

    frozen = freeze_shop(now=NOON, actor=SYSTEM)

    assert (frozen.is_new, frozen.sessions) == (True, len(Realm))
    assert sql.rows("SELECT task_name, args->>'end_links' FROM procrastinate_jobs") == [
        ("rotate_all_keys", "")
    ]
    assert sql.rows("SELECT count(*) FROM accounts_session") == [(0,)]
    assert sql.rows("SELECT action FROM audit_deed") == [("shop.freeze",)]
    assert get_freeze().since == NOON


def test_freezing_twice_and_thawing_what_is_open_change_nothing() -> None:
    assert not thaw_shop(now=NOON, actor=SYSTEM)
    _frozen()
    assert not freeze_shop(now=NOON, actor=SYSTEM).is_new
    assert sql.rows('SELECT count(*) FROM security_freeze WHERE "on"') == [(1,)]


def test_the_switch_is_asked_for_once_a_second(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    forget_everything()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [is_frozen() for _ in range(50)] == [False] * 50
    assert freezing._KNOWN._seconds <= 1


def test_another_process_knows_a_second_later() -> None:
    assert not is_frozen()
    sql.run("INSERT INTO security_freeze (\"on\", at, actor) VALUES (true, %s, '')", (NOON,))
    assert not is_frozen()
    forget_everything()
    assert is_frozen()
