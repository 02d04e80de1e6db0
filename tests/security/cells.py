"""A cell is one route, method, visitor and object; here is which there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.test import Client

from tresen.domains.accounts.types import Membership, Role
from tresen.entrypoints.policy.routes import Route, every_route
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import METHODS

EVERY_METHOD = (*sorted(METHODS), "HEAD", "OPTIONS")
PARAMETERS = re.compile(r"<(?:(\w+):)?(\w+)>")
NOTHING = {
    "order": "ord_00000000000000000000000000",
    "payment": "pay_00000000000000000000000000",
    "refund": "ref_00000000000000000000000000",
    "product": "prod_00000000000000000000000000",
    "variant": "var_00000000000000000000000000",
    "cart": "cart_00000000000000000000000000",
    "place": "adr_00000000000000000000000000",
    "session": "ses_00000000000000000000000000",
    "approval": "apr_00000000000000000000000000",
    "incident": "inc_00000000000000000000000000",
    "review": "rev_00000000000000000000000000",
    "deed": "deed_00000000000000000000000000",
    "member": "usr_00000000000000000000000000",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "int": "999999",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a door; staff with what the table of roles gives them."""

    name: str
    client: Client
    memberships: tuple[Membership, ...] = ()
    second_factor: bool = True
    headers: Mapping[str, str] | None = None
    is_shopper: bool = False
    is_fresh: bool = True

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


def every_cell(
    routes: Iterable[Route], visitors: Iterable[Visitor], objects: Mapping[str, Mapping[str, str]]
) -> Iterator[Cell]:
    """The whole product: each route by each method as everybody, of every object."""
    everybody = list(visitors)
    for route in routes:
        for kind, path in paths_of(route, objects):
            for visitor in everybody:
                for method in EVERY_METHOD:
                    yield Cell(route, method, visitor, kind, path)


def cells(
    routes: Iterable[Route], visitors: Iterable[Visitor], objects: Mapping[str, Mapping[str, str]]
) -> Iterator[Cell]:
    """Each method that a route takes: as everybody, of every object. Every other method, which is
    refused before any object is looked at: of one object, as one visitor of each kind, another
    one each time, so that every visitor tries every method somewhere.
    """
    everybody = list(visitors)
    kinds = _by_kind(everybody)
    turn = 0
    for route in routes:
        taken = methods_of(route)
        for place, (kind, path) in enumerate(paths_of(route, objects)):
            for visitor in everybody:
                for method in taken:
                    yield Cell(route, method, visitor, kind, path)
            if place:
                continue
            for method in (one for one in EVERY_METHOD if one not in taken):
                turn += 1
                for alike in kinds:
                    yield Cell(route, method, alike[turn % len(alike)], kind, path)


def methods_of(route: Route) -> list[str]:
    """What the policy table says that it takes."""
    if route.methods:
        keys = (key.split(" ", 1) for key in TABLE if key.endswith(f" {route.address}"))
        return sorted(method for method, address in keys if address == route.address)
    return sorted(TABLE[route.key].methods)


def _by_kind(visitors: Iterable[Visitor]) -> list[list[Visitor]]:
    found: dict[tuple[bool, ...], list[Visitor]] = {}
    for one in visitors:
        kind = (one.is_staff, one.of_every_store, one.second_factor, one.is_shopper)
        found.setdefault(kind, []).append(one)
    return list(found.values())


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


def every_role() -> Iterator[tuple[str, tuple[Membership, ...]]]:
    """Each role for all stores, and for one."""
    for role in Role:
        yield role.value, (Membership(role),)
        yield f"{role.value} of altona", (Membership(role, "altona"),)


def _special(route: Route, values: Mapping[str, str]) -> Mapping[str, str]:
    """Words that mean another thing on each route: `storefront:product.slug`."""
    start = f"{route.name}."
    return {
        name.removeprefix(start): value for name, value in values.items() if name.startswith(start)
    }
