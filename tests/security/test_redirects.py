"""No address of ours sends people where a stranger wants them (V3.7.2)."""

from __future__ import annotations

from http.client import METHOD_NOT_ALLOWED
from urllib.parse import urlsplit

import pytest

from tests.security.asking import addresses
from tests.security.shop import open_shop
from tresen.entrypoints.storefront.tests.make import Guest

pytestmark = pytest.mark.django_db
PLACES = (
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example",
    "\\\\evil.example", "https:evil.example", "http:///evil.example", "/%2f/evil.example",
    "//evil.example/%2f..", "javascript:alert(1)", "data:text/html,x", "https://testserver@evil.example",
    "https://testserver.evil.example/", "//testserver%00.evil.example", "/\t/evil.example",
    "ht\ntps://evil.example", "/de/\r\nLocation: https://evil.example",
)  # fmt: skip
DOOR, EVERY = "/staff/account/login/", 4
NAMES = (
    "next",
    "url",
    "return",
    "return_url",
    "redirect",
    "redirect_to",
    "continue",
    "back",
    "to",
    "r",
)


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> Guest:
    return open_shop(monkeypatch)


def leads_away(location: str) -> bool:
    """As a browser reads it: backslashes are slashes, control characters are nothing."""
    plain = "".join(sign for sign in location if sign > " ").replace("\\", "/")
    if plain.startswith("//"):
        return True
    parts = urlsplit(plain)
    return bool(parts.scheme) and parts.netloc != "testserver"


def test_no_parameter_of_any_address_leads_away(guest: Guest) -> None:
    """Behind a closed door, where one code answers for all, each address is tried with some."""
    guest.take()
    wrong = []
    for path in addresses().values():
        if path.startswith("/api/"):
            continue
        ways = {"get": guest.browser.get, "post": guest.browser.post}
        first = {way: ask(path) for way, ask in ways.items()}
        taken = [way for way, answer in first.items() if answer.status_code != METHOD_NOT_ALLOWED]
        closed = all(DOOR in first[way].headers.get("Location", "") for way in taken)
        for place in PLACES[len(path) % EVERY :: EVERY] if closed else PLACES:
            query = dict.fromkeys(NAMES, place)
            answers = [ways[way](path, query) for way in taken]
            led = [answer.headers.get("Location", "") for answer in answers]
            wrong += [(path, place, location) for location in led if leads_away(location)]
    assert wrong == []


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/\\evil.example/", "/%5Cevil.example", "//evil.example/%2e%2e"]
)
def test_a_path_with_two_slashes_is_no_host(guest: Guest, path: str) -> None:
    answer = guest.browser.get(path)
    assert not leads_away(answer.headers.get("Location", ""))


@pytest.mark.parametrize(
    "place", [p for p in PLACES if "\n" not in p and not p.startswith(("/de", "/%2f"))]
)
def test_the_judge_knows_every_one_of_them(place: str) -> None:
    """Control."""
    assert leads_away(place)
    assert not leads_away("/de/cart/?x=//evil.example")
