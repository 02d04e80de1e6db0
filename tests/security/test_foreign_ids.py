"""Ids of somebody else in forms, JSON and queries, and tokens that are none (RELIABILITY S1b).

Every address is asked with the other person's ids under every name that a body could have for
them: nothing of theirs is told, and no row of theirs changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote, urlencode

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.security.cells import PARAMETERS, Cell, Visitor, methods_of, paths_of
from tests.security.crawl import asked, foreign_words, outcome_of
from tests.security.declared import BACK, GONE, MISSING, OPEN, UNREADABLE
from tests.security.make import MINE_KEY, staff
from tests.security.objects import World
from tests.security.people import LINKS, own_links, shopper
from tresen.domains.accounts.types import Membership, Role
from tresen.domains.orders.queries import get_order
from tresen.entrypoints.policy.routes import Route, every_route
from tresen.entrypoints.shared.sessions.tests.make import with_pages
from tresen.foundation import sql
from tresen.foundation.ids import inner

pytestmark = pytest.mark.django_db
OF_ALTONA = (Membership(Role.MANAGER, "altona"),)
TABLES = (
    "orders_order", "orders_line", "payments_payment", "payments_refund", "carts_cart",
    "accounts_user", "accounts_session", "accounts_saved_address", "mfa_authenticator",
    "privacy_request", "privacy_export", "accounts_approval",
)  # fmt: skip
NO_TOKENS = (
    "", " ", "  ", "\t", "null", "None", "undefined", "nil", "0", "-1", "true", "[]", "{}", "''",
    "00000000-0000-0000-0000-000000000000", "A" * 55, "AAAA", "=", "==", "\x00", "%00", "*", "%",
    "' OR 1=1 --", "..", "x", "ord_" + "0" * 26,
)  # fmt: skip
"""What some shop has once taken for a key (Spree, CVE-2020-26223: an empty one)."""
CLOSED = {MISSING, GONE, BACK, UNREADABLE}


def foreign_fields(world: World) -> dict[str, str]:
    """Each id of the other house under each name that a field could have for it."""
    other, person = world.houses.other, world.other
    named = {
        "order": other.token, "payment": other.payment, "refund": other.refund,
        "cart": other.cart, "approval": world.objects["foreign"]["approval"],
        "place": person.parts["place"], "address": person.parts["place"],
        "factor": person.parts["factor"], "passkey": person.parts["factor"],
        "session": next(value for name, value in person.parts.items() if "session" in name),
        "person": str(person.subjects["person"]), "user": str(person.user.pk),
        "request": str(person.subjects["copy"]), "token": world.objects["expired"][
            "storefront:order.token"],
        "number": other.number,
        "q": other.number, "store": "schapp", "location": "hafen", "channel": "web",
    }  # fmt: skip
    ids = {f"{name}_id": value for name, value in named.items()}
    return {**named, **ids, "store_code": "schapp", "person_id": named["person"], "id": other.token}


def their_rows(world: World) -> str:
    """A digest of every row that names one of the other person's ids."""
    other, person = world.houses.other, world.other
    ids = [other.id, other.cart_id, inner("pay", other.payment), inner("ref", other.refund),
           person.user.pk, *person.subjects.values()]  # fmt: skip
    pattern = "|".join(str(one) for one in ids)
    known = {str(name) for (name,) in sql.rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r'")}  # fmt: skip
    parts = [
        f"(SELECT coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM {name} t"  # noqa: S608
        f" WHERE t::text ~ '{pattern}')"
        for name in TABLES
        if name in known
    ]
    return str(sql.rows(f"SELECT {' || '.join(parts)}")[0][0])


def people(world: World) -> list[Visitor]:
    manager = staff(*OF_ALTONA, name="mieke", hired=world.houses.hired)
    return [
        Visitor("a stranger", Client()),
        Visitor("a shopper", shopper(world.me), is_shopper=True),
        Visitor("a manager of altona", manager, OF_ALTONA),
        Visitor("a program", Client(), headers={"X-Publishable-Key": MINE_KEY}),
    ]


def leaks(routes: Iterable[Route], visitors: Iterable[Visitor], world: World) -> list[str]:
    """What was told or changed by naming the other person's ids in query and body."""
    fields, before, found = foreign_fields(world), their_rows(world), []
    asking = list(visitors)
    for cell in _own_cells(routes, asking, world):
        with transaction.atomic():
            response = asked(cell, body=_body(cell, fields), query=_query(cell, fields))
            told = foreign_words(cell, response, outcome_of(cell, response), world)
            changed = cell.method != "GET" and their_rows(world) != before
            transaction.set_rollback(True)
        sent = " ".join(fields.values())
        found += [f"{cell}: tells «{word}»" for word in told if word not in sent]
        found += [f"{cell}: changes"] if changed else []
        found += [f"{cell}: breaks"] if response.status_code == 500 else []
    return found


def _own_cells(routes: Iterable[Route], visitors: list[Visitor], world: World) -> Iterator[Cell]:
    for route in routes:
        kind, address = next(paths_of(route, world.objects))
        for visitor in visitors:
            if bool(route.methods) is bool(visitor.headers):
                for method in methods_of(route):
                    yield Cell(route, method, visitor, kind, address)


def _body(cell: Cell, fields: dict[str, str]) -> str:
    if cell.method == "GET":
        return ""
    return json.dumps(fields) if cell.route.methods else urlencode(fields)


def _query(cell: Cell, fields: dict[str, str]) -> str:
    """Pages that refuse what they do not know are asked with what they do know as well."""
    return urlencode(fields) if cell.method == "GET" else ""


def test_naming_somebody_elses_ids_tells_and_changes_nothing(world: World) -> None:
    assert leaks(every_route(), people(world), world) == []


def test_lists_find_nothing_of_another_store_by_any_single_word(world: World) -> None:
    """Alone, because a list refuses an address with a name that it does not know."""
    visitor = people(world)[2]
    fields = foreign_fields(world) | {"search": "Kanarienvogel"}
    names = {"backoffice:orders", "backoffice:stock", "backoffice:approvals"}
    lists = [one for one in every_route() if one.key in names]
    found = []
    for route in lists:
        for name, value in [*fields.items(), ("q", "Kanarienvogel"), ("q", "Speicherkoog")]:
            cell = Cell(route, "GET", visitor, "own", route.address)
            response = asked(cell, body="", query=urlencode({name: value}))
            told = foreign_words(cell, response, OPEN, world)
            found += [f"{route.key}?{name}={value}: {word}" for word in told if word != value]
    assert found == []
    assert len(lists) == 3


def test_staff_of_one_store_books_nothing_into_a_shelf_of_another(world: World) -> None:
    visitor = people(world)[2]
    before = sql.rows("SELECT count(*) FROM inventory_movement")
    for route in every_route():
        if route.key in {"backoffice:stock_receipt", "backoffice:stock_count"}:
            address = PARAMETERS.sub(world.objects["own"]["variant"], route.address)
            cell = Cell(route, "POST", visitor, "own", address)
            typed = {"location": "hafen", "quantity": "5", "reason_code": "damage"}
            response = asked(cell, body=urlencode(typed))
            assert response.status_code in {200, 404, 422}, cell
            assert not foreign_words(cell, response, OPEN, world)
    assert sql.rows("SELECT count(*) FROM inventory_movement") == before


def test_a_program_orders_no_cart_of_another_channel(world: World) -> None:
    program = people(world)[3]
    (route,) = (one for one in every_route() if one.key == "POST /api/store/v1/orders")
    before = their_rows(world)
    cell = Cell(route, "POST", program, "own", route.address)
    response = asked(cell, body=json.dumps({"cart": world.houses.other.cart}))
    assert response.status_code == 404
    assert their_rows(world) == before


def opened(world: World, *, routes: Iterable[str] = LINKS) -> list[str]:
    """Addresses of links that open for what is no token at all, or for a broken one."""
    found = []
    visitors = [one for one in people(world) if not one.is_staff]
    known = {one.name: one for one in every_route()}
    for name in routes:
        route, own = known[name], own_links(world.me)[f"{name}.token"]
        for token in (*NO_TOKENS, own[:-1], own[:20], f"{own}A", own.swapcase(), own + own):
            address = PARAMETERS.sub(quote(token, safe=""), route.address)
            for visitor in visitors:
                for method in methods_of(route):
                    if bool(route.methods) is bool(visitor.headers):
                        cell = Cell(route, method, visitor, "none", address)
                        found += _opens(cell, world)
    return found


def _opens(cell: Cell, world: World) -> list[str]:
    with transaction.atomic():
        response = asked(cell, body="{}" if cell.route.methods else "")
        transaction.set_rollback(True)
    outcome = outcome_of(cell, response)
    told = [one for one in ("Kanarienvogel", "Erika Beispiel") if one in response.read.decode()]
    is_open = outcome not in CLOSED and not _leads_to_the_same(cell, response)
    return [f"{cell} by {cell.path}: {outcome} {told}"] if is_open or told else []


def _leads_to_the_same(cell: Cell, response: HttpResponse) -> bool:
    """Back to the page of the same token, which is closed."""
    where = unquote(str(response.headers.get("Location", "-")).partition("?")[0])
    return unquote(cell.path).startswith(where)


def test_what_is_no_token_opens_nothing(world: World) -> None:
    assert opened(world) == []


@pytest.mark.parametrize("key", [one for one in NO_TOKENS if one.isprintable()])
def test_what_is_no_key_of_a_channel_opens_nothing(world: World, key: str) -> None:
    for name in ("cart", "publishable"):
        browser = Client()
        if name == "cart":
            browser.cookies["cart"] = key
            page = browser.get("/de/cart/")
            assert page.status_code == 200
            assert "Erika" not in page.content.decode()
        else:
            answer = browser.get(
                f"/api/store/v1/carts/{world.houses.mine.cart}",
                headers={"X-Publishable-Key": key.encode("ascii", "ignore").decode()},
            )
            assert answer.status_code == 401


def test_control_a_view_that_takes_an_id_from_the_form_is_found(world: World) -> None:
    def hole(request: HttpRequest) -> HttpResponse:
        given = request.POST.get("order") or request.GET.get("order") or ""
        order_id = inner("ord", given)
        if request.method == "POST":
            sql.run("UPDATE orders_order SET locale = 'en' WHERE id = %s", (order_id,))
        return HttpResponse(get_order(order_id).person.name)

    with with_pages(path("de/hole/", hole, name="probe")):
        (route,) = (one for one in every_route() if one.address == "/de/hole/")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tests.security.test_foreign_ids.methods_of", lambda _: ["GET", "POST"])
            found = leaks([route], people(world)[:1], world)

    assert found == [
        "GET probe of nothing as a stranger: tells «Kanarienvogel»",
        "POST probe of nothing as a stranger: tells «Kanarienvogel»",
        "POST probe of nothing as a stranger: changes",
    ]


def test_control_a_reader_of_links_that_takes_an_empty_one_is_found(world: World) -> None:
    place = "tresen.entrypoints.storefront.order.views.read_link"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, lambda *_, **__: world.other.order_id)
        found = opened(world, routes=["storefront:order"])
    assert any("Kanarienvogel" in one for one in found)
