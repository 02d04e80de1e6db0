"""The shop does not start with a route that nobody declared, or a line that means no route."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver

from tresen.entrypoints.policy.routes import Route, every_route
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import Rule, Who
from tresen.operations.machine.trouble import Trouble

_FOLDER = "tresen/entrypoints/policy"
_FILES = (
    ("/api/", "api.py", 'publishable_key("{methods}")'),
    ("/staff/account/", "signin.py", 'staff_login("GET POST")'),
    ("/staff/trust/", "trust.py", 'staff("GET", Permission.TRUST_SEE)'),
    ("/staff/settings/", "trust.py", 'staff("GET", Permission.SETTINGS_SEE)'),
    ("/staff/", "backoffice.py", 'staff("GET POST", Permission.SETTINGS_CHANGE)'),
    ("/webhooks/", "machines.py", 'signature("POST")'),
    ("/", "storefront.py", 'public("GET")'),
)
"""Where a line for a new address belongs, and what it may look like."""


class RoutesUndeclared(Trouble):
    """The policy table and the routes do not fit; the message says what to write where."""


def require_declared() -> None:
    """Raises RoutesUndeclared. Called before the doors open."""
    if found := list(problems()):
        raise RoutesUndeclared("\n".join(found))


def check_routes(**_: Any) -> list[CheckMessage]:
    """The same as a system check of Django."""
    return [Error(words, id="policy.E001") for words in problems()]


def problems(
    patterns: Sequence[URLPattern | URLResolver] | None = None,
    *,
    table: Mapping[str, Rule] | None = None,
) -> Iterator[str]:
    """In sentences: undeclared routes, lines without a route, staff routes without the door."""
    known = TABLE if table is None else table
    routes = list(every_route(patterns))
    for route in routes:
        yield from _problems_of(route, known.get(route.key))
    for key in sorted(known.keys() - {route.key for route in routes}):
        yield f"The policy table ({_FOLDER}) names «{key}», and there is no such route: remove it."


def _problems_of(route: Route, rule: Rule | None) -> Iterator[str]:
    if not route.key:
        yield f"The route {route.address} has no name: give it one with name=… in its urls.py."
    elif rule is None:
        yield _undeclared(route)
    elif route.methods and rule.methods != route.methods:
        yield f"The rule of «{route.key}» must name {_words(route.methods)} and nothing else."
    elif (rule.who is Who.STAFF) != is_behind_the_door(route):
        yield (
            f"«{route.key}» ({route.address}) and the door of the back office do not fit: "
            "a route with a permission is in the list behind the door, and no other is."
        )


def is_behind_the_door(route: Route) -> bool:
    """Was the view wrapped by the guard of the back office?"""
    return bool(getattr(route.view, "is_behind_the_door", False))


def _undeclared(route: Route) -> str:
    file, example = next(
        (file, line) for start, file, line in _FILES if route.address.startswith(start)
    )
    line = example.format(methods=_words(route.methods))
    return (
        f"The route «{route.key}» ({route.address}) says nowhere who may come to it.\n"
        f"  Add a line to ROUTES in {_FOLDER}/{file}, such as\n"
        f'    "{route.key}": {line},\n'
        f"  {_FOLDER}/types.py explains the words."
    )


def _words(methods: frozenset[str]) -> str:
    return " ".join(sorted(methods))
