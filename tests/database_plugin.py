"""pytest plugin: each run gets a throw-away PostgreSQL of its own (`-p tests.database_plugin`).

The environment is set when the plugin is loaded, before Django reads its settings; the server
starts with the session, beside collection, and is waited for before the first test. Its guard
stops it and removes the folder when this process ends, however it ends.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tresen.operations.machine.locks import shared
from tresen.operations.postgres.keys import make_missing_keys
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.provision import superuser
from tresen.operations.postgres.server import start_guard, using_server
from tresen.operations.words.catalogs import compile_words

FOLDER_MODE = 0o755
"""The server's account walks through it; keys and data inside are private."""
IGNORED = ("DATABASE_URL", "TRESEN_DB_PORT", "TRESEN_KEY_FILE", "TRESEN_PUBLIC_URL", "PORT")
"""A developer's own shop must not leak into the tests, nor the tests into it."""


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _point_to_own_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tresen-test-")).resolve()
    folder.chmod(FOLDER_MODE)
    for name in IGNORED:
        os.environ.pop(name, None)
    os.environ["TRESEN_DATA"] = str(folder)
    os.environ["TRESEN_DB_ROLE"] = "owner"
    os.environ["TRESEN_LANGUAGE"] = "en"
    os.environ["TRESEN_DEMO_PAYMENTS"] = "1"
    make_missing_keys(Layout(folder))
    return folder


FOLDER = Path(os.environ["TRESEN_DATA"]) if _is_worker() else _point_to_own_folder()
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
os.environ["TRESEN_DEMO_CARD_BOOKS"] = str(FOLDER / "demo" / f"card-{_WORKER}.sqlite3")
_OPEN = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Make the cluster while pytest collects; German is compiled before anybody reads it."""
    if _is_worker() or session.config.option.collectonly:
        return
    compile_words()
    layout = Layout(FOLDER)
    _OPEN.enter_context(shared(layout.users_lock))
    start_guard(layout, environ={}, throwaway=True)


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Workers get their first test after this, too."""
    if not _is_worker() and not session.config.option.collectonly:
        state = _OPEN.enter_context(using_server(FOLDER, environ={}, throwaway=True))
        assert state is not None
        _keep_planner_unknowing(state.port)
    return (yield)


def _keep_planner_unknowing(port: int) -> None:
    """Tests fill tables inside one transaction: whoever counts them meanwhile counts nobody, and
    the planner then reads them row by row for minutes. Of tables never counted it thinks better.
    """
    with superuser(Layout(FOLDER), port=port, database="postgres") as connection:
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """The guard sees that nobody is left, and removes the folder."""
    _OPEN.close()


def _remove_unused() -> None:
    """Where no guard was ever started: a mere collection, a mistyped option."""
    if not Layout(FOLDER).guard_lock.exists():
        shutil.rmtree(FOLDER, ignore_errors=True)


if not _is_worker():
    atexit.register(_remove_unused)
