"""A later start prepares again exactly when something differs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tresen.operations.postgres.layout import CHECKOUT, DATABASE, Layout, data_folder
from tresen.operations.postgres.provision import superuser
from tresen.operations.running import prepared
from tresen.operations.running.prepared import fingerprint, is_prepared, note_prepared


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A checkout with one migration and one style sheet."""
    for name in ("tresen/domains/a/migrations/0001.py", "tresen/entrypoints/static/a.css"):
        path = tmp_path / "house" / name
        path.parent.mkdir(parents=True)
        path.write_text("x")
    return tmp_path / "house"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Without a database: no answer is an answer, too."""
    (tmp_path / "data" / "run").mkdir(parents=True)
    return tmp_path / "data"


def test_what_was_prepared_stays_so_and_other_data_is_not(data: Path, tmp_path: Path) -> None:
    before = is_prepared(data, {})

    note_prepared(data, {})

    other = tmp_path / "other"
    (other / "run").mkdir(parents=True)
    (other / "run" / "prepared").write_text((data / "run" / "prepared").read_text())
    assert (before, is_prepared(data, {}), is_prepared(other, {})) == (False, True, False)


@pytest.mark.parametrize(
    "name",
    [
        "tresen/domains/a/migrations/0002.py",
        "tresen/entrypoints/static/a.css",
        "tresen/locale/de/parts/a.po",
        "vendor/htmx/htmx.js",
        "requirements.lock",
    ],
)
def test_a_changed_or_new_file_asks_for_preparation(name: str, house: Path, data: Path) -> None:
    before = fingerprint(data, {}, checkout=house)
    (house / name).parent.mkdir(parents=True, exist_ok=True)

    (house / name).write_text("other")

    assert fingerprint(data, {}, checkout=house) != before


def test_a_removed_file_and_only_a_watched_one_asks_for_preparation(
    house: Path, data: Path
) -> None:
    before = fingerprint(data, {}, checkout=house)
    (house / "tresen" / "views.py").write_text("x")
    same = fingerprint(data, {}, checkout=house)
    (house / "tresen/domains/a/migrations/0001.py").unlink()

    assert same == before
    assert fingerprint(data, {}, checkout=house) != before


def test_an_older_database_asks_for_preparation() -> None:
    data = data_folder(os.environ)
    with superuser(Layout(data), port=5432, database=DATABASE) as connection:
        empty = fingerprint(data, {})
        try:
            connection.execute("CREATE TABLE django_migrations (app text, name text)")
            connection.execute("INSERT INTO django_migrations VALUES ('orders', '0001_initial')")
            connection.execute("GRANT SELECT ON django_migrations TO tresen_owner")
            migrated = fingerprint(data, {})
            connection.execute("DELETE FROM django_migrations")
            older = fingerprint(data, {})
        finally:
            connection.execute("DROP TABLE django_migrations")

    assert len({empty, migrated, older}) == 3


def test_every_watched_pattern_names_something_of_the_house() -> None:
    known = [pattern for pattern in prepared.WATCHED if any(CHECKOUT.glob(pattern))]

    assert set(prepared.WATCHED) - set(known) <= {"tresen/locale/*/LC_MESSAGES/django.po"}
