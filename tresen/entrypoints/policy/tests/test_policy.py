"""Every route is declared once; who forgets is told what to write where; the shop stays shut."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.core.checks import run_checks
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from tresen.domains.accounts.types import Permission
from tresen.entrypoints.policy.check import RoutesUndeclared, problems, require_declared
from tresen.entrypoints.policy.routes import every_route
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import Rule, Who, public, staff, store_staff


def leak(request: HttpRequest) -> HttpResponse:
    return HttpResponse("everything")


def planted(
    address: str = "en/leak/", name: str | None = "leak", view: Callable[..., HttpResponse] = leak
) -> list[URLPattern | URLResolver]:
    return [*get_resolver().url_patterns, path(address, view, name=name)]


def test_every_route_and_every_operation_is_declared() -> None:
    assert list(problems()) == []
    require_declared()
    assert [one for one in run_checks() if one.id == "policy.E001"] == []


def test_the_walk_finds_pages_the_library_of_accounts_and_operations_of_the_api() -> None:
    keys = {route.key for route in every_route()}

    assert {
        "front",
        "storefront:cart",
        "backoffice:order_refund",
        "mfa_activate_totp",
        "webhooks:payments",
        "store-v1:openapi-json",
        "PUT /api/store/v1/carts/<cart>/lines/<variant>",
        "DELETE /api/store/v1/carts/<cart>/lines/<variant>",
    } <= keys
    assert keys == set(TABLE)


def test_a_forgotten_route_is_told_with_the_line_to_add() -> None:
    (words,) = problems(planted("staff/trust/leak/"))

    assert words.splitlines() == [
        "The route «leak» (/staff/trust/leak/) says nowhere who may come to it.",
        "  Add a line to ROUTES in tresen/entrypoints/policy/trust.py, such as",
        '    "leak": staff("GET", Permission.TRUST_SEE),',
        "  tresen/entrypoints/policy/types.py explains the words.",
    ]


def test_a_forgotten_route_keeps_the_shop_shut() -> None:
    with override_settings(ROOT_URLCONF=tuple(planted())), pytest.raises(RoutesUndeclared):
        require_declared()


def test_a_forgotten_route_is_closed_even_while_the_shop_runs() -> None:
    with override_settings(ROOT_URLCONF=tuple(planted())):
        answer = Client().get("/en/leak/")

    assert answer.status_code == 404
    assert b"everything" not in answer.content


@pytest.mark.django_db
def test_control_without_the_middleware_the_forgotten_route_is_open(settings: object) -> None:
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "policy" not in one]  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=tuple(planted())):
        assert Client().get("/en/leak/").content == b"everything"


def test_the_web_server_loads_and_asks_the_table_first() -> None:
    """In a process of its own, as the server does it: nothing is set up before."""
    words = "import tresen.config.wsgi as wsgi; print(callable(wsgi.application))"
    told = subprocess.run(
        [sys.executable, "-c", words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
    )

    assert (told.returncode, told.stdout.strip()) == (0, "True"), told.stderr[-2000:]


def test_a_nameless_route_a_stale_line_and_a_missing_door_are_told() -> None:
    assert "has no name" in next(problems(planted(name=None)))
    assert "no such route" in next(problems(table={**TABLE, "gone": public("GET")}))
    rule = staff("GET", Permission.TRUST_SEE)
    assert "do not fit" in next(problems(planted(), table={**TABLE, "leak": rule}))
    opened = {**TABLE, "backoffice:orders": public("GET")}
    assert "do not fit" in next(problems(table=opened))


def test_an_operation_declares_its_own_method() -> None:
    key = "POST /api/store/v1/orders"
    assert "must name POST" in next(problems(table={**TABLE, key: public("GET")}))


def test_included_routes_are_found_below_their_names() -> None:
    inner = include(([path("x/", leak, name="x")], "inside"))
    (words,) = problems([*get_resolver().url_patterns, path("en/", inner)])
    assert "«inside:x» (/en/x/)" in words


def test_methods_that_a_rule_leaves_out_are_refused() -> None:
    answer = Client().delete("/health/live")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert Client().head("/health/live").status_code == 200


def test_a_rule_names_the_permission_for_reading_and_for_changing() -> None:
    rule = store_staff("GET POST", Permission.STOCK_SEE, change=Permission.STOCK_CHANGE)
    assert [rule.needs(method) for method in ("GET", "HEAD", "POST")] == [
        Permission.STOCK_SEE,
        Permission.STOCK_SEE,
        Permission.STOCK_CHANGE,
    ]


@pytest.mark.parametrize("wrong", ["", "GET FETCH"])
def test_a_rule_without_known_methods_is_no_rule(wrong: str) -> None:
    with pytest.raises(AssertionError):
        public(wrong)


def test_a_rule_of_the_staff_has_a_permission_and_no_other_has() -> None:
    for who, permission in ((Who.PUBLIC, Permission.DOOR), (Who.STAFF, None)):
        with pytest.raises(AssertionError):
            Rule(who, frozenset({"GET"}), permission)
