"""After an order, nobody who reads the tables reads who ordered; keys aside."""

from __future__ import annotations

import re

import pytest

from tresen.domains.carts.tests.make import address, contact
from tresen.domains.conversations.commands import queue_letter
from tresen.domains.conversations.types import LetterKind
from tresen.foundation import sql
from tresen.foundation.actor import GUEST
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.tests.make import NOON, ready_cart, small_shop

pytestmark = pytest.mark.django_db
SEALERS = (
    "tresen.foundation.vault.fields",
    "tresen.domains.carts.commands",
    "tresen.domains.carts.queries",
    "tresen.domains.orders.commands",
    "tresen.domains.conversations.commands",
)


def _words_of_the_guest() -> set[str]:
    return {contact().email, address().name, address().street}


def _told_by_tables() -> str:
    """Every row of every table as text; sealed bytes also as the text that they may hide."""
    tables = sql.rows(
        "SELECT quote_ident(table_name) FROM information_schema.tables"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    statements = [f"SELECT t::text FROM {name} t" for (name,) in tables]  # noqa: S608  # quoted
    rows = [str(row[0]) for statement in statements for row in sql.rows(statement)]
    hidden = [
        bytes.fromhex(text).decode("utf-8", "replace")
        for row in rows
        for text in re.findall(r"\\\\x((?:[0-9a-f]{2})+)", row)
    ]
    return "\n".join(rows + hidden)


def _order() -> None:
    shop = small_shop()
    place_order(
        cart_id=ready_cart(shop),
        channel=shop.channel,
        key="once",
        seen_total=None,
        texts={},
        now=NOON,
        actor=GUEST,
    )
    ready_cart(shop)  # and one that stays open
    queue_letter(
        key="letter",
        kind=LetterKind.ORDER_PLACED,
        locale="de",
        recipient=contact().email,
        payload={"name": address().name},
        now=NOON,
    )


def test_no_table_tells_who_ordered() -> None:
    _order()
    told = _told_by_tables()
    assert [word for word in _words_of_the_guest() if word in told] == []


def _as_it_is(text: bytes, *, place: str) -> bytes:  # in place of (un)seal
    return text


def test_without_sealing_the_tables_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what lies open is found."""
    for module in SEALERS:
        monkeypatch.setattr(f"{module}.seal", _as_it_is, raising=False)
        monkeypatch.setattr(f"{module}.unseal", _as_it_is, raising=False)
    _order()
    told = _told_by_tables()
    assert {word for word in _words_of_the_guest() if word in told} == _words_of_the_guest()
