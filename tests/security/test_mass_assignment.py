"""Fields that nobody asked for change nothing (RELIABILITY S2): in every form and operation.

Each write is done twice, once with role, store, price, state and their like beside what its form
asks for. Afterwards the tables hold the same, but for ids and times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.security import deeds_of_counter, deeds_of_privacy, deeds_of_trust
from tests.security.extras import difference
from tresen.entrypoints.api.store.api import api
from tresen.entrypoints.backoffice.tests.make import Counter
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import Who
from tresen.entrypoints.storefront.tests.make import Guest
from tresen.foundation import clock
from tresen.workflows.buying.tests.make import NOON, small_shop

pytestmark = pytest.mark.django_db
ACTS = {
    **deeds_of_counter.RECORDED,
    **deeds_of_trust.RECORDED,
    **deeds_of_privacy.RECORDED,
}


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return Counter(small_shop())


@pytest.mark.parametrize("route", sorted(ACTS))
def test_no_form_of_the_staff_takes_more_than_it_asks_for(counter: Counter, route: str) -> None:
    address, typed = ACTS[route][1](counter)
    assert difference(counter.browser, f"/staff{address}", typed) == []


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
