"""The database itself: who may do what, and whose rows staff of single stores can see."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from tests.security.make import CANARY, Houses, two_houses
from tresen.domains.accounts.types import Membership, Role
from tresen.entrypoints.backoffice.orders import views as order_views
from tresen.entrypoints.backoffice.signin import narrowing
from tresen.entrypoints.backoffice.stock import views as stock_views
from tresen.entrypoints.cli.give_rights import give_rights
from tresen.foundation import sql
from tresen.foundation.database.narrowing import narrow, widen
from tresen.operations.postgres.layout import APP, REPORT, STAFF, WORKER
from tresen.operations.postgres.rights import making_of
from tresen.operations.postgres.row_rules import ROW_RULES

pytestmark = pytest.mark.django_db
HISTORY = ("orders_history", "payments_ledger_entry", "payments_payment_event", "audit_deed")


@pytest.fixture
def houses(monkeypatch: pytest.MonkeyPatch) -> Houses:
    give_rights()
    made = two_houses(monkeypatch)
    sql.run("SET CONSTRAINTS ALL IMMEDIATE")
    return made


@pytest.fixture
def role() -> Iterator[object]:
    """Become a role of the database; itself again at the end."""

    def become(name: str) -> None:
        sql.run(f"SET ROLE {name}")

    yield become
    sql.run("RESET ROLE")


def refused(statement: str) -> bool:
    """Does the server say that this role may not?"""
    sql.run("SAVEPOINT tried")
    try:
        sql.run(statement)
    except Exception as error:
        cause = error.__cause__
        sql.run("ROLLBACK TO SAVEPOINT tried")
        return isinstance(cause, psycopg.errors.InsufficientPrivilege)
    sql.run("ROLLBACK TO SAVEPOINT tried")
    return False


def counts() -> dict[str, int]:
    return {
        table: int(str(sql.rows(f"SELECT count(*) FROM {table}")[0][0]))  # noqa: S608
        for table in ROW_RULES
    }


def test_staff_of_one_store_sees_the_rows_of_that_store_alone(houses: Houses) -> None:
    everything = counts()
    narrow(connection, stores=["altona"])
    mine = counts()
    numbers = [number for (number,) in sql.rows("SELECT number FROM orders_order")]
    widen(connection)

    assert numbers == [houses.mine.number]
    for table in ("orders_order", "orders_line", "orders_history", "payments_payment",
                  "payments_ledger_entry", "inventory_allocation"):  # fmt: skip
        assert 0 < mine[table] < everything[table], table
    assert counts() == everything


def test_no_store_means_no_row(houses: Houses) -> None:
    narrow(connection, stores=[])
    seen = counts()
    widen(connection)

    of_the_house = {f"inventory_{word}" for word in ("location", "level", "hold", "movement")}
    assert {table for table, count in seen.items() if count} <= of_the_house


def test_a_foreign_row_is_neither_changed_nor_deleted(houses: Houses) -> None:
    before = sql.rows("SELECT id, state FROM orders_order ORDER BY id")
    narrow(connection, stores=["altona"])
    touched = [
        sql.changed(
            "UPDATE orders_order SET state = 'cancelled' WHERE id = %s", (houses.other.id,)
        ),
        sql.changed("DELETE FROM inventory_allocation WHERE order_id = %s", (houses.other.id,)),
    ]
    widen(connection)

    assert touched == [0, 0]
    assert sql.rows("SELECT id, state FROM orders_order ORDER BY id") == before


@pytest.mark.parametrize("protected", [True, False])
def test_with_the_filters_of_the_application_taken_out_the_database_alone_holds(
    houses: Houses, monkeypatch: pytest.MonkeyPatch, protected: bool
) -> None:
    """And its control: without the row rules the same pages tell of the other store."""
    for views in (order_views, stock_views):
        monkeypatch.setattr(views, "scope_of", lambda _request: None)
    if not protected:
        for table in ROW_RULES:
            sql.run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    browser = houses.staff(Membership(Role.MANAGER, "altona"))

    answers = [browser.get(path) for path in houses.paths_of(houses.other)]
    answers += [browser.get("/staff/orders/"), browser.get("/staff/orders/?format=csv")]
    text = b"".join(answer.getvalue() for answer in answers).decode()
    foreign = text.count(CANARY) + text.count(houses.other.number)

    assert (foreign == 0) is protected
    assert {answer.status_code for answer in answers[:-2]} == ({404} if protected else {200})
    assert sql.rows("SELECT current_user = session_user") == [(True,)]


def test_a_connection_is_itself_again_after_a_page_that_failed(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: object) -> None:
        assert sql.rows("SELECT current_user") == [(STAFF,)]
        raise RuntimeError

    monkeypatch.setattr(stock_views, "list_variants", lambda **_: broken(None))
    browser = houses.staff(Membership(Role.MANAGER, "altona"))
    browser.raise_request_exception = False

    assert browser.get("/staff/stock/").status_code == 500
    assert sql.rows("SELECT current_user = session_user") == [(True,)]


def test_staff_of_all_stores_pays_nothing(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(narrowing, "narrow", lambda *_, **stores: asked.append(stores))
    assert houses.staff(Membership(Role.MANAGER)).get("/staff/orders/").status_code == 200
    assert asked == []


def test_buying_is_planned_without_a_row_rule(houses: Houses, role: object) -> None:
    """The web's own role sees all rows: no condition is added to its statements."""
    statement = "EXPLAIN SELECT id FROM orders_order WHERE number LIKE '1000%%'"
    role(APP)  # type: ignore[operator]
    free = "\n".join(str(line) for (line,) in sql.rows(statement))
    role(STAFF)  # type: ignore[operator]
    bound = "\n".join(str(line) for (line,) in sql.rows(statement))

    assert "store_code" not in free
    assert "store_code" in bound


@pytest.mark.parametrize("name", [APP, WORKER, STAFF])
def test_web_and_worker_cannot_rewrite_what_happened(
    houses: Houses, role: object, name: str
) -> None:
    role(name)  # type: ignore[operator]
    tries = [f"UPDATE {table} SET id = id" for table in HISTORY]  # noqa: S608
    tries += [f"DELETE FROM {table}" for table in HISTORY]  # noqa: S608
    tries += [
        "TRUNCATE orders_history",
        "ALTER TABLE orders_history DISABLE TRIGGER USER",
        "DROP TABLE orders_line",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE orders_order DISABLE ROW LEVEL SECURITY",
        "DROP POLICY stores ON orders_order",
        "UPDATE django_migrations SET name = name",
        "CREATE ROLE somebody",
        "SET session_replication_role = replica",
    ]
    assert [statement for statement in tries if not refused(statement)] == []
    assert not refused("SELECT count(*) FROM orders_history")


def test_control_the_owner_could(houses: Houses) -> None:
    assert not refused("ALTER TABLE orders_history DISABLE TRIGGER USER")


def test_reports_read_figures_and_nothing_about_people(houses: Houses, role: object) -> None:
    role(REPORT)  # type: ignore[operator]
    assert sql.rows("SELECT count(*) FROM orders_order WHERE gross_minor > 0") == [(2,)]
    for statement in (
        "SELECT person FROM orders_order",
        "SELECT * FROM orders_order",
        "SELECT tracking FROM fulfilment_parcel",
        "SELECT username FROM accounts_user",
        "SELECT count(*) FROM audit_deed",
        "UPDATE catalog_product SET code = code",
        "DELETE FROM orders_order",
    ):
        assert refused(statement), statement


def test_every_table_with_an_order_has_a_rule(houses: Houses) -> None:
    found = sql.rows(
        "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " WHERE a.attname = 'order_id' AND c.relkind = 'r'"
        " AND c.relnamespace = 'public'::regnamespace AND NOT c.relrowsecurity"
    )
    assert found == []


def test_giving_rights_again_changes_nothing_and_without_roles_says_what_to_do(
    houses: Houses,
) -> None:
    policies = "SELECT count(*), max(oid::bigint) FROM pg_policy"
    before = sql.rows(policies)
    give_rights()
    assert sql.rows(policies) == before
    assert making_of([STAFF]) == [f"CREATE ROLE {STAFF} NOLOGIN; GRANT {STAFF} TO {APP};"]
