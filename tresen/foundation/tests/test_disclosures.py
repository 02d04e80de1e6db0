"""What leaves the house is noted before; what nobody declared does not leave."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus

import httpx
import pytest
from django.db import IntegrityError, transaction

from tresen.foundation import http, sql
from tresen.foundation.disclosures.about import about
from tresen.foundation.disclosures.ledger import (
    UndeclaredDisclosure,
    list_about,
    note,
    undo,
)
from tresen.foundation.disclosures.types import NO_PERSONAL_DATA, Disclosure, Way
from tresen.foundation.http import Call, Client
from tresen.foundation.ids import new_id
from tresen.foundation.vault.closing import close_vault
from tresen.foundation.vault.data_keys import keys_for
from tresen.foundation.vault.sealing import seal_json, unseal_json

ROW, HANNA = new_id(), new_id()
PLACE = "orders_order.address"
HOME = {"name": "Hanna Müller-Voß", "street": "Ölmühle 7", "city": "Kiel"}
CARRIER = Disclosure(
    recipient="Paketdienst", purpose="deliver the parcel", fields=(PLACE,), person_id=HANNA
)
# no transaction may be open over a call; the ledger is taken away at the end
pytestmark = pytest.mark.django_db(transaction=True)


class World(httpx.BaseTransport):
    """Takes everything and remembers it."""

    def __init__(self) -> None:
        self.got: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.got.append(request)
        return httpx.Response(200)


@pytest.fixture
def world() -> Iterator[World]:
    close_vault()
    yield World()
    sql.run("DELETE FROM disclosures_disclosed")
    sql.run("DELETE FROM vault.data_key WHERE subject = %s", (HANNA,))
    close_vault()


def _send(world: World, content: str, disclosure: Disclosure, *, query: str = "") -> None:
    client = Client(
        allowed=("carrier.example",), resolver=lambda *_: ["192.0.2.7"], inner=lambda: world
    )
    client.send(
        Call(
            method="POST",
            url=f"http://carrier.example/labels{query}",
            disclosure=disclosure,
            content=content.encode(),
        )
    )


def _opened() -> dict[str, str]:
    """As a page or job opens an address."""
    key = keys_for(HANNA, "tax_record.2026")["tax_record.2026"]
    sealed = seal_json(HOME, key=key, place=PLACE, row=ROW)
    opened: dict[str, str] = unseal_json(sealed, place=PLACE, row=ROW)
    return opened


def test_a_declared_call_is_noted_with_who_why_what_and_about_whom(world: World) -> None:
    home = _opened()
    _send(world, home["name"], CARRIER)

    (row,) = list_about(HANNA)
    assert (row.recipient, row.purpose, row.fields) == (
        "Paketdienst",
        "deliver the parcel",
        (PLACE,),
    )
    assert (row.way, row.basis) == (Way.HTTP, "6(1)(b)")
    assert len(world.got) == 1


@pytest.mark.parametrize(
    ("content", "query"),
    [
        ("Hanna Müller-Voß", ""),
        ('{"name": "Hanna M\\u00fcller-Vo\\u00df"}', ""),
        ("to=" + quote_plus("Ölmühle 7"), ""),
        ("", "?street=" + quote_plus("Ölmühle 7")),
    ],
)
def test_an_undeclared_value_does_not_leave_however_it_is_written(
    content: str, query: str, world: World
) -> None:
    _opened()

    with pytest.raises(UndeclaredDisclosure, match=PLACE):
        _send(world, content, NO_PERSONAL_DATA, query=query)

    assert world.got == []
    assert sql.rows("SELECT 1 FROM disclosures_disclosed") == []


def test_to_declare_something_else_does_not_help(world: World) -> None:
    _opened()
    other = Disclosure(recipient="X", purpose="y", fields=("orders_order.contact",))

    with pytest.raises(UndeclaredDisclosure):
        _send(world, "Ölmühle 7", other)

    assert world.got == []


def test_control_without_the_look_the_value_leaves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _opened()
    monkeypatch.setattr(http, "refuse_undeclared", lambda *_, **__: None)

    _send(world, "Ölmühle 7", NO_PERSONAL_DATA)

    assert len(world.got) == 1


def test_what_another_request_opened_is_forgotten(world: World) -> None:
    _opened()
    close_vault()

    _send(world, "Ölmühle 7", NO_PERSONAL_DATA)

    assert len(world.got) == 1


def test_the_fields_are_words_of_the_registry(world: World) -> None:
    made_up = Disclosure(recipient="X", purpose="y", fields=("orders_order.shoe_size",))
    with pytest.raises(AssertionError, match="no declared columns"):
        note(made_up, way=Way.MAIL)


def test_whoever_calls_says_whom_it_is_about(world: World) -> None:
    with about(HANNA):
        note(Disclosure(recipient="X", purpose="y", fields=(PLACE,)), way=Way.PRINT)

    assert [row.way for row in list_about(HANNA)] == [Way.PRINT]


def test_what_did_not_arrive_stays_and_says_so(world: World) -> None:
    undo(note(CARRIER, way=Way.MAIL))

    (row,) = list_about(HANNA)
    assert row.undone_at is not None


def test_the_table_refuses_a_row_without_purpose(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        sql.run(
            "INSERT INTO disclosures_disclosed (way, recipient, purpose, basis, fields, reference)"
            " VALUES ('http', 'x', '', '6(1)(b)', '{a}', '')"
        )
