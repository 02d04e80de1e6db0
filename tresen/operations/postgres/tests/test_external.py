"""A PostgreSQL of one's own: fit or not, in plain words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import psycopg
import pytest

from tresen.operations.postgres.external import (
    ExternalUnfit,
    Facts,
    ask_external,
    find_faults,
    prepare_external,
)
from tresen.operations.postgres.keys import read_password
from tresen.operations.postgres.layout import OWNER, Layout, data_folder
from tresen.operations.postgres.provision import EXTENSIONS, superuser
from tresen.operations.postgres.server import using_server

ELSEWHERE = f"elsewhere_{os.getpid()}"
"""Workers of one run share a server."""
FIT = Facts(
    version=160_004,
    encoding="UTF8",
    available=frozenset(EXTENSIONS),
    installed=frozenset(),
    may_create=True,
    database="shop",
    user="anna",
)


def test_a_fit_server_has_no_faults() -> None:
    assert find_faults(FIT) == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(FIT, version=140_011), "It is version 14; version 15 or newer is needed."),
        (replace(FIT, encoding="SQL_ASCII"), "stores SQL_ASCII"),
        (replace(FIT, available=FIT.available - {"unaccent"}), "The extensions unaccent are not"),
        (replace(FIT, may_create=False), "GRANT CREATE ON SCHEMA public TO anna;"),
    ],
)
def test_each_fault_is_named_with_its_remedy(facts: Facts, words: str) -> None:
    (fault,) = find_faults(facts)

    assert words in fault


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database of this run's own server, seen as somebody else's."""
    data = data_folder(os.environ)
    layout = Layout(data)
    with superuser(layout, port=5432, database="postgres") as connection:
        connection.execute(f"CREATE DATABASE {ELSEWHERE} OWNER tresen_owner TEMPLATE template0")
        try:
            password = quote(read_password(layout, OWNER) or "", safe="")
            yield f"postgresql://{OWNER}:{password}@/{ELSEWHERE}?host={quote(str(layout.socket))}"
        finally:
            connection.execute(f"DROP DATABASE {ELSEWHERE} WITH (FORCE)")


def test_missing_extensions_are_added_where_the_user_may(url: str) -> None:
    environ = {"DATABASE_URL": url}
    assert not set(EXTENSIONS) & ask_external(environ).installed

    prepare_external(environ)

    assert set(EXTENSIONS) <= ask_external(environ).installed
    with using_server(data_folder(os.environ), environ=environ) as state:
        assert state is None, "nothing of ours is started"


def test_missing_extensions_are_asked_for_where_the_user_may_not_add_them(url: str) -> None:
    layout = Layout(data_folder(os.environ))
    with superuser(layout, port=5432, database=ELSEWHERE) as connection:
        connection.execute(f"ALTER DATABASE {ELSEWHERE} OWNER TO tresen_super")
        connection.execute("GRANT CREATE ON SCHEMA public TO tresen_owner")

    with pytest.raises(ExternalUnfit, match="run in this database: CREATE EXTENSION pg_trgm;"):
        prepare_external({"DATABASE_URL": url})


def test_a_server_that_cannot_be_reached_is_named_without_its_password() -> None:
    environ = {"DATABASE_URL": "postgresql://anna:secret@127.0.0.1:1/shop"}

    with pytest.raises(ExternalUnfit, match="cannot be reached") as refused:
        ask_external(environ)

    assert "secret" not in str(refused.value)
    assert isinstance(refused.value.__cause__, psycopg.OperationalError)


def test_a_database_of_another_encoding_is_refused_for_that_and_nothing_else() -> None:
    layout = Layout(data_folder(os.environ))
    with superuser(layout, port=5432, database="postgres") as connection:
        connection.execute(
            f"CREATE DATABASE {ELSEWHERE}_ascii OWNER tresen_owner TEMPLATE template0"
            " ENCODING 'SQL_ASCII' LOCALE 'C' LOCALE_PROVIDER libc"
        )
        try:
            password = quote(read_password(layout, OWNER) or "", safe="")
            place = f"/{ELSEWHERE}_ascii?host={quote(str(layout.socket))}"
            facts = ask_external({"DATABASE_URL": f"postgresql://{OWNER}:{password}@{place}"})
        finally:
            connection.execute(f"DROP DATABASE {ELSEWHERE}_ascii WITH (FORCE)")
    (fault,) = find_faults(facts)
    assert fault.startswith(f"The database {ELSEWHERE}_ascii stores SQL_ASCII")
