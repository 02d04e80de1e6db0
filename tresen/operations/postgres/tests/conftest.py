"""Servers of their own for these tests: durable ones, in folders that are removed at the end."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.server import stop, using_server, wait_until_stopped


@contextmanager
def _open_folder() -> Iterator[Path]:
    """Whatever runs in it is stopped at the end."""
    made = Path(tempfile.mkdtemp(prefix="tresen-operations-")).resolve()
    made.chmod(0o755)
    data = made / "data"
    try:
        yield data
    finally:
        stop(data, at_once=True)
        wait_until_stopped(data)
        layout = Layout(data)
        for leftover in (layout.home.resolve(), layout.socket, made):
            shutil.rmtree(leftover, ignore_errors=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where no server has ever been."""
    with _open_folder() as data:
        yield data


@pytest.fixture(scope="session")
def _finished() -> Iterator[Path]:
    with _open_folder() as data:
        with using_server(data, environ={}):
            pass
        assert wait_until_stopped(data)
        yield data


@pytest.fixture
def shop(_finished: Path) -> Iterator[Path]:
    """A copy of a server that was started once and stands still."""
    with _open_folder() as data:
        subprocess.run(["cp", "-a", str(_finished), str(data)], check=True)
        yield data
