"""X-Forwarded-* and Host: believed from named proxies, from anybody else without effect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.security.asking import ask, one_connection
from tresen.entrypoints.shared.shield.forwarded import THROUGH_PROXY, Proxies
from tresen.entrypoints.shared.shield.middleware import ShieldMiddleware
from tresen.workflows.buying.tests.make import small_shop

pytestmark = pytest.mark.django_db
LIES = {
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "666",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/staff/",
    "X-Rewrite-URL": "/staff/",
    "X-Real-IP": "127.0.0.1",
    "Forwarded": "for=127.0.0.1;host=evil.example;proto=https",
    "True-Client-IP": "127.0.0.1",
}


@pytest.fixture
def shop() -> Iterator[None]:
    small_shop()
    with one_connection():
        yield


def seen(proxies: list[str], settings, *, remote: str, **headers: str) -> HttpRequest:
    """The request as a view behind the shield sees it."""
    settings.TRUSTED_PROXIES = proxies
    requests: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    ShieldMiddleware(view)(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))
    return requests[0]


def test_a_stranger_may_say_what_they_like(settings) -> None:
    request = seen(["10.0.0.0/8"], settings, remote="203.0.113.9", **LIES)
    assert request.META["REMOTE_ADDR"] == "203.0.113.9"
    assert request.scheme == "http"
    assert [name for name in request.META if "FORWARD" in name or "REAL_IP" in name] == []
    assert request.META[THROUGH_PROXY]


def test_a_proxy_of_ours_is_believed_up_to_the_first_stranger(settings) -> None:
    way = "6.6.6.6, 198.51.100.7, 10.0.0.3"
    headers = {"X-Forwarded-For": way, "X-Forwarded-Proto": "https"}
    request = seen(["10.0.0.0/8"], settings, remote="10.0.0.2", **headers)
    assert request.META["REMOTE_ADDR"] == "198.51.100.7"
    assert request.is_secure()


def test_if_everybody_were_believed_the_first_test_would_be_red(settings) -> None:
    """Control: the whole world as a proxy of ours."""
    request = seen(["0.0.0.0/0", "::/0"], settings, remote="203.0.113.9", **LIES)
    assert request.scheme == "https"


@pytest.mark.parametrize("told", ["", "no address", ",,,", "1.2.3.4.5", "a" * 9_999])
def test_a_proxy_that_says_nonsense_stays_who_it_is(settings, told: str) -> None:
    request = seen(["10.0.0.0/8"], settings, remote="10.0.0.2", **{"X-Forwarded-For": told})
    assert request.META["REMOTE_ADDR"] == "10.0.0.2"


def test_a_proxy_that_is_no_address_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="proxy"):
        Proxies(["proxy.example"])


def test_no_answer_depends_on_what_a_stranger_forwards(shop: None) -> None:
    """Neither poisoned links nor other pages: byte for byte the same, but for nonce and token."""
    plain = ask("/de/safe-shopping/", REMOTE_ADDR="203.0.113.9")
    lied = ask("/de/safe-shopping/", **LIES)
    assert lied.status == plain.status == 200
    assert "evil.example" not in lied.text + str(lied.headers)
    assert lied.text.count("127.0.0.1") == plain.text.count("127.0.0.1")


def test_the_house_shows_details_to_nobody_who_came_through_a_proxy(shop: None) -> None:
    assert "checks" in ask("/health/ready").json()
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
        assert "checks" not in ask("/health/ready", **{name: LIES[name]}).json()


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil", ""]
)
def test_a_foreign_host_is_refused_and_named_nowhere(shop: None, host: str) -> None:
    for path in ("/de/", "/api/store/v1/openapi.json", "/staff/"):
        answer = ask(path, Host=host)
        assert answer.status == 400
        assert "evil" not in answer.text + str(answer.headers)
