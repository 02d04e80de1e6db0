"""Every address of the back office lies behind the door; new ones are found by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views.decorators.csrf import csrf_exempt

from tresen.domains.accounts.models import User
from tresen.entrypoints.backoffice.tests.make import clerk

pytestmark = pytest.mark.django_db

BEFORE_THE_DOOR = "/staff/account/"
LOGIN = "/staff/account/login/?next="
SETTING_UP = "/staff/account/factors/app/"
_CONVERTERS = re.compile(r"<(?:(\w+):)?\w+>")
_SAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}


@csrf_exempt
def leak(request: HttpRequest, number: int) -> HttpResponse:
    """A view that somebody forgot to put behind the door."""
    return HttpResponse("everything")


def addresses(patterns: Sequence[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address that the resolver knows, with samples for its variable parts."""
    for pattern in patterns:
        here = before + _CONVERTERS.sub(
            lambda found: _SAMPLES.get(found[1] or "str", "x"), str(pattern.pattern)
        )
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


def staff_addresses() -> list[str]:
    found = [
        address
        for address in addresses(get_resolver().url_patterns)
        if address.startswith("/staff/")
    ]
    return [address for address in found if not address.startswith(BEFORE_THE_DOOR)]


def not_leading(client: Client, target: str) -> list[str]:
    """Addresses that answer anything but the way to `target`, whatever the method."""
    return [
        f"{method} {address}"
        for address in staff_addresses()
        for method in ("get", "post", "put", "delete", "head")
        if not str(getattr(client, method)(address).headers.get("Location", "")).startswith(target)
    ]


def test_the_crawl_finds_the_back_office() -> None:
    found = staff_addresses()

    assert {"/staff/", "/staff/orders/", "/staff/orders/x/refund/", "/staff/stock/x/count/"} <= set(
        found
    )
    assert len(found) >= 19


def test_strangers_are_led_to_sign_in_everywhere() -> None:
    assert not_leading(Client(), LOGIN) == []


def test_staff_without_a_second_factor_is_led_to_set_one_up() -> None:
    assert not_leading(clerk(second_factor=False), SETTING_UP) == []


def test_control_an_unguarded_address_is_found() -> None:
    planted = (*get_resolver().url_patterns, path("staff/leak/<int:number>/", leak))

    with override_settings(ROOT_URLCONF=planted):
        assert not_leading(Client(), LOGIN) == [
            f"{method} /staff/leak/1/" for method in ("get", "post", "put", "delete", "head")
        ]


def test_somebody_who_left_is_led_to_sign_in() -> None:
    client = clerk()
    User.objects.update(is_active=False)

    assert not_leading(client, LOGIN) == []


def test_nothing_behind_the_door_is_kept_by_caches() -> None:
    client = clerk()

    for address in ("/staff/today/", "/staff/orders/", "/staff/products/", "/staff/stock/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "no-store" in answer["Cache-Control"], address
        assert "unsafe" not in answer["Content-Security-Policy"], address


def test_forms_behind_the_door_need_their_token() -> None:
    client = clerk()
    client.handler.enforce_csrf_checks = True

    refused = {address: client.post(address).status_code for address in staff_addresses()}

    assert set(refused.values()) == {403}


@pytest.mark.parametrize(
    "onward", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_strange_place(onward: str) -> None:
    clerk(second_factor=False)

    answer = Client().post(
        f"/staff/account/login/?next={onward}",
        {"login": "frieda", "password": "eine lange Losung", "next": onward},
    )

    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert answer["Location"].startswith("/staff/")


def test_a_wrong_password_says_nothing_about_who_exists() -> None:
    clerk()

    def words(name: str) -> tuple[int, str]:
        answer = Client().post(
            "/staff/account/login/", {"login": name, "password": "falsche Losung!"}
        )
        text = re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.content.decode())
        return answer.status_code, text

    assert words("frieda") == words("nobody")
