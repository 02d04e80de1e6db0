"""Where Django is sent."""

from pathlib import Path

import pytest

from tresen.operations.postgres.address import DatabaseUrlWrong, database_settings
from tresen.operations.postgres.keys import make_missing_keys, read_password
from tresen.operations.postgres.layout import Layout


def test_the_address_is_known_before_the_server_exists(tmp_path: Path) -> None:
    settings = database_settings("app", data=tmp_path, environ={})

    assert settings == {
        "NAME": "tresen",
        "USER": "tresen_app",
        "PASSWORD": "",
        "HOST": str(tmp_path / "postgres" / "socket"),
        "PORT": "5432",
        "DEADLINE": 20,
    }
    assert list(tmp_path.iterdir()) == []


def test_each_role_has_its_own_user_password_and_deadline(tmp_path: Path) -> None:
    make_missing_keys(Layout(tmp_path))

    app = database_settings("app", data=tmp_path, environ={})
    owner = database_settings("owner", data=tmp_path, environ={})

    assert (app["USER"], owner["USER"]) == ("tresen_app", "tresen_owner")
    assert app["PASSWORD"] == read_password(Layout(tmp_path), "tresen_app")
    assert owner["PASSWORD"] == read_password(Layout(tmp_path), "tresen_owner")
    assert app["PASSWORD"] != owner["PASSWORD"]
    assert (app["DEADLINE"], owner["DEADLINE"]) == (20, 660)


def test_a_database_url_replaces_the_embedded_server(tmp_path: Path) -> None:
    url = "postgresql://anna:p%40ss%2Fword@db.example:6432/the%20shop?sslmode=require"

    settings = database_settings("app", data=tmp_path, environ={"DATABASE_URL": url})

    assert settings == {
        "NAME": "the shop",
        "USER": "anna",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example",
        "PORT": "6432",
        "CONNECT": {"sslmode": "require"},
        "DEADLINE": 20,
    }


def test_a_database_url_may_name_a_socket_folder(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "postgres://anna@/shop?host=/var/run/postgresql"}

    settings = database_settings("app", data=tmp_path, environ=environ)

    assert (settings["HOST"], settings["PORT"]) == ("/var/run/postgresql", "")
    assert settings["CONNECT"] == {}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://anna@db/shop", "begins with 'mysql'"),
        ("postgresql://anna@db", "names no database"),
        ("postgresql://anna@db:70000/shop", "the port is no number"),
    ],
)
def test_a_wrong_database_url_is_refused_in_plain_words(
    url: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(DatabaseUrlWrong, match=words):
        database_settings("app", data=tmp_path, environ={"DATABASE_URL": url})


def test_an_asked_tcp_port_also_names_the_socket(tmp_path: Path) -> None:
    settings = database_settings("app", data=tmp_path, environ={"TRESEN_DB_PORT": "55432"})

    assert settings["PORT"] == "55432"
