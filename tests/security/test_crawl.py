"""Every address by every method as everybody: nothing undeclared, nothing open that should not be.

The world is made once; each try is taken back. Row-level security is not switched on here, so
that the doors and the queries are what is measured; test_row_rules.py measures the database alone.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path

from tests.security import declared
from tests.security.cells import (
    EVERY_METHOD,
    Visitor,
    cells,
    every_cell,
    every_role,
    pages_and_operations,
)
from tests.security.crawl import faults
from tests.security.make import MINE_KEY, staff
from tests.security.objects import World
from tests.security.people import shopper
from tresen.domains.accounts.types import Membership, Role
from tresen.domains.orders.queries import NoSuchOrder, get_order
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.orders.rows import order_page
from tresen.entrypoints.backoffice.signin.guard import staff_only
from tresen.entrypoints.policy.routes import Route, every_route
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import shopper as of_shopper
from tresen.entrypoints.policy.types import store_staff
from tresen.entrypoints.storefront.account.door import shopper_only
from tresen.foundation.ids import BadId, inner

pytestmark = pytest.mark.django_db
CELLS_MIN = {"strangers and shoppers": 2_500, "staff of all stores": 4_500,
             "staff of one store": 4_000}  # fmt: skip
"""Together more than ten thousand."""
EVERY_STORE, OF_ALTONA = (Membership(Role.MANAGER),), (Membership(Role.MANAGER, "altona"),)


def strangers_and_shoppers(world: World) -> list[Visitor]:
    """Somebody, a guest with a cart, a shopper with and without a fresh proof."""
    guest = Client()
    guest.cookies["cart"] = world.houses.mine.cart
    return [
        Visitor("a stranger", Client()),
        Visitor("a guest with a cart", guest),
        Visitor("a shopper", shopper(world.me), is_shopper=True),
        Visitor("a shopper without a fresh proof", shopper(world.me, is_fresh=False),
                is_shopper=True, is_fresh=False),
    ]  # fmt: skip


def members(world: World, *, of_every_store: bool) -> list[Visitor]:
    """Every role; and where it is for all stores, somebody who has no second factor yet."""
    hired = world.houses.hired
    found = [
        Visitor(name, staff(*held, name=name.replace(" ", "-"), hired=hired), held)
        for name, held in every_role()
        if (held[0].store == "") is of_every_store
    ]
    if not of_every_store:
        return found
    bare = staff(*EVERY_STORE, name="bare", hired=hired, second_factor=False)
    return [Visitor("staff without a factor", bare, EVERY_STORE, second_factor=False), *found]


def visitors(world: World, group: str) -> list[Visitor]:
    if group == "strangers and shoppers":
        return strangers_and_shoppers(world)
    return members(world, of_every_store=group == "staff of all stores")


def told(name: str, counted: Mapping[str, int]) -> None:
    """How much was tried, for whoever reads the output of the tests."""
    words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items()))
    sys.stderr.write(f"crawl, {name}: {sum(counted.values())} cells: {words}\n")


@pytest.mark.parametrize("group", sorted(CELLS_MIN))
def test_every_page_by_every_method_as_everybody_ends_as_declared(world: World, group: str) -> None:
    pages, _ = pages_and_operations()
    counted: dict[str, int] = {}

    found = faults(cells(pages, visitors(world, group), world.objects), world, counted=counted)
    sys.stderr.write("\n".join(found) + "\n")
    assert found == []
    told(group, counted)
    assert sum(counted.values()) > CELLS_MIN[group]


@pytest.mark.drill
@pytest.mark.parametrize("group", sorted(CELLS_MIN))
def test_the_whole_product_ends_as_declared(world: World, group: str) -> None:
    """Also methods that a route does not take: as everybody, of every object."""
    pages, _ = pages_and_operations()
    counted: dict[str, int] = {}

    assert (
        faults(every_cell(pages, visitors(world, group), world.objects), world, counted=counted)
        == []
    )
    told(f"{group}, whole", counted)
    assert sum(counted.values()) > 3 * CELLS_MIN[group]


def test_together_that_is_more_than_ten_thousand() -> None:
    assert sum(CELLS_MIN.values()) > 10_000


def test_every_method_is_tried_at_every_route(world: World) -> None:
    """Also those which a route does not take: as one of each kind of visitor."""
    everybody = [*strangers_and_shoppers(world), *members(world, of_every_store=True)]
    tried: dict[str, set[str]] = {}
    by_visitor: dict[str, set[str]] = {}
    pages, operations = pages_and_operations()
    for cell in cells([*pages, *operations], everybody, world.objects):
        tried.setdefault(cell.route.address, set()).add(cell.method)
        by_visitor.setdefault(cell.visitor.name, set()).add(cell.method)

    assert all(methods == set(EVERY_METHOD) for methods in tried.values())
    assert all(methods == set(EVERY_METHOD) for methods in by_visitor.values())


def test_every_operation_of_the_api_ends_as_declared(world: World) -> None:
    _, operations = pages_and_operations()
    counted: dict[str, int] = {}
    programs = [
        Visitor("no key", Client()),
        Visitor("the key of altona", Client(), headers={"X-Publishable-Key": MINE_KEY}),
    ]

    assert faults(cells(operations, programs, world.objects), world, counted=counted) == []
    told("operations", counted)
    assert sum(counted.values()) > 150


def _planted(route: str, view: object, rule: object, visitor: Visitor, world: World) -> list[str]:
    """What the crawl finds with one more route, declared as it should have been."""
    planted = (*get_resolver().url_patterns, path(route, view, name="hole"))  # type: ignore[arg-type]
    table = {**TABLE, "hole": rule}
    real = declared.expected
    with pytest.MonkeyPatch.context() as patch, override_settings(ROOT_URLCONF=planted):
        for place in ("table.TABLE", "middleware.find_rule", "standing.find_rule"):
            value = table if place.endswith("TABLE") else table.get
            patch.setattr(f"tresen.entrypoints.policy.{place}", value)
        patch.setattr("tresen.entrypoints.backoffice.signin.guard.find_rule", table.get)
        patch.setattr("tests.security.cells.TABLE", table)
        patch.setattr(declared, "expected", lambda cell: real(cell, table))
        (found,) = (one for one in every_route(planted) if one.key == "hole")
        return faults(cells([found], [visitor], world.objects), world, counted={})


def _shows_any_order(request: HttpRequest, order: str) -> HttpResponse:
    """The hole: whoever is let in sees every order."""
    try:
        row = get_order(inner("ord", order))
    except (BadId, NoSuchOrder) as error:
        raise Http404(order) from error
    return render_detail(request, order_page(row, payments=[]))


def test_control_a_planted_hole_is_found(world: World) -> None:
    """A page of the staff that forgets its stores, declared as it should have been."""
    browser = staff(*OF_ALTONA, name="eve", hired=world.houses.hired)
    rule = store_staff("GET", TABLE["backoffice:order"].permission)

    found = _planted(
        "staff/hole/<str:order>/",
        staff_only(_shows_any_order),
        rule,
        Visitor("manager", browser, OF_ALTONA),
        world,
    )

    assert "GET hole of foreign as manager: opens (200), declared: is missing" in found
    assert any("tells «Kanarienvogel»" in one for one in found)


def test_control_a_hole_among_the_pages_of_shoppers_is_found(world: World) -> None:
    """An account page that forgets to ask whose order it is."""

    def hole(request: HttpRequest, order: str) -> HttpResponse:
        try:
            row = get_order(inner("ord", order))
        except (BadId, NoSuchOrder) as error:
            raise Http404(order) from error
        return HttpResponse(row.person.name)

    found = _planted(
        "de/hole/<str:order>/",
        shopper_only(hole),
        of_shopper("GET"),
        Visitor("a shopper", shopper(world.me), is_shopper=True),
        world,
    )

    assert "GET hole of foreign as a shopper: opens (200), declared: is missing" in found
    assert "GET hole of foreign as a shopper: tells «Kanarienvogel»" in found


def test_control_links_that_anybody_could_sign_are_found(world: World) -> None:
    """The signature is taken out: forged links open."""
    (route,) = (one for one in every_route() if one.key == "storefront:order")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tresen.foundation.vault.links._is_ours", lambda *_: True)
        found = faults(
            cells([route], [Visitor("a stranger", Client())], world.objects), world, counted={}
        )

    assert "GET storefront:order of forged as a stranger: tells «Kanarienvogel»" in found
    assert any(one.startswith("GET storefront:order of another purpose") for one in found)


def test_control_a_door_left_open_is_found(world: World) -> None:
    """The permission is taken out of the guard: each refusal that is missing is a fault.

    On a route of the house; where rows belong to stores, the queries alone would still answer 404.
    """
    held = (Membership(Role.AUDITOR),)
    visitor = Visitor("auditor", staff(*held, name="mallory", hired=world.houses.hired), held)
    (route,) = (one for one in every_route() if one.key == "backoffice:invitation")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tresen.entrypoints.policy.standing.Standing.opens", lambda *_: True)
        found = _faults_with_true_rules(route, visitor, world, patch)

    assert any("GET backoffice:invitation of nothing as auditor: opens" in one for one in found)


def _faults_with_true_rules(
    route: Route, visitor: Visitor, world: World, patch: pytest.MonkeyPatch
) -> list[str]:
    """The judge is not fooled by what was taken out of the house."""
    patch.setattr(declared, "expected", lambda _: frozenset({declared.REFUSED}))
    return faults(cells([route], [visitor], world.objects), world, counted={})
