"""Every address by every method as everybody: nothing undeclared, nothing open that should not be.

The world is made once; each try is taken back. Row-level security is not switched on here, so
that the doors and the queries are what is measured; test_row_rules.py measures the database alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path
from pytest_django import DjangoDbBlocker

from tests.security import crawl
from tests.security.crawl import Visitor, cells, every_role, faults, pages_and_operations
from tests.security.make import MINE_KEY, Houses, clock_of_noon, staff, two_houses
from tresen.domains.accounts.types import Membership, Role
from tresen.domains.orders.queries import NoSuchOrder, get_order
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.orders.rows import order_page
from tresen.entrypoints.backoffice.signin.guard import staff_only
from tresen.entrypoints.policy.routes import Route, every_route
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import store_staff
from tresen.entrypoints.storefront.order.views import order_url
from tresen.foundation.ids import BadId, inner, outer
from tresen.workflows.buying.tests.make import NOON

pytestmark = pytest.mark.django_db
CELLS_MIN = 10_000
EVERY_STORE, OF_ALTONA = (Membership(Role.MANAGER),), (Membership(Role.MANAGER, "altona"),)
Objects = Mapping[str, Mapping[str, str]]


@pytest.fixture(scope="module")
def houses(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Houses]:
    with clock_of_noon(), django_db_blocker.unblock(), transaction.atomic():
        yield two_houses()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(houses: Houses) -> list[Visitor]:
    """Strangers, every role for all stores and for one, and staff without a second factor."""
    found = [
        Visitor(name, staff(*held, name=name.replace(" ", "-"), hired=houses.hired), held)
        for name, held in every_role()
    ]
    bare = staff(*EVERY_STORE, name="bare", hired=houses.hired, second_factor=False)
    return [
        Visitor("a stranger", Client()),
        Visitor("staff without a factor", bare, EVERY_STORE, second_factor=False),
        *found,
    ]


@pytest.fixture(scope="module")
def objects(houses: Houses) -> Objects:
    """What stands in the addresses: one's own, another house's, and one within the other."""
    goods = {
        "variant": outer("var", houses.shop.mug),
        "storefront:product.slug": "becher",
    }
    mine, other = houses.mine, houses.other

    def link(order: object) -> str:
        return order_url(order.id, now=NOON).split("/")[3]  # type: ignore[attr-defined]

    own = {
        "order": mine.token,
        "payment": mine.payment,
        "refund": mine.refund,
        "list_name": "orders",
        "storefront:legal.kind": "terms",
        **{f"storefront:{name}.token": link(mine) for name in (
            "order", "order_cancellation", "order_payment")},
        **{f"store-v1:{name}.token": link(mine) for name in ("read", "cancel", "pay")},
        "cart": mine.cart,
    }  # fmt: skip
    foreign = {
        "order": other.token,
        "payment": other.payment,
        "refund": other.refund,
        "cart": other.cart,
        **{f"store-v1:{name}.token": link(other) for name in ("read", "cancel", "pay")},
    }
    mixed = {"payment": other.payment, "refund": other.refund}
    return {"own": {**goods, **own}, "foreign": foreign, "mixed": mixed}


def told(name: str, counted: Mapping[str, int]) -> None:
    """How much was tried, for whoever reads the output of the tests."""
    words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items()))
    sys.stderr.write(f"{name}: {sum(counted.values())} cells: {words}\n")


def test_every_page_by_every_method_as_everybody_ends_as_declared(
    houses: Houses, visitors: list[Visitor], objects: Objects
) -> None:
    pages, _ = pages_and_operations()
    counted: dict[str, int] = {}

    assert faults(cells(pages, visitors, objects), houses, counted=counted) == []
    told("pages", counted)
    assert sum(counted.values()) > CELLS_MIN


def test_every_operation_of_the_api_ends_as_declared(houses: Houses, objects: Objects) -> None:
    _, operations = pages_and_operations()
    counted: dict[str, int] = {}
    programs = [
        Visitor("no key", Client()),
        Visitor("the key of altona", Client(), headers={"X-Publishable-Key": MINE_KEY}),
    ]

    assert faults(cells(operations, programs, objects), houses, counted=counted) == []
    told("operations", counted)
    assert sum(counted.values()) > 200


def test_control_a_planted_hole_is_found(houses: Houses, objects: Objects) -> None:
    """A page of the staff that forgets its stores, declared as it should have been."""

    def hole(request: HttpRequest, order: str) -> HttpResponse:
        try:
            row = get_order(inner("ord", order))
        except (BadId, NoSuchOrder) as error:
            raise Http404(order) from error
        return render_detail(request, order_page(row, payments=[]))

    planted = (
        *get_resolver().url_patterns,
        path("staff/hole/<str:order>/", staff_only(hole), name="hole"),
    )
    table = {**TABLE, "hole": store_staff("GET", TABLE["backoffice:order"].permission)}
    visitor = Visitor("manager", staff(*OF_ALTONA, name="eve", hired=houses.hired), OF_ALTONA)

    with pytest.MonkeyPatch.context() as patch, override_settings(ROOT_URLCONF=planted):
        for place in ("table.TABLE", "middleware.find_rule", "standing.find_rule"):
            value = table if place.endswith("TABLE") else table.get
            patch.setattr(f"tresen.entrypoints.policy.{place}", value)
        patch.setattr("tresen.entrypoints.backoffice.signin.guard.find_rule", table.get)
        patch.setattr(crawl, "expected", lambda cell: real(cell, table))
        (route,) = (one for one in every_route(planted) if one.key == "hole")
        found = faults(cells([route], [visitor], objects), houses, counted={})

    assert "GET hole of foreign as manager: opens (200), declared: is missing" in found
    assert any("tells «Kanarienvogel»" in one for one in found)


real = crawl.expected


def test_control_a_door_left_open_is_found(houses: Houses, objects: Objects) -> None:
    """The permission is taken out of the guard: each refusal that is missing is a fault.

    On a route of the house; where rows belong to stores, the queries alone would still answer 404.
    """
    visitor = Visitor(
        "auditor",
        staff(Membership(Role.AUDITOR), name="mallory", hired=houses.hired),
        (Membership(Role.AUDITOR),),
    )
    (route,) = (one for one in every_route() if one.key == "backoffice:invitation")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tresen.entrypoints.policy.standing.Standing.opens", lambda *_: True)
        found = _faults_with_true_rules(route, visitor, objects, houses, patch)

    assert any("GET backoffice:invitation of nothing as auditor: opens" in one for one in found)


def _faults_with_true_rules(
    route: Route,
    visitor: Visitor,
    objects: Objects,
    houses: Houses,
    patch: pytest.MonkeyPatch,
) -> list[str]:
    """The judge is not fooled by what was taken out of the house."""
    patch.setattr(crawl, "expected", lambda _: frozenset({crawl.REFUSED}))
    return faults(cells([route], [visitor], objects), houses, counted={})
