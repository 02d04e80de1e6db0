"""S17: every answer tells browsers what to refuse, whoever gives it and however it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests.security.asking import Answer, addresses, ask, one_connection
from tresen.config.wsgi import API_MIDDLEWARE
from tresen.entrypoints.files.serving import OWN_FILES, Files, Shelf
from tresen.entrypoints.shared.shield.headers import FIXED, INERT_POLICY
from tresen.entrypoints.shared.shield.middleware import NEVER_STORED, ShieldMiddleware
from tresen.workflows.buying.tests.make import small_shop

pytestmark = pytest.mark.django_db
SHIELD = "tresen.entrypoints.shared.shield.middleware.ShieldMiddleware"
NONCE = re.compile(r"script-src 'nonce-([A-Za-z0-9+/=]{20,})' 'strict-dynamic';")
FOR_OTHERS = {"/media/": "cross-origin"}


@pytest.fixture(autouse=True)
def shop() -> Iterator[None]:
    small_shop()
    with one_connection():
        yield


def missing(answer: Answer, path: str = "") -> list[str]:
    """What a browser is not told."""
    wanted = dict(FIXED)
    if path.startswith(tuple(FOR_OTHERS)):
        wanted["Cross-Origin-Resource-Policy"] = "cross-origin"
    found = [name for name, value in wanted.items() if answer.headers.get(name.lower()) != value]
    policy = answer.headers.get("content-security-policy", "")
    if answer.headers.get("content-type", "").startswith("text/html"):
        if not NONCE.search(policy):
            found.append("nonce")
        if "require-trusted-types-for 'script'" not in policy:
            found.append("trusted types")
    elif policy != INERT_POLICY:
        found.append("inert policy")
    if "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        found.append("policy")
    return found


def test_every_address_and_method_answers_with_all_of_them() -> None:
    lacking, statuses, count = {}, set(), 0
    for name, path in addresses().items():
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            answer = ask(path, method=method)
            count += 1
            statuses.add(answer.status)
            if found := missing(answer, path):
                lacking[f"{method} {name} {path}"] = found
    print(f"{count} answers, statuses {sorted(statuses)}")  # noqa: T201
    assert lacking == {}
    assert count > 300
    assert {200, 302, 403, 404, 405} <= statuses


@pytest.mark.parametrize(
    "path",
    [
        "/de/nothing-here/",
        "/staff/nothing-here/",
        "/api/nothing",
        "/nothing",
        "/static/none.css",
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/media/none.webp",
        "/webhooks/payments/none",
        "/health/live",
        "/metrics",
        "//evil.example/",
        "/de/\x00",
        "/.git/config",
    ],
)
def test_errors_files_and_odd_addresses_are_no_exception(path: str) -> None:
    assert missing(ask(path), path) == []


def test_a_foreign_host_a_lost_token_and_our_own_fault_are_no_exception(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert missing(foreign := ask("/de/", Host="evil.example")) == []
    assert foreign.status == 400
    enforcing = Client(enforce_csrf_checks=True)
    refused = enforcing.post("/de/cart/lines/", {})
    assert refused.status_code == 403
    assert {name: refused[name] for name in FIXED} == dict(FIXED)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("tresen.entrypoints.storefront.home.views.newest", broken)
    assert missing(fault := ask("/de/")) == []
    assert fault.status == 500
    assert b"broken on purpose" not in fault.body


def test_a_nonce_is_used_once_and_every_script_carries_it() -> None:
    answers = [ask("/de/safe-shopping/") for _ in range(5)]
    nonces = [
        NONCE.search(answer.headers["content-security-policy"]).group(1) for answer in answers
    ]
    assert len(set(nonces)) == 5
    for answer, nonce in zip(answers, nonces, strict=True):
        scripts = re.findall(r"<script\b[^>]*>", answer.text)
        assert len(scripts) == 3
        assert all(f'nonce="{nonce}"' in script for script in scripts)
        assert all('integrity="sha384-' in script for script in scripts)


@pytest.mark.parametrize(
    "path", ["/staff/", "/staff/orders/", "/de/checkout/", "/en/orders/x7/", "/de/account/x/"]
)
def test_pages_about_somebody_are_not_stored(path: str) -> None:
    assert "no-store" in ask(path).headers["cache-control"]


def test_a_known_person_is_not_stored_anywhere() -> None:
    class Known:
        is_authenticated = True

    def view(request: HttpRequest) -> HttpResponse:
        request._cached_user = Known()  # type: ignore[attr-defined]
        return HttpResponse("words", headers={"Cache-Control": "private, no-cache"})

    request = RequestFactory().get("/de/")
    assert ShieldMiddleware(view)(request)["Cache-Control"] == NEVER_STORED


def test_by_tls_the_browser_is_told_to_stay_with_it(settings) -> None:
    settings.SECURE_HSTS_SECONDS, settings.HTTPS = 63_072_000, True
    answer = ShieldMiddleware(lambda _: HttpResponse("x"))(RequestFactory().get("/"))
    assert answer["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "upgrade-insecure-requests" in answer["Content-Security-Policy"]
    told: list[list[tuple[str, str]]] = []
    shelf = Shelf(route="/static/", folder=settings.STATIC_ROOT, types=OWN_FILES)
    Files([shelf], hsts_seconds=63_072_000)(
        {"PATH_INFO": "/static/none", "REQUEST_METHOD": "GET"},
        lambda _, found: told.append(found),
    )
    assert ("Strict-Transport-Security", "max-age=63072000; includeSubDomains") in told[0]


def test_a_view_may_be_stricter_but_is_never_without() -> None:
    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse("x", headers={"Content-Security-Policy": "default-src 'none'"})

    answer = ShieldMiddleware(view)(RequestFactory().get("/"))
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_without_the_shield_this_test_is_red(settings) -> None:
    """Control: the same look at a chain without it."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != SHIELD]
    client = Client()
    answer = client.get("/de/nothing-here/")
    bare = Answer(
        answer.status_code,
        {name.lower(): value for name, value in answer.headers.items()},
        (),
        answer.content,
    )
    assert {"X-Content-Type-Options", "X-Frame-Options", "nonce", "policy"} <= set(missing(bare))


def test_the_shield_is_outermost_in_both_chains() -> None:
    assert settings.MIDDLEWARE[0] == API_MIDDLEWARE[0] == SHIELD
