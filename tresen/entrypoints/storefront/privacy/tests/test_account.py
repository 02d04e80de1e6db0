"""Who is signed in has the page without a link; before data leave or go, they prove themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse

from tresen.domains.accounts.models import User
from tresen.domains.accounts.types import Realm
from tresen.domains.orders.queries import get_order
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.requests import list_requests_of
from tresen.domains.privacy.types.requests import RequestWay
from tresen.entrypoints.storefront.privacy import who
from tresen.entrypoints.storefront.tests.make import Guest, orders
from tresen.foundation.actor import SYSTEM
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.trusting.retain import retain
from tresen.workflows.trusting.tests.make import finish

pytestmark = pytest.mark.django_db
_LED = HttpResponse(status=302)


@pytest.fixture
def erika(guest: Guest, monkeypatch: pytest.MonkeyPatch) -> tuple[Guest, UUID]:
    """She ordered and has an account, in which she is signed in."""
    guest.order()
    person_id = find_person_by_email("erika@example.com")
    assert person_id is not None
    user = User(
        realm=Realm.SHOP,
        username="shop:1",
        login_index=b"x" * 32,
        person_id=person_id,
        is_staff=False,
        date_joined=NOON,
    )
    user.save()
    monkeypatch.setattr(who, "_user_of", lambda _request: user)
    return guest, person_id


def test_the_page_opens_without_a_link(erika: tuple[Guest, UUID]) -> None:
    guest, _ = erika

    assert guest.get("/my-data/")["Location"] == "/de/my-data/me/"
    assert "erika@example.com" in guest.get("/my-data/me/").content.decode()


@pytest.mark.parametrize("path", ["requests/", "erasure/"])
def test_before_data_leave_or_go_a_fresh_proof_is_asked_for(
    erika: tuple[Guest, UUID], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, person_id = erika
    asked: list[Any] = []
    monkeypatch.setattr(who, "is_fresh", lambda _request: False)

    def lead(request: Any) -> HttpResponse:
        asked.append(request)
        return _LED

    monkeypatch.setattr(who, "ask_for_proof", lead)

    guest.post(f"/my-data/me/{path}", kind="access")
    assert len(asked) == 1
    assert list_requests_of(person_id) == []

    monkeypatch.setattr(who, "is_fresh", lambda _request: True)
    guest.post(f"/my-data/me/{path}", kind="access")
    (row,) = list_requests_of(person_id)
    assert row.way is RequestWay.ACCOUNT


def test_a_switch_needs_no_proof_beyond_being_signed_in(
    erika: tuple[Guest, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, person_id = erika
    monkeypatch.setattr(who, "is_fresh", lambda _request: False)

    guest.post("/my-data/me/requests/", kind="objection")

    assert [row.kind.value for row in list_requests_of(person_id)] == ["objection"]


def test_an_account_keeps_its_person_known_however_long_nothing_is_bought(
    erika: tuple[Guest, UUID],
) -> None:
    _, person_id = erika
    finish(get_order(orders()[0].id))

    retain(dry=False, now=NOON + timedelta(days=365 * 6), actor=SYSTEM)

    assert find_person_by_email("erika@example.com") == person_id
