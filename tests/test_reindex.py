"""A new key of fingerprints reaches every fingerprint of the house, and the old one goes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tresen.adapters.keys.local import FileRoot
from tresen.domains.accounts.commands.shoppers import open_account
from tresen.domains.accounts.queries.shoppers import find_shopper_at
from tresen.domains.carts.commands import forget_carts_of, open_cart, set_addressee
from tresen.domains.carts.types import Contact
from tresen.domains.privacy.commands import mark_erased, person_for_email
from tresen.domains.privacy.commands.consents import suppress
from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.consents import email_index_of, is_suppressed
from tresen.domains.privacy.types.consents import SuppressionReason
from tresen.domains.risk.queries import keys_of
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.limits.taking import Limit, left, may_take
from tresen.foundation.throttle.buckets import Bucket, Draw, draw
from tresen.foundation.vault.closing import close_vault
from tresen.foundation.vault.fields import SealedField
from tresen.foundation.vault.indexes import index_columns, other_bytes
from tresen.foundation.vault.keyring import (
    add_key,
    destroy_keys_before,
    forget_keyring,
    keyring,
)
from tresen.workflows.guarding import reindex
from tresen.workflows.guarding.reindex import old_indexes
from tresen.workflows.guarding.rotate_keys import end_old_indexes, renew_keys, rotate_index

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ADDRESS = "hanna@example.org"
HOUSE = Path(__file__).parent.parent / "tresen"


@pytest.fixture(autouse=True)
def _own_keyring(tmp_path: Path, settings: Any, db: None) -> Iterator[None]:
    settings.KEYRING_FILE = tmp_path / "keys" / "keyring.json"
    settings.ROOT_KEY = FileRoot(tmp_path / "keys" / "root.key")
    settings.AUDIT_KEY_FILE = tmp_path / "keys" / "audit.json"
    sql.run("DELETE FROM vault.data_key")
    forget_keyring()
    close_vault()
    yield
    forget_keyring()
    close_vault()


def _life() -> None:
    """Somebody of whom every fingerprint is kept whose value is known."""
    person = person_for_email(email=ADDRESS, now=NOON)
    open_account(
        address=ADDRESS, name="Hanna", language="de", password="", person_id=person, now=NOON
    )
    cart = open_cart(channel_code="web-de", locale="de", now=NOON)
    contact = Contact(email=ADDRESS, phone="")
    set_addressee(cart_id=cart, contact=contact, address=None, billing=None, now=NOON)
    suppress(email=ADDRESS, reason=SuppressionReason.OBJECTION, now=NOON)
    sql.run(
        "INSERT INTO risk_event (kind, person_key, happened_at) VALUES ('cleared', %s, %s)",
        (keys_of(email=ADDRESS).people[0], NOON),
    )
    sql.run(
        "INSERT INTO privacy_consent_text (id, purpose, version, covers, words, digest,"
        " published_at) VALUES (7, 'newsletter', 1, '{}', '{}', 'x', %s)",
        (NOON,),
    )
    sql.run(
        "INSERT INTO privacy_consent_event (id, email_index, purpose, action, text_id, locale,"
        " place, channel, proof, happened_at) VALUES (gen_random_uuid(), %s, 'newsletter', 'grant',"
        " 7, 'de', 'x', 'x', 'x', %s)",
        (email_index_of(ADDRESS), NOON),
    )


def _is_found_everywhere() -> bool:
    sightings = sql.rows(
        "SELECT count(*) FROM risk_event WHERE person_key = ANY(%s)",
        (list(keys_of(email=ADDRESS).people),),
    )
    consents = sql.rows(
        "SELECT count(*) FROM privacy_consent_event WHERE email_index = %s",
        (email_index_of(ADDRESS),),
    )
    return bool(
        find_person_by_email(ADDRESS)
        and find_shopper_at(ADDRESS)
        and is_suppressed(ADDRESS)
        and sightings == [(1,)]
        and consents == [(1,)]
    )


def test_everything_about_somebody_is_found_with_the_new_key_alone() -> None:
    _life()
    first = keyring().newest("index")

    rotate_index(now=NOON, actor=SYSTEM)

    assert old_indexes() == {}
    assert end_old_indexes()
    assert keyring().all("index") != [first]
    assert [key.version for key in keyring().all("index")] == [2]
    assert _is_found_everywhere()
    assert forget_carts_of(email=ADDRESS) == 1


def test_control_a_column_that_was_forgotten_is_found_no_more(monkeypatch: Any) -> None:
    _life()
    known = [column for column in index_columns() if "login_index" not in column.place]
    monkeypatch.setattr(reindex, "index_columns", lambda: known)

    rotate_index(now=NOON, actor=SYSTEM)

    assert end_old_indexes()
    assert find_person_by_email(ADDRESS)
    assert find_shopper_at(ADDRESS) is None


def test_the_old_key_stays_for_an_objection_whose_address_nobody_has_any_more() -> None:
    suppress(email=ADDRESS, reason=SuppressionReason.OBJECTION, now=NOON)
    rotate_index(now=NOON, actor=SYSTEM)

    renew_keys(now=NOON + timedelta(days=2), actor=SYSTEM)

    assert old_indexes() == {"privacy_suppression.email_index": 1}
    assert len(keyring().all("index")) == 2
    assert is_suppressed(ADDRESS)


def test_what_is_left_is_caught_up_with_and_then_the_old_key_goes() -> None:
    suppress(email=ADDRESS, reason=SuppressionReason.OBJECTION, now=NOON)
    rotate_index(now=NOON, actor=SYSTEM)
    suppress(email=ADDRESS, reason=SuppressionReason.OBJECTION, now=NOON)  # twice, by both keys
    person_for_email(email=ADDRESS, now=NOON)

    renew_keys(now=NOON + timedelta(days=2), actor=SYSTEM)

    assert old_indexes() == {}
    assert [key.version for key in keyring().all("index")] == [2]
    assert sql.rows("SELECT count(*) FROM privacy_suppression") == [(1,)]
    assert is_suppressed(ADDRESS)


def test_an_erased_person_s_consent_keeps_the_old_key_and_is_not_rewritten() -> None:
    _life()
    person = find_person_by_email(ADDRESS)
    assert person
    mark_erased(person_ids=[person], now=NOON)

    rotate_index(now=NOON, actor=SYSTEM)

    assert old_indexes()["privacy_consent_event.email_index"] == 1
    assert not end_old_indexes()


def test_tries_that_were_counted_count_on() -> None:
    tries = Limit(name="tries", max=2, window=timedelta(hours=1))
    bucket = Bucket(name="bucket", size=1, refill=timedelta(hours=1))
    assert may_take(tries, key="a", now=NOON)
    assert draw([Draw(bucket=bucket, key="a")], now=NOON) == ()

    rotate_index(now=NOON, actor=SYSTEM)

    assert left(tries, key="a", now=NOON) == 1
    assert [may_take(tries, key="a", now=NOON) for _ in range(2)] == [True, False]
    assert len(draw([Draw(bucket=bucket, key="a")], now=NOON)) == 1
    assert old_indexes() == {}


def test_control_without_the_old_key_a_try_counts_anew() -> None:
    tries = Limit(name="tries", max=1, window=timedelta(hours=1))
    assert may_take(tries, key="a", now=NOON)
    destroy_keys_before("index", add_key("index", now=NOON).version)
    assert may_take(tries, key="a", now=NOON)


def test_a_consent_is_rewritten_in_its_fingerprint_only() -> None:
    _life()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql.run("UPDATE privacy_consent_event SET email_index = 'x'")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql.run("SELECT set_config('tresen.reindex', 'on', true)")
        sql.run("UPDATE privacy_consent_event SET proof = 'y'")


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_while_fingerprints_become_new_everybody_is_found_and_nobody_is_doubled() -> None:
    """People come and are looked up in a connection of their own."""
    for number in range(200):
        person_for_email(email=f"p{number}@example.org", now=NOON)
    failures: list[BaseException] = []
    done = Event()
    living = Thread(target=_live, args=(done, failures))
    living.start()
    for _ in range(3):
        rotate_index(now=NOON, actor=SYSTEM)
    done.set()
    living.join(timeout=30)

    assert failures == []
    reindex.make_indexes_new(say=lambda _what, _count: None)
    assert old_indexes() == {}
    ((people, addresses),) = sql.rows(
        "SELECT count(*), count(DISTINCT index) FROM privacy_identifier"
    )
    assert people == addresses


def _live(done: Event, failures: list[BaseException]) -> None:
    number = 0
    try:
        while not done.is_set():
            number += 1
            address = f"p{number % 400}@example.org"
            with transaction.atomic():
                person = person_for_email(email=address, now=NOON)
            assert find_person_by_email(address) == person
            close_vault()
    except BaseException as failure:
        failures.append(failure)
    finally:
        connection.close()


def _columns_of_bytes() -> set[str]:
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        if model.__module__.startswith("tresen.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and not isinstance(field, SealedField)
    }


def _undeclared(columns: set[str]) -> set[str]:
    return columns - {column.place for column in index_columns()} - set(other_bytes())


def test_every_column_of_bytes_is_a_declared_index_or_said_to_be_something_else() -> None:
    """Declare it in the personal.py beside its table: in INDEXES, or in NOT_BLIND with what."""
    assert _undeclared(_columns_of_bytes()) == set()
    assert {column.place for column in index_columns()} <= _columns_of_bytes()
    assert set(other_bytes()) <= _columns_of_bytes()


def test_control_a_fingerprint_that_nobody_declared_is_found() -> None:
    grown = _columns_of_bytes() | {"orders_order.email_index"}
    assert _undeclared(grown) == {"orders_order.email_index"}


def _purposes(source: str) -> set[str]:
    """What fingerprints are made for, as far as it stands in the text."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and name in {"blind_index", "blind_indexes"}:
            for keyword in node.keywords:
                value = keyword.value
                if isinstance(value, ast.JoinedStr):
                    value = value.values[0]
                if isinstance(value, ast.Constant):
                    found.add(str(value.value))
    return found


def _unknown(purposes: set[str]) -> set[str]:
    known = tuple(column.purpose for column in index_columns())
    return {one for one in purposes if not any(purpose.startswith(one) for purpose in known)}


def test_every_purpose_of_a_fingerprint_is_declared() -> None:
    paths = [path for path in HOUSE.rglob("*.py") if "tests" not in path.parts]
    purposes = set().union(*(_purposes(path.read_text()) for path in paths))
    assert len(purposes) >= 4
    assert _unknown(purposes) == set()


def test_control_a_purpose_that_nobody_declared_is_found() -> None:
    assert _unknown(_purposes('blind_index(x, purpose="loyalty.card")')) == {"loyalty.card"}
