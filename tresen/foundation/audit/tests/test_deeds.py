"""A deed is one row in the transaction that did it; the row cannot be changed unseen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from structlog.contextvars import bound_contextvars

from tresen.foundation import sql
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, id_at, record, record_read
from tresen.foundation.audit.keys import AuditKeyMissing, add_key, key_of, newest_key
from tresen.foundation.audit.reading import find_deed, is_sound
from tresen.foundation.audit.rows import mac_of

NOON = datetime(2026, 11, 26, 12, 0, 0, 123456, tzinfo=UTC)
WIEBKE = Actor("staff", UUID(int=7), session="ses_1")
HANNE = UUID(int=11)


def _deed(**changes: Any) -> Deed:
    return replace(Deed(action="order.refund", actor=WIEBKE), **changes)


@pytest.mark.django_db
def test_a_deed_says_who_what_and_from_where() -> None:
    with bound_contextvars(request_id="req-12345"):
        deed_id = record(
            _deed(
                object_kind="order",
                object_id="17",
                persons=(HANNE,),
                before={"refunded": 0, "state": "paid"},
                after={"refunded": 900, "state": "paid"},
                note="She called.",
            ),
            now=NOON,
        )

    row = find_deed(deed_id)
    assert row is not None
    assert (row.at, row.actor_kind, row.actor_id) == (NOON, "staff", WIEBKE.id)
    assert (row.session, row.request_id) == ("ses_1", "req-12345")
    assert (row.action, row.object_kind, row.object_id) == ("order.refund", "order", "17")
    assert (row.persons, row.fields) == ((HANNE,), ("refunded",))
    assert is_sound(row)


@pytest.mark.django_db
def test_values_and_notes_are_not_to_be_read_in_the_table() -> None:
    record(_deed(after={"street": "Deichstraße 1"}, note="lives at Deichstraße 1"), now=NOON)

    ((told, note),) = sql.rows("SELECT d::text, d.note FROM audit_deed d")
    assert "Deichstr" not in str(told)
    assert b"Deichstr" not in bytes(cast("bytes", note))


@pytest.mark.django_db
def test_the_same_values_have_the_same_digest_and_others_another() -> None:
    same, other = {"a": 1, "b": 2}, {"a": 1, "b": 3}
    first = find_deed(record(_deed(before=same, after={"b": 2, "a": 1}), now=NOON))
    second = find_deed(record(_deed(before=same, after=other), now=NOON))

    assert first
    assert first.before_digest == first.after_digest
    assert second
    assert second.before_digest != second.after_digest
    assert (first.fields, second.fields) == ((), ("b",))


@pytest.mark.django_db
def test_reading_persons_is_a_row_with_the_fields_that_were_shown() -> None:
    others = [uuid4(), HANNE, HANNE]
    deed_id = record_read(
        action="orders.list", actor=WIEBKE, persons=others, fields=("name", "town"), now=NOON
    )

    row = find_deed(deed_id)
    assert row is not None
    assert row.fields == ("name", "town")
    assert set(row.persons) == set(others)
    assert len(row.persons) == 2


@pytest.mark.django_db
def test_a_deed_is_dropped_with_what_it_tells_about() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record(_deed(), now=NOON)
        raise RuntimeError

    assert sql.rows("SELECT count(*) FROM audit_deed") == [(0,)]


@pytest.mark.django_db(transaction=True)
def test_no_deed_is_recorded_outside_a_transaction() -> None:
    with pytest.raises(AssertionError, match="inside its transaction"):
        record(_deed(), now=NOON)

    assert sql.rows("SELECT count(*) FROM audit_deed") == [(0,)]


@pytest.mark.django_db
def test_a_deed_costs_one_statement_and_travels_with_others(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        record(_deed(persons=(HANNE,), after={"a": 1}), now=NOON)
    with sql.pipelined():
        record(_deed(), now=NOON)


def test_ids_are_in_the_order_of_time() -> None:
    later = NOON + timedelta(milliseconds=1)
    assert id_at(NOON, lowest=True) <= id_at(NOON) < id_at(later, lowest=True)
    assert id_at(NOON).version == 7


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["session", "action", "object_id", "request_id"])
def test_a_changed_row_is_not_sound(column: str) -> None:
    deed_id = record(_deed(object_id="17"), now=NOON)
    sql.run("SET CONSTRAINTS ALL IMMEDIATE")
    sql.run("ALTER TABLE audit_deed DISABLE TRIGGER audit_deed_append_only")
    sql.run(f"UPDATE audit_deed SET {column} = {column} || 'x'")  # noqa: S608  # from above

    row = find_deed(deed_id)
    assert row is not None
    assert not is_sound(row)


@pytest.mark.django_db
def test_a_row_of_an_older_key_stays_sound(settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_KEY_FILE = tmp_path / "audit.json"
    old = newest_key().version
    deed_id = record(_deed(), now=NOON)

    added = add_key()

    row = find_deed(deed_id)
    assert added == old + 1 == newest_key().version
    assert row is not None
    assert row.key_version == old
    assert is_sound(row)
    assert mac_of(row, key=newest_key()) != row.mac
    with pytest.raises(AuditKeyMissing):
        key_of(added + 1)


@pytest.mark.django_db
def test_a_deed_is_neither_changed_nor_deleted() -> None:
    record(_deed(), now=NOON)
    for change in ("UPDATE audit_deed SET session = ''", "DELETE FROM audit_deed"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            sql.run(change)


@pytest.fixture
def application() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection as the role that the shop runs as."""
    settings = connection.settings_dict
    folder = Path(os.environ["TRESEN_DATA"])
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        dbname=settings["NAME"],
        user="tresen_app",
        password=(folder / "keys" / "database_app").read_text().strip(),
        autocommit=True,
    ) as found:
        yield found


@pytest.mark.django_db(transaction=True)
def test_the_role_of_the_shop_may_only_add_and_read(
    application: psycopg.Connection[tuple[object, ...]],
) -> None:
    with transaction.atomic():
        record(_deed(), now=NOON)
    assert application.execute("SELECT count(*) FROM audit_deed").fetchone() == (1,)
    for change in (
        "UPDATE audit_deed SET session = ''",
        "DELETE FROM audit_deed",
        "TRUNCATE audit_deed",
        "ALTER TABLE audit_deed DISABLE TRIGGER ALL",
        "DROP TABLE audit_deed",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(change.encode())


@pytest.mark.django_db(transaction=True)
def test_another_table_may_be_changed_by_that_role(
    application: psycopg.Connection[tuple[object, ...]],
) -> None:
    """The control: without the step of the migration the role could."""
    allowed = "SELECT has_table_privilege('tresen_app', %s, %s)"
    kinds = ("UPDATE", "DELETE")
    of_facts = [application.execute(allowed, ("journal_fact", kind)).fetchone() for kind in kinds]
    of_deeds = [application.execute(allowed, ("audit_deed", kind)).fetchone() for kind in kinds]
    assert (of_facts, of_deeds) == ([(True,), (True,)], [(False,), (False,)])
