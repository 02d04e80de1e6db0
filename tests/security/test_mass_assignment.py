"""Fields that nobody asked for change nothing (RELIABILITY S2): in every form and operation.

Each write is done twice, once with role, store, price, state and their like beside what its form
asks for. Afterwards the tables hold the same, but for ids and times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.security import deeds_of_counter, deeds_of_privacy, deeds_of_trust
from tests.security.objects import World
from tests.security.people import own_links, shopper
from tresen.domains.accounts.models import User
from tresen.entrypoints.api.store.api import api
from tresen.entrypoints.backoffice.tests.make import Counter
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import Who
from tresen.entrypoints.shared.sessions.tests.make import with_pages
from tresen.entrypoints.storefront.tests.make import Guest
from tresen.foundation import clock, sql
from tresen.workflows.buying.tests.make import NOON, small_shop

pytestmark = pytest.mark.django_db
EXTRAS: Mapping[str, str] = {
    "is_superuser": "1", "is_staff": "1", "is_active": "1", "role": "owner", "realm": "staff",
    "permissions": "*", "groups": "1", "person_id": "00000000-0000-0000-0000-000000000007",
    "user_id": "00000000-0000-0000-0000-000000000007", "owner": "1", "username": "root",
    "verified_at": "2020-01-01", "generation": "7", "store_code": "altona", "store_id": "1",
    "channel_id": "1", "price": "0.01", "price_minor": "1", "unit_price": "1", "total": "1",
    "total_minor": "1", "amount_minor": "1", "currency": "XXX", "discount": "99", "tax_rate": "0",
    "state": "paid", "payment_state": "paid", "status": "done", "is_paid": "1", "balance": "9999",
    "on_hand": "9999", "reserved": "0", "actor": "system", "asked_by": "nobody",
    "decided_by": "nobody", "used_at": "", "restricted_at": "", "created_at": "2000-01-01",
    "placed_at": "2000-01-01", "version": "99", "seen_total": "0", "held_until": "2099-01-01",
}  # fmt: skip
"""Columns of ours and of other shops that decide who may what, or what something costs."""
MASKED = ("uuid", "bytea", "timestamp with time zone", "jsonb", "ARRAY")
_COLUMNS = """
SELECT table_name, quote_ident(column_name) FROM information_schema.columns
WHERE table_schema = 'public' AND data_type <> ALL (%s) AND is_identity = 'NO'
  AND coalesce(column_default, '') NOT LIKE 'nextval%%'
  AND column_name NOT IN ('request_id', 'password', 'object_id') -- drawn or counted anew
  AND table_name !~ '^(django|procrastinate|pg_|limits|throttle)'
ORDER BY 1, 2
"""
_IDS = r"([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-hjkmnp-tv-z]{26}|[0-9]{6,})"
ACTS = {
    **deeds_of_counter.RECORDED,
    **deeds_of_trust.RECORDED,
    **deeds_of_privacy.RECORDED,
}


def plain() -> Mapping[str, list[str]]:
    """Everything that is stored in plain values, without ids, times and what is sealed."""
    columns: dict[str, list[str]] = {}
    for table, column in sql.rows(_COLUMNS, (list(MASKED),)):
        columns.setdefault(str(table), []).append(str(column))
    return {
        table: [
            str(row)
            for (row,) in sql.rows(
                f"SELECT regexp_replace(ROW({', '.join(names)})::text, %s, '…', 'g')"  # noqa: S608
                f" FROM {table} ORDER BY 1",
                (_IDS,),
            )
        ]
        for table, names in columns.items()
    }


def done(browser: Client, address: str, typed: Mapping[str, object]) -> tuple[int, object]:
    """How it ended and what is stored then; taken back."""
    cookies = {name: one.value for name, one in browser.cookies.items()}
    body = urlencode(typed, doseq=True)
    with transaction.atomic():
        kind = "application/x-www-form-urlencoded"
        answer = browser.post(address, body, content_type=kind)
        stored = plain()
        transaction.set_rollback(True)
    browser.cookies.load(cookies)
    return answer.status_code, stored


def difference(browser: Client, address: str, typed: Mapping[str, object]) -> list[str]:
    """Tables in which the extra fields have made a difference."""
    status, before = done(browser, address, typed)
    with_extras, after = done(browser, address, {**EXTRAS, **typed})
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    changed = [table for table in before if before[table] != after[table]]
    return [*changed, *([] if status == with_extras else [f"{status} became {with_extras}"])]


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return Counter(small_shop())


@pytest.mark.parametrize("route", sorted(ACTS))
def test_no_form_of_the_staff_takes_more_than_it_asks_for(counter: Counter, route: str) -> None:
    address, typed = ACTS[route][1](counter)
    assert difference(counter.browser, f"/staff{address}", typed) == []


PLACE = {"name": "Erika", "street": "Elbweg 7", "postcode": "22765", "city": "Hamburg",
         "country": "DE"}  # fmt: skip


def shop_forms(world: World) -> Iterator[tuple[Client, str, Mapping[str, object]]]:
    """Forms of the shop that write something, with who sends them."""
    me, own = shopper(world.me), world.objects["own"]
    links = {name.removesuffix(".token"): token for name, token in own_links(world.me).items()}
    yield me, "/de/account/profile/", {"name": "Rike", "language": "en"}
    yield me, "/de/account/addresses/new/", PLACE
    yield me, f"/de/account/addresses/{own['place']}/", PLACE | {"city": "Kiel"}
    yield me, f"/de/account/addresses/{own['place']}/removal/", {}
    yield me, f"/de/account/orders/{own['order']}/again/", {}
    yield me, "/de/account/password/", {"password": "korb moewe anker"}
    yield me, "/de/account/address/", {"email": "neu@example.com"}
    yield me, f"/de/account/passkeys/{own['factor']}/", {"name": "Schlüssel"}
    yield me, "/de/my-data/me/switches/", {"purpose": "newsletter", "on": "1"}
    yield me, "/de/my-data/me/requests/", {"kind": "rectification", "wish": "Bitte"}
    yield Client(), "/de/account/sign-up/", {"email": "jemand@example.com"}
    yield (
        Client(),
        f"/de/account/password/new/{links['storefront:account_new_password']}/",
        {"password": "korb moewe anker"},
    )
    yield (
        Client(),
        f"/staff/account/invitation/{links['staff_invitation']}/",
        {"password": "korb moewe anker"},
    )
    yield Client(), f"/de/orders/{links['storefront:order']}/cancellation/", {}
    yield Client(), "/de/cart/lines/", {"variant": own["variant"], "quantity": "2"}


def test_no_form_of_the_shop_takes_more_than_it_asks_for(world: World) -> None:
    found, written = {}, 0
    for browser, address, typed in shop_forms(world):
        untouched = plain()
        status, stored = done(browser, address, typed)
        written += status < 400 and stored != untouched
        if changed := difference(browser, address, typed):
            found[address] = changed
    assert found == {}
    assert written >= 12, "these forms write something"


def test_an_order_costs_what_it_costs(counter: Counter) -> None:
    """Not what its form says, whatever the field is called."""
    guest = Guest(counter.shop)
    guest.take()
    typed = guest.checkout()
    assert difference(guest.browser, "/de/checkout/order/", typed) == []


def test_every_form_of_the_staff_is_tried() -> None:
    changing = {
        name
        for name, rule in TABLE.items()
        if rule.who is Who.STAFF and name.startswith("backoffice:") and rule.methods - {"GET"}
    }
    apart = {*deeds_of_counter.UNRECORDED, *deeds_of_privacy.UNRECORDED, "backoffice:backups_wish"}
    assert changing - apart == set(ACTS)


def _bodies() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Schemas that requests are read by, with all that lie within."""
    document = api.get_openapi_schema()
    known = document["components"]["schemas"]
    waiting = [
        operation["requestBody"]["content"]["application/json"]["schema"]
        for methods in document["paths"].values()
        for operation in methods.values()
        if "requestBody" in operation
    ]
    seen: set[str] = set()
    while waiting:
        for name in _named(waiting.pop()):
            if name not in seen:
                seen.add(name)
                waiting.append(known[name])
                yield name, known[name]


def _named(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                yield str(value).rsplit("/", 1)[1]
            else:
                yield from _named(value)
    elif isinstance(schema, list):
        for one in schema:
            yield from _named(one)


def taking_more(bodies: Iterator[tuple[str, Mapping[str, object]]]) -> list[str]:
    return [
        name
        for name, schema in bodies
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    ]


def test_no_operation_of_the_api_takes_more_than_its_document_says() -> None:
    """An unknown field is refused by name: `extra_forbidden` (test_hostile.py shows the answer)."""
    assert len(list(_bodies())) >= 5
    assert taking_more(_bodies()) == []


def test_control_a_schema_that_takes_more_is_found() -> None:
    loose: Mapping[str, object] = {"type": "object", "properties": {"sku": {"type": "string"}}}
    assert taking_more(iter([("CartIn", loose)])) == ["CartIn"]


def planted(take: Callable[[HttpRequest, User], None], world: World) -> list[str]:
    """What the comparison says of a profile page that was written in a hurry."""

    def hole(request: HttpRequest) -> HttpResponse:
        take(request, User.objects.get(id=request.user.pk))
        return HttpResponse("saved")

    with with_pages(path("de/hole/", hole, name="probe")):
        return difference(shopper(world.me), "/de/hole/", {"language": "en"})


def test_control_a_view_that_takes_whatever_is_sent_is_found(world: World) -> None:
    def all_of_it(request: HttpRequest, user: User) -> None:
        names = {"generation", "language"} & set(request.POST)
        User.objects.filter(id=user.id).update(**{name: request.POST[name] for name in names})

    def what_it_asks_for(request: HttpRequest, user: User) -> None:
        User.objects.filter(id=user.id).update(language=request.POST["language"])

    assert planted(all_of_it, world) == ["accounts_user"]
    assert planted(what_it_asks_for, world) == []
