"""How Django finds the database; asks nobody and starts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from tresen.foundation.database.limits import CONNECT_SECONDS_MAX, LIMITS, Role
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.keys import read_password
from tresen.operations.postgres.layout import (
    APP,
    DATABASE,
    DEFAULT_PORT,
    OWNER,
    REPORT,
    WORKER,
    Layout,
    asked_port,
)
from tresen.operations.postgres.state import read_state
from tresen.operations.words.speaking import gettext_noop as _

SCHEMES = ("postgres", "postgresql")
ROLE_NAMES: Mapping[Role, str] = {"app": APP, "owner": OWNER, "worker": WORKER, "report": REPORT}


class DatabaseUrlWrong(Trouble):
    """DATABASE_URL cannot be understood; the message says which part."""


def is_external(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("DATABASE_URL"))


def database_settings(role: Role, *, data: Path, environ: Mapping[str, str]) -> dict[str, object]:
    """NAME, USER, PASSWORD, HOST, PORT, and DEADLINE and CONNECT for our own backend.

    `data` is the data folder, resolved. The password is empty until the key is made. A server of
    one's own may be named for each role: DATABASE_URL_OWNER, …_WORKER and …_REPORT go before
    DATABASE_URL.
    """
    deadline: dict[str, object] = {"DEADLINE": LIMITS[role].deadline_seconds}
    if url := environ.get(f"DATABASE_URL_{role.upper()}") or environ.get("DATABASE_URL"):
        return {**_from_url(url), **deadline}
    return {**_embedded(role, Layout(data), environ), **deadline}


def libpq_parameters(role: Role, *, data: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The same for psycopg and libpq themselves; nothing that is empty."""
    found = database_settings(role, data=data, environ=environ)
    extra = found.get("CONNECT", {})
    assert isinstance(extra, dict)
    told = {
        "dbname": found["NAME"],
        "user": found["USER"],
        "password": found["PASSWORD"],
        "host": found["HOST"],
        "port": found["PORT"],
        "connect_timeout": CONNECT_SECONDS_MAX,
        **extra,
    }
    return {name: str(value) for name, value in told.items() if value}


def _embedded(role: Role, layout: Layout, environ: Mapping[str, str]) -> dict[str, object]:
    state = read_state(layout)
    port = state.port if state else asked_port(environ) or DEFAULT_PORT
    return {
        "NAME": DATABASE,
        "USER": ROLE_NAMES[role],
        "PASSWORD": read_password(layout, ROLE_NAMES[role]) or "",
        "HOST": str(layout.socket),
        "PORT": str(port),
    }


def _from_url(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise DatabaseUrlWrong(
            _(
                "DATABASE_URL begins with {scheme}; "
                "write postgresql://user:password@host:5432/database"
            ),
            scheme=repr(parts.scheme),
        )
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise DatabaseUrlWrong(_("DATABASE_URL names no database after the host"))
    try:
        port = parts.port
    except ValueError as wrong:
        raise DatabaseUrlWrong(_("DATABASE_URL: the port is no number up to 65535")) from wrong
    query = dict(parse_qsl(parts.query))
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONNECT": query,
    }
