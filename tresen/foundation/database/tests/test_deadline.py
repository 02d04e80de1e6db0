"""A frozen server must not hang its clients: the deadline ends the wait, and only the deadline."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connections
from pytest_django import DjangoDbBlocker

from tresen.foundation.database.base import DatabaseWrapper
from tresen.foundation.database.connections import (
    AsyncDeadlineConnection,
    DeadlineConnection,
    DeadlinePassed,
)
from tresen.foundation.database.patience import deadline, patience

SHORT_SECONDS = 0.3
HANG_SECONDS = 1.5


def parameters() -> dict[str, Any]:
    """Of the run's own server; its plain database, not Django's test database."""
    given = connections["default"].settings_dict
    return {
        "host": given["HOST"],
        "port": given["PORT"],
        "user": given["USER"],
        "password": given["PASSWORD"],
        "dbname": "tresen",
        "autocommit": True,
    }


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def impatient() -> Iterator[DeadlineConnection]:
    with DeadlineConnection.connect(**parameters(), deadline_seconds=SHORT_SECONDS) as connection:
        yield connection


def test_a_statement_on_a_frozen_server_fails_within_its_deadline() -> None:
    with impatient() as connection:
        with (
            frozen(connection.info.backend_pid),
            pytest.raises(DeadlinePassed, match=r"did not answer within 0.3 s"),
        ):
            connection.execute("SELECT 1")

        assert connection.closed
        assert connection.broken


def test_control_without_a_deadline_the_client_hangs_as_long_as_the_server_is_frozen() -> None:
    with psycopg.connect(**parameters()) as connection:
        waiting = threading.Thread(target=connection.execute, args=("SELECT 1",), daemon=True)
        with frozen(connection.info.backend_pid):
            waiting.start()
            waiting.join(HANG_SECONDS)
            hung = waiting.is_alive()
        waiting.join()

    assert hung


@pytest.mark.parametrize("how", ["pipeline", "copy", "transaction", "server cursor"])
def test_every_way_of_waiting_has_the_deadline(how: str) -> None:
    def work(connection: DeadlineConnection) -> None:
        if how == "pipeline":
            with connection.pipeline():
                connection.execute("SELECT 1")
                connection.execute("SELECT 2")
        elif how == "copy":
            with connection.cursor().copy("COPY (SELECT 1) TO STDOUT") as copy:
                list(copy)
        elif how == "transaction":
            with connection.transaction():
                pass
        else:
            with connection.transaction(), connection.cursor("named") as cursor:
                cursor.execute("SELECT 1").fetchall()

    with (
        impatient() as connection,
        frozen(connection.info.backend_pid),
        pytest.raises(DeadlinePassed),
    ):
        work(connection)


def test_an_async_connection_has_the_deadline_too() -> None:
    async def work() -> bool:
        async with await AsyncDeadlineConnection.connect(**parameters()) as connection:
            connection.deadline_seconds = SHORT_SECONDS
            with frozen(connection.info.backend_pid), pytest.raises(DeadlinePassed):
                await connection.execute("SELECT 1")
            return connection.closed

    assert asyncio.run(work())


def test_a_working_server_is_not_cut_off_however_many_statements_it_answers() -> None:
    with impatient() as connection:
        for _ in range(8):
            connection.execute("SELECT pg_sleep(0.1)")

        assert not connection.closed


def test_listening_may_wait_longer_than_the_deadline() -> None:
    with impatient() as listener, psycopg.connect(**parameters()) as teller:
        listener.execute("LISTEN something")
        later = threading.Timer(
            SHORT_SECONDS * 3, teller.execute, args=("NOTIFY something, 'happened'",)
        )
        later.start()

        heard = [note.payload for note in listener.notifies(stop_after=1)]

        later.join()
        assert heard == ["happened"]
        assert listener.deadline_seconds == SHORT_SECONDS


def test_another_deadline_holds_inside_its_block_only() -> None:
    with impatient() as connection:
        with deadline(connection, seconds=5):
            connection.execute("SELECT pg_sleep(0.6)")
        with pytest.raises(DeadlinePassed):
            connection.execute("SELECT pg_sleep(0.6)")


@pytest.fixture(params=[False, True], ids=["alone", "pooled"])
def wrapper(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[DatabaseWrapper]:
    """Our backend as Django would use it, with and without its pool."""
    given = connections["default"].settings_dict
    pool = {"min_size": 1, "max_size": 2, "timeout": 5} if request.param else None
    settings = {
        **given,
        "NAME": "tresen",
        "DEADLINE": SHORT_SECONDS,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**given["OPTIONS"], "pool": pool},
    }
    connections.settings["probe"] = settings
    with django_db_blocker.unblock():
        made = connections["probe"]
        assert isinstance(made, DatabaseWrapper)
        yield made
        made.close()
        made.close_pool()
    del connections["probe"]
    del connections.settings["probe"]


def ask(wrapper: DatabaseWrapper, query: str) -> Any:
    with wrapper.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_django_raises_its_own_error_and_works_again_on_the_next_connection(
    wrapper: DatabaseWrapper,
) -> None:
    pid = ask(wrapper, "SELECT pg_backend_pid()")

    with frozen(pid), pytest.raises(OperationalError, match="did not answer"):
        ask(wrapper, "SELECT 1")

    wrapper.close()
    assert ask(wrapper, "SELECT pg_backend_pid()") != pid


def ended_meanwhile(wrapper: DatabaseWrapper) -> int:
    """A connection that the server ends while nobody uses it; its backend."""
    pid = int(ask(wrapper, "SELECT pg_backend_pid()"))
    wrapper.close()
    with DeadlineConnection.connect(**parameters()) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    return pid


def test_a_connection_that_the_server_ended_is_not_given_away(wrapper: DatabaseWrapper) -> None:
    pid = ended_meanwhile(wrapper)

    assert ask(wrapper, "SELECT pg_backend_pid()") != pid


@pytest.mark.parametrize("wrapper", [True], indirect=True, ids=["pooled"])
def test_control_without_a_look_the_pool_gives_an_ended_connection_away(
    wrapper: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended_meanwhile(wrapper)
    monkeypatch.setattr(DeadlineConnection, "has_ended", lambda _self: False)

    with pytest.raises(OperationalError):
        for _ in range(wrapper.pool.max_size + 1):  # the pool takes turns
            ask(wrapper, "SELECT 1")
            wrapper.close()


def test_patience_lengthens_both_limits_and_gives_them_back(wrapper: DatabaseWrapper) -> None:
    ask(wrapper, "SELECT set_config('statement_timeout', '100ms', false)")

    with patience(wrapper, seconds=3):
        ask(wrapper, "SELECT pg_sleep(0.6)")
        inside = ask(wrapper, "SHOW statement_timeout")

    assert (inside, ask(wrapper, "SHOW statement_timeout")) == ("3s", "100ms")
    assert wrapper.connection.deadline_seconds == SHORT_SECONDS
    with pytest.raises(OperationalError, match="statement timeout"):
        ask(wrapper, "SELECT pg_sleep(0.2)")


def test_a_server_that_never_greets_is_given_up_soon() -> None:
    wrapper = DatabaseWrapper({**connections["default"].settings_dict}, alias="probe")

    assert wrapper.get_connection_params()["connect_timeout"] == 5
