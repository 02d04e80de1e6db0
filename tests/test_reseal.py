"""Rows of before people had keys are sealed with them, so that an erasure reaches them, too."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tresen.adapters.keys.local import FileRoot
from tresen.domains.orders.queries import OrderFilter, get_order, list_orders
from tresen.domains.orders.types import Veil
from tresen.domains.privacy.queries import find_person_by_email
from tresen.foundation import sql
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.closing import close_vault
from tresen.foundation.vault.data_keys import destroy_keys
from tresen.foundation.vault.keyring import (
    EARLIER,
    Key,
    Keyring,
    forget_keyring,
    fresh_keyring,
    write_keyring,
)
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.caring.tests import make
from tresen.workflows.guarding import reseal
from tresen.workflows.guarding.reseal import count_old_rows, reseal_old_rows

SECRET = b"s" * 32
EMAIL = "kanari@example.org"


@pytest.fixture(autouse=True)
def _old_installation(tmp_path: Path, settings: Any, db: None) -> Iterator[None]:
    settings.KEYRING_FILE = tmp_path / "keys" / "keyring.json"
    settings.ROOT_KEY = FileRoot(tmp_path / "keys" / "root.key")
    ring = Keyring([*fresh_keyring().keys, Key(EARLIER, 1, "", SECRET)])
    write_keyring(settings.KEYRING_FILE, ring, settings.ROOT_KEY)
    sql.run("DELETE FROM vault.data_key")
    forget_keyring()
    close_vault()
    yield
    forget_keyring()
    close_vault()


def _as_before(place: str, value: object) -> bytes:
    """As one key for all sealed it, bound to the column only."""
    nonce = os.urandom(12)
    clear = value.encode() if isinstance(value, str) else json.dumps(value).encode()
    return b"\x01" + nonce + AESGCM(SECRET).encrypt(nonce, clear, place.encode())


def _old_order() -> UUID:
    make.shop()
    order_id = make.order()
    order = get_order(order_id)
    person = {"name": "Kanarine Vogelsang", "email": EMAIL, "phone": "+49401234567"}
    sql.run(
        "UPDATE orders_order SET person_id = NULL, contact = NULL, person = %s WHERE id = %s",
        (_as_before("orders_order.person", person), order_id),
    )
    if order.address is not None:
        address = {
            name: getattr(order.address, name) for name in order.address.__dataclass_fields__
        }
        sealed = _as_before("orders_order.address", address)
        sql.run("UPDATE orders_order SET address = %s WHERE id = %s", (sealed, order_id))
    sql.run("UPDATE orders_order SET billing = NULL WHERE id = %s", (order_id,))
    close_vault()
    return order_id


def test_an_old_order_is_of_its_person_afterwards_and_reads_as_before() -> None:
    order_id = _old_order()
    address = get_order(order_id).address
    assert count_old_rows() == {"orders_order": 1}

    assert reseal_old_rows(now=NOON) == 1

    close_vault()
    assert count_old_rows() == {}
    order = get_order(order_id)
    assert (order.person.name, order.person.email) == ("Kanarine Vogelsang", EMAIL)
    assert order.address == address
    assert order.person_id == find_person_by_email(EMAIL)
    assert [row.id for row in list_orders(narrow=OrderFilter(text=EMAIL))] == [order_id]
    assert reseal_old_rows(now=NOON) == 0


def test_an_erasure_reaches_it_then_and_control_did_not_before() -> None:
    order_id = _old_order()
    destroy_keys([order_id])
    assert get_order(order_id).person.email == EMAIL  # the control: nobody's key
    reseal_old_rows(now=NOON)
    person = find_person_by_email(EMAIL)
    assert person

    destroy_keys(person, KeyClass.PROFILE, KeyClass.TAX_RECORD)

    close_vault()
    seen = get_order(order_id).person
    assert (seen.name, seen.email) == ("", "")
    assert seen.veil is not Veil.NONE


def test_letters_are_of_whom_they_went_to() -> None:
    letter = _old_letter()

    assert reseal_old_rows(now=NOON) == 1

    ((person,),) = sql.rows("SELECT person_id FROM conversations_letter WHERE id = %s", (letter,))
    assert person == find_person_by_email(EMAIL)
    assert count_old_rows() == {}


def test_broken_off_it_goes_on_where_it_was(monkeypatch: Any) -> None:
    for _ in range(3):
        _old_letter()
    monkeypatch.setattr(reseal, "BATCH", 1)
    turns = iter([False, True])

    def _say(_what: str, count: int) -> None:
        if count and next(turns):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reseal_old_rows(now=NOON, say=_say)

    assert count_old_rows() == {"conversations_letter": 1}
    assert reseal_old_rows(now=NOON) == 1


def test_what_does_not_open_is_left_and_counted() -> None:
    letter = _old_letter()
    sql.run(
        "UPDATE conversations_letter SET payload = %s WHERE id = %s", (b"\x01" + bytes(40), letter)
    )
    assert reseal_old_rows(now=NOON) == 0
    assert count_old_rows() == {"conversations_letter": 1}


def _old_letter() -> UUID:
    ((letter,),) = sql.rows(
        "INSERT INTO conversations_letter (id, key, kind, locale, state, recipient, payload,"
        " message_id, tries, error, queued_at, due_at, sent_at) SELECT id, id::text,"
        " 'order_placed', 'de', 'sent', %s, %s, id::text, 1, '', at, at, at"
        " FROM (SELECT gen_random_uuid() AS id, %s::timestamptz AS at) AS m RETURNING id",
        (
            _as_before("conversations_letter.recipient", EMAIL),
            _as_before("conversations_letter.payload", {"number": "TR-1"}),
            NOON,
        ),
    )
    assert isinstance(letter, UUID)
    return letter
