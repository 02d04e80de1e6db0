"""Tries every cell and compares how it ended with what the policy table says (declared.py)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.test import RequestFactory
from django.test.client import ClientHandler

from tests.security import declared
from tests.security.cells import Cell
from tests.security.declared import BACK, OPEN
from tests.security.objects import World
from tresen.entrypoints.policy.routes import Route

LOGIN, SETTING_UP = "/staff/account/login/", "/staff/account/factors/app/"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
FACTORY, HANDLER = RequestFactory(), ClientHandler(enforce_csrf_checks=False)
LANGUAGES = ("de", "en")
SHOP_LOGIN = tuple(f"/{language}/account/sign-in/" for language in LANGUAGES)
PROVING = (
    *(f"/{language}/account/proof/" for language in LANGUAGES),
    "/staff/account/reauthenticate/",
    "/staff/account/second-factor/again/",
)
BODIES: Mapping[str, object] = {
    "/lines": {"sku": "TEA", "quantity": 1},
    "/lines/<variant>": {"quantity": 1},
    "/address": {
        "email": "erika@example.com",
        "address": {
            "name": "Erika Beispiel",
            "street": "Elbweg 7",
            "postcode": "22765",
            "city": "Hamburg",
            "country": "DE",
        },
    },
    "/delivery": {"code": "parcel-de"},
    "/orders/<token>/payment": {"return_url": ""},
    "/payment": {"method": "bank_transfer"},
}
STRANGE_ADDRESS, NOT_READY = "203.0.113.7", 503
STATUSES = {
    400: declared.UNREADABLE,
    401: declared.KEY,
    403: declared.REFUSED,
    404: declared.MISSING,
    405: declared.METHOD,
    410: declared.GONE,
}


def tried(cell: Cell) -> Any:
    """The answer; whatever it changed is taken back, and the browser keeps its cookies."""
    body = body_of(cell.route) if cell.route.methods else ""
    with transaction.atomic():
        response = asked(cell, body=body)
        transaction.set_rollback(True)
    return response


def asked(cell: Cell, *, body: str, query: str = "") -> Any:
    """Past Django's test client, which copies every context of every template."""
    cookies = cell.visitor.client.cookies.items()
    request = FACTORY.generic(
        cell.method,
        f"{cell.path}?{query}" if query else cell.path,
        data=body,
        content_type=JSON if cell.route.methods else FORM,
        headers={
            "Idempotency-Key": "once",
            "Accept-Language": "de",
            **(cell.visitor.headers or {}),
        },
        REMOTE_ADDR=STRANGE_ADDRESS,
        HTTP_COOKIE="; ".join(f"{name}={one.value}" for name, one in cookies),
    )
    response = HANDLER(request.environ)
    response.read = response.getvalue()
    return response


def body_of(route: Route) -> str:
    """What an operation wants to be told, so that it is the object that is judged."""
    for ending, body in BODIES.items():
        if route.address.endswith(ending):
            return json.dumps(body)
    return "{}"


def outcome_of(cell: Cell, response: Any) -> str:
    where = str(response.headers.get("Location", "")).partition("?")[0]
    if response.status_code >= 500 and response.status_code != NOT_READY:
        return declared.BROKEN
    if where.startswith((LOGIN, *SHOP_LOGIN)):
        return declared.SIGN_IN
    if where.startswith(PROVING):
        return declared.PROOF
    if where.startswith(SETTING_UP):
        return declared.FACTOR
    if where and where != cell.path and cell.path.startswith(where):
        return BACK
    return STATUSES.get(response.status_code, OPEN)


def foreign_words(cell: Cell, response: Any, outcome: str, world: World) -> list[str]:
    """Words of the other house in an answer to somebody who may not see all houses."""
    visitor, in_the_house = cell.visitor, cell.route.address.startswith("/staff/")
    if visitor.of_every_store and in_the_house and outcome in {OPEN, BACK}:
        return []
    words = world.house_words if visitor.is_staff and in_the_house else world.other_words
    words = [word for word in words if word not in cell.path]  # an answer may repeat its address
    told = (response.read.decode(errors="replace") + str(response.headers)).casefold()
    return [word for word in words if word.casefold() in told]


def faults(found: Iterable[Cell], world: World, *, counted: dict[str, int]) -> list[str]:
    """Sentences about cells that did not end as declared; `counted` is filled by outcome."""
    wrong, outcomes = [], Counter[str]()
    for cell in found:
        response = tried(cell)
        outcome = outcome_of(cell, response)
        outcomes[outcome] += 1
        wanted = declared.expected(cell)
        if outcome not in wanted:
            status = response.status_code
            wrong.append(f"{cell}: {outcome} ({status}), declared: {' or '.join(sorted(wanted))}")
        told = foreign_words(cell, response, outcome, world)
        wrong += [f"{cell}: tells «{word}»" for word in told]
    counted.update(outcomes)
    return wrong
