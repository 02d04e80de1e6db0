"""Each try to come in behind the counter, and each door that stays shut, is exactly one row."""

from __future__ import annotations

import pytest
from django.test import Client

from tresen.domains.accounts.models import User
from tresen.domains.accounts.types import Role
from tresen.entrypoints.backoffice.signin import noted
from tresen.entrypoints.backoffice.tests.make import clerk
from tresen.foundation import sql

pytestmark = pytest.mark.django_db
LOGIN = "/staff/account/login/"
PASSWORD = "eine lange Losung"


def _rows() -> list[tuple[object, ...]]:
    return list(sql.rows("SELECT action, actor_id, object_id FROM audit_deed ORDER BY id"))


def _frieda() -> str:
    clerk(second_factor=False)
    return str(User.objects.get(username="frieda").id)


def _try(name: str, password: str) -> int:
    return Client().post(LOGIN, {"login": name, "password": password}).status_code


def test_signing_in_and_out_are_a_row_each() -> None:
    user_id = _frieda()
    browser = Client()
    assert browser.post(LOGIN, {"login": "frieda", "password": PASSWORD}).status_code == 302
    browser.post("/staff/account/logout/")

    assert [(action, str(actor), about) for action, actor, about in _rows()] == [
        ("session.begin", user_id, user_id),
        ("session.end", user_id, user_id),
    ]


def test_a_wrong_password_is_a_row_about_the_account() -> None:
    user_id = _frieda()
    assert _try("frieda", "falsch und lang") == 200
    assert _rows() == [("session.refuse", None, user_id)]


def test_what_was_typed_for_a_name_is_not_kept() -> None:
    """Many type their password into the field of the name."""
    assert _try("mein Geheimnis 123", "x" * 12) == 200
    assert _rows() == [("session.refuse", None, "")]
    ((told,),) = sql.rows("SELECT d::text FROM audit_deed d")
    assert "Geheimnis" not in str(told)


def test_a_door_that_stays_shut_is_a_row_with_its_route() -> None:
    willi = clerk(name="willi", role=Role.WAREHOUSE)
    assert willi.get("/staff/trust/freeze/").status_code == 403
    assert willi.get("/staff/orders/").status_code == 200

    refused = [(action, about) for action, _, about in _rows() if action == "door.refuse"]
    assert refused == [("door.refuse", "backoffice:freeze")]


def test_a_try_that_is_not_written_down_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(noted, "record", lambda *_, **__: None)
    _frieda()
    assert _try("frieda", "falsch und lang") == 200
    assert _rows() == []
