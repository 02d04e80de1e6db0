"""Takes every route by every method as everybody, and compares with what the policy table says.

A cell is one route, method, visitor and object. `expected` says from the table alone how it must
end, `outcome_of` how it did; the doors themselves are not asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client

from tests.security.make import CANARY, PLACE_CANARY, Houses
from tresen.domains.accounts.types import Membership, Role
from tresen.entrypoints.policy.routes import Route, every_route
from tresen.entrypoints.policy.standing import Standing
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import METHODS, Reach, Rule, Who

EVERY_METHOD = (*sorted(METHODS), "HEAD", "OPTIONS")
LOGIN, SETTING_UP = "/staff/account/login/", "/staff/account/factors/app/"
PARAMETERS = re.compile(r"<(?:(\w+):)?(\w+)>")
NOTHING = {
    "order": "ord_00000000000000000000000000",
    "payment": "pay_00000000000000000000000000",
    "refund": "ref_00000000000000000000000000",
    "product": "prod_00000000000000000000000000",
    "variant": "var_00000000000000000000000000",
    "cart": "cart_00000000000000000000000000",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "int": "999999",
}
OPEN, MISSING, REFUSED, METHOD = "opens", "is missing", "is refused", "has no such method"
UNREADABLE = "is unreadable"
SIGN_IN, FACTOR, KEY, BROKEN = "leads to sign in", "leads to a factor", "wants a key", "breaks"
SHUT = frozenset({SIGN_IN, FACTOR, KEY, REFUSED, MISSING, METHOD, UNREADABLE})
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
SHOP_LOGIN = tuple(f"/{language}/account/sign-in/" for language in ("de", "en"))
WHERE_CONFIGURED = {"staff_openid"}
"""There only where the owner named a provider."""
OF_THE_FRAMEWORK = {"store-v1:openapi-json", "store-v1:api-root"}
"""The API's own document: it is the same for everybody, whatever the method."""
STRANGE_ADDRESS, NOT_READY = "203.0.113.7", 503


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a door; staff with what the table of roles gives them."""

    name: str
    client: Client
    memberships: tuple[Membership, ...] = ()
    second_factor: bool = True
    headers: Mapping[str, str] | None = None

    @property
    def is_staff(self) -> bool:
        return bool(self.memberships)

    @property
    def of_every_store(self) -> bool:
        return any(one.store == "" for one in self.memberships)


@dataclass(frozen=True, slots=True)
class Cell:
    """One try."""

    route: Route
    method: str
    visitor: Visitor
    kind: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.route.key} of {self.kind} as {self.visitor.name}"


def pages_and_operations(routes: Iterable[Route] | None = None) -> tuple[list[Route], list[Route]]:
    """Routes of pages, and addresses of the API once each."""
    found = list(every_route() if routes is None else routes)
    operations = {route.address: route for route in found if route.methods}
    return [route for route in found if not route.methods], list(operations.values())


def cells(
    routes: Iterable[Route], visitors: Iterable[Visitor], objects: Mapping[str, Mapping[str, str]]
) -> Iterator[Cell]:
    everybody = list(visitors)
    for route in routes:
        for kind, path in paths_of(route, objects):
            for visitor in everybody:
                for method in EVERY_METHOD:
                    yield Cell(route, method, visitor, kind, path)


def paths_of(route: Route, objects: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """The address with own, foreign and mixed objects as far as we have any; with none; alone."""
    names = [name for _, name in PARAMETERS.findall(route.address)]
    if not names:
        yield "nothing", route.address
        return
    for kind, values in objects.items():
        theirs = {**values, **_special(route, values)}
        known = {**objects["own"], **_special(route, objects["own"]), **theirs}
        is_about = kind == "own" or any(name in theirs for name in names)
        if is_about and all(name in known for name in names) and (kind != "mixed" or names[1:]):
            yield kind, PARAMETERS.sub(lambda found, known=known: known[found[2]], route.address)
    yield (
        "none",
        PARAMETERS.sub(
            lambda found: NOTHING.get(found[2]) or NOTHING.get(found[1] or "", "x"), route.address
        ),
    )


def _special(route: Route, values: Mapping[str, str]) -> Mapping[str, str]:
    """Words that mean another thing on each route: `storefront:product.slug`."""
    start = f"{route.name}."
    return {
        name.removeprefix(start): value for name, value in values.items() if name.startswith(start)
    }


def rule_of(route: Route, method: str, table: Mapping[str, Rule] = TABLE) -> Rule | None:
    """What the table says of this try; None: no such method here."""
    asked = "GET" if method == "HEAD" else method
    if route.methods:
        return table.get(f"{asked} {route.address}")
    rule = table[route.key]
    return rule if rule.takes(method) else None


def expected(cell: Cell, table: Mapping[str, Rule] = TABLE) -> frozenset[str]:
    """How it may end, by the policy table alone."""
    found = _by_rule(cell, table)
    return found | {METHOD} if cell.method == "HEAD" and METHOD not in found else found


def _by_rule(cell: Cell, table: Mapping[str, Rule]) -> frozenset[str]:
    rule = rule_of(cell.route, cell.method, table)
    first = table.get(cell.route.key)
    if first is not None and first.who is Who.STAFF:
        return _of_staff(cell, first)
    if cell.route.key in OF_THE_FRAMEWORK:
        return frozenset({OPEN, MISSING, METHOD})
    return frozenset({METHOD}) if rule is None else _of_others(cell, rule)


def _of_others(cell: Cell, rule: Rule) -> frozenset[str]:
    if rule.who in {Who.SIGNATURE, Who.TOKEN, Who.SHOPPER}:
        return SHUT
    if rule.who is Who.STAFF_LOGIN:
        return SHUT | {OPEN} if cell.visitor.is_staff else frozenset({SIGN_IN})
    if cell.route.methods and not cell.visitor.headers:
        return frozenset({KEY})
    may_lead = cell.route.address.startswith("/staff/") or "/account/" in cell.route.address
    signing_in = {SIGN_IN} if may_lead else set()
    switched_off = {MISSING} if cell.route.key in WHERE_CONFIGURED else set()
    found = _of_object(cell, shut=cell.kind in {"foreign", "mixed"})
    return found | signing_in | switched_off


def _of_staff(cell: Cell, rule: Rule) -> frozenset[str]:
    visitor = cell.visitor
    if not visitor.is_staff:
        return frozenset({SIGN_IN})
    if not visitor.second_factor:
        return frozenset({FACTOR})
    standing = Standing(user_id=None, memberships=visitor.memberships)  # type: ignore[arg-type]
    if not standing.opens(rule, cell.method):
        return frozenset({REFUSED})
    if not rule.takes(cell.method):
        return frozenset({METHOD})
    foreign = cell.kind == "foreign" and rule.reach is Reach.OWN_STORES
    needed = rule.needs(cell.method)
    assert needed is not None
    return _of_object(
        cell,
        shut=cell.kind == "mixed" or (foreign and not standing.stores_for(needed).every),
    )


def _of_object(cell: Cell, *, shut: bool) -> frozenset[str]:
    if shut:
        return frozenset({MISSING})
    if cell.kind == "none":
        return frozenset({MISSING, OPEN, UNREADABLE})
    return frozenset({OPEN, UNREADABLE})


def tried(cell: Cell) -> Any:
    """The answer; whatever it changed is taken back."""
    client = cell.visitor.client
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(
            cell.method,
            cell.path,
            data=body_of(cell.route).encode() if cell.route.methods else b"",
            content_type=(
                "application/json" if cell.route.methods else "application/x-www-form-urlencoded"
            ),
            headers={"Idempotency-Key": "once", **(cell.visitor.headers or {})},
            REMOTE_ADDR=STRANGE_ADDRESS,
        )
        response.read = response.getvalue()
        transaction.set_rollback(True)
    client.cookies = cookies  # signing out is taken back as well
    return response


def body_of(route: Route) -> str:
    """What an operation wants to be told, so that it is the object that is judged."""
    for ending, body in BODIES.items():
        if route.address.endswith(ending):
            return json.dumps(body)
    return "{}"


def outcome_of(response: Any) -> str:
    where = str(response.headers.get("Location", ""))
    if response.status_code >= 500 and response.status_code != NOT_READY:
        return BROKEN
    if where.startswith((LOGIN, *SHOP_LOGIN)):
        return SIGN_IN
    if where.startswith(SETTING_UP):
        return FACTOR
    known = {400: UNREADABLE, 401: KEY, 403: REFUSED, 404: MISSING, 405: METHOD}
    return known.get(response.status_code, OPEN)


def foreign_bytes(cell: Cell, response: Any, houses: Houses) -> list[str]:
    """Words of the other house in an answer to somebody who is not of every store."""
    visitor = cell.visitor
    if visitor.of_every_store and cell.route.address.startswith("/staff/"):
        return []
    words = [CANARY, houses.other.number, houses.other.payment, houses.other.refund]
    if visitor.is_staff and cell.route.address.startswith("/staff/"):
        words.append(PLACE_CANARY)
    words = [word for word in words if word not in cell.path]  # an answer may repeat its address
    told = response.read.decode(errors="replace") + str(response.headers)
    return [word for word in words if word in told]


def faults(found: Iterable[Cell], houses: Houses, *, counted: dict[str, int]) -> list[str]:
    """Sentences about cells that did not end as declared; `counted` is filled by outcome."""
    wrong = []
    for cell in found:
        response = tried(cell)
        outcome = outcome_of(response)
        counted[outcome] = counted.get(outcome, 0) + 1
        wanted = expected(cell)
        if outcome not in wanted:
            status = response.status_code
            wrong.append(f"{cell}: {outcome} ({status}), declared: {' or '.join(sorted(wanted))}")
        wrong += [f"{cell}: tells «{word}»" for word in foreign_bytes(cell, response, houses)]
    return wrong


def every_role() -> Iterator[tuple[str, tuple[Membership, ...]]]:
    """Each role for all stores, and for one."""
    for role in Role:
        yield role.value, (Membership(role),)
        yield f"{role.value} of altona", (Membership(role, "altona"),)
