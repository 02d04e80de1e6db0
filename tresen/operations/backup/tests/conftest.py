"""A durable server with a table of sales, copied for each test that wants one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tresen.operations.backup.tests.make import Bench
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.server import stop, using_server, wait_until_stopped


@contextmanager
def _open_folder() -> Iterator[Path]:
    """Whatever runs in it is stopped at the end; what was restored beside it goes, too."""
    made = Path(tempfile.mkdtemp(prefix="tresen-backup-")).resolve()
    made.chmod(0o755)
    data = made / "data"
    try:
        yield data
    finally:
        stop(data, at_once=True)
        wait_until_stopped(data)
        for shop in (data, *made.glob("restored*")):
            layout = Layout(shop)
            for leftover in (layout.home.resolve(), layout.socket):
                shutil.rmtree(leftover, ignore_errors=True)
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def _finished() -> Iterator[Path]:
    with _open_folder() as data:
        with using_server(data, environ={}):
            pass
        assert wait_until_stopped(data)
        yield data


@pytest.fixture
def bench(_finished: Path) -> Iterator[Bench]:
    """A shop's folder with a server that stands still, and two identities."""
    with _open_folder() as data:
        subprocess.run(["cp", "-a", str(_finished), str(data)], check=True)
        yield Bench(data)
