"""The embedded server under good and bad treatment."""

from __future__ import annotations

import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tools.ports import free_port
from tresen.operations.machine.locks import is_held
from tresen.operations.machine.processes import is_alive, wait_for_end
from tresen.operations.postgres.address import database_settings
from tresen.operations.postgres.keys import key_file
from tresen.operations.postgres.layout import APP, CHECKOUT, SUPERUSER, Layout
from tresen.operations.postgres.provision import EXTENSIONS
from tresen.operations.postgres.server import (
    StillInUse,
    ensure_running,
    start_kept,
    status_of,
    stop,
    using_server,
    wait_until_stopped,
)
from tresen.operations.postgres.state import ServerState, read_state

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 20.0


def connect(
    data: Path, role: str = "owner", *, host: str | None = None
) -> psycopg.Connection[tuple[object, ...]]:
    assert role in {"owner", "app"}
    given = database_settings(role, data=data, environ={})  # type: ignore[arg-type]
    return psycopg.connect(
        host=host or str(given["HOST"]),
        port=str(given["PORT"]),
        user=str(given["USER"]),
        password=str(given["PASSWORD"]),
        dbname=str(given["NAME"]),
        autocommit=True,
        connect_timeout=5,
    )


def value_of(connection: psycopg.Connection[tuple[object, ...]], query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def wait_for_another(layout: Layout, before: ServerState) -> ServerState:
    until = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < until:
        now = read_state(layout)
        if now and now.phase == "ready" and now.server_pid != before.server_pid:
            return now
        time.sleep(0.02)
    raise AssertionError("no new server")


def test_a_first_start_gives_a_sound_server_that_ends_with_its_last_user(folder: Path) -> None:
    with using_server(folder, environ={}) as state, connect(folder) as owner:
        assert state is not None
        told = {
            name: value_of(owner, f"SHOW {name}")
            for name in ("server_encoding", "data_checksums", "fsync", "listen_addresses")
        }
        extensions = {row[0] for row in owner.execute("SELECT extname FROM pg_extension")}
        lowered = value_of(owner, "SELECT lower('ÄÖÜẞ')")

    assert told == {
        "server_encoding": "UTF8",
        "data_checksums": "on",
        "fsync": "on",
        "listen_addresses": "",
    }
    assert set(EXTENSIONS) < extensions
    assert lowered == "äöüß"
    assert wait_until_stopped(folder)
    assert not is_alive(state.server_pid)
    assert read_state(Layout(folder)) is None


def test_the_application_may_write_rows_but_not_change_tables(shop: Path) -> None:
    with using_server(shop, environ={}), connect(shop) as owner, connect(shop, "app") as app:
        owner.execute("CREATE TABLE note (id bigserial, text text)")

        app.execute("INSERT INTO note (text) VALUES ('a')")
        app.execute("UPDATE note SET text = 'b'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("ALTER TABLE note ADD COLUMN more text")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE other (id bigint)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE note")

        assert value_of(owner, "SELECT string_agg(text, ',') FROM note") == "b"
        assert value_of(app, "SHOW statement_timeout") == "15s"
        assert value_of(app, "SHOW lock_timeout") == "5s"
        assert value_of(app, "SHOW idle_in_transaction_session_timeout") == "1min"
        assert value_of(owner, "SHOW statement_timeout") == "10min"


def test_a_wrong_password_is_refused_on_the_socket(shop: Path) -> None:
    with using_server(shop, environ={}):
        host = str(Layout(shop).socket)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host=host, user=APP, password="guess", dbname="tresen")


def test_a_server_killed_in_the_middle_comes_back_with_every_acknowledged_row(
    shop: Path,
) -> None:
    layout = Layout(shop)
    with using_server(shop, environ={}) as before:
        assert before is not None
        with connect(shop) as owner:
            owner.execute("CREATE TABLE sale (id int)")
            owner.execute("INSERT INTO sale SELECT generate_series(1, 1000)")

        os.kill(before.server_pid, signal.SIGKILL)
        after = wait_for_another(layout, before)

        with connect(shop) as owner:
            assert value_of(owner, "SELECT count(*) FROM sale") == 1000
    assert after.guard_pid == before.guard_pid


def test_a_server_dies_with_its_guard_and_the_next_user_starts_both_anew(shop: Path) -> None:
    layout = Layout(shop)
    with using_server(shop, environ={}) as before:
        assert before is not None
        os.kill(before.guard_pid, signal.SIGKILL)
        assert wait_for_end(before.server_pid, within_seconds=LIMIT_SECONDS)

        with using_server(shop, environ={}) as after:
            assert after is not None
            assert after.server_pid not in {0, before.server_pid}
            with connect(shop) as owner:
                assert value_of(owner, "SELECT 1") == 1
    assert wait_until_stopped(Layout(shop).data)
    assert not layout.pid_file.exists()


def test_a_second_user_shares_the_server_and_keeps_it_when_the_first_leaves(shop: Path) -> None:
    first = using_server(shop, environ={})
    state = first.__enter__()
    with using_server(shop, environ={}) as shared_state:
        first.__exit__(None, None, None)
        time.sleep(0.6)  # three ticks of the guard

        assert shared_state == state
        with connect(shop) as owner:
            assert value_of(owner, "SELECT 1") == 1
    assert wait_until_stopped(shop)


def test_a_user_that_is_killed_does_not_leave_the_server_behind(shop: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from tresen.operations.postgres.server import using_server\n"
        f"with using_server(Path({str(shop)!r}), environ={{}}) as state:\n"
        "    print(state.server_pid, flush=True); time.sleep(60)\n"
    )
    user = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert user.stdout is not None
    server = int(user.stdout.readline())

    user.kill()
    user.wait()
    user.stdout.close()

    assert wait_for_end(server, within_seconds=LIMIT_SECONDS)
    assert wait_until_stopped(shop)


@pytest.mark.parametrize("stale", ["999999999", "{me}", "1"])
def test_a_stale_pid_file_is_no_obstacle(stale: str, shop: Path) -> None:
    layout = Layout(shop)
    lines = [stale.format(me=os.getpid()), str(layout.cluster), "0", "5432", "", "", "", "ready"]
    layout.pid_file.write_text("\n".join(lines) + "\n")
    about = layout.cluster.stat()
    os.chown(layout.pid_file, about.st_uid, about.st_gid)
    layout.pid_file.chmod(0o600)

    with using_server(shop, environ={}), connect(shop) as owner:
        assert value_of(owner, "SELECT 1") == 1


def test_the_socket_of_a_long_path_is_short_and_private(folder: Path) -> None:
    long = folder / ("long" * 15) / ("path" * 15)
    short = Layout(long).socket
    try:
        with using_server(long, environ={}), connect(long) as owner:
            assert value_of(owner, "SELECT 1") == 1
            assert stat.S_IMODE(short.stat().st_mode) == 0o700
        assert wait_until_stopped(long)
    finally:
        stop(long, at_once=True)
        short.rmdir()


def test_tcp_is_opened_only_on_request(shop: Path) -> None:
    port = free_port()
    with using_server(shop, environ={"TRESEN_DB_PORT": str(port)}) as told:
        assert told is not None
        assert (told.port, told.tcp) == (port, True)
        with connect(shop, host="127.0.0.1") as owner:
            assert value_of(owner, "SELECT 1") == 1
    assert wait_until_stopped(shop)

    with using_server(shop, environ={}) as told:
        assert told is not None
        assert told.tcp is False
        with pytest.raises(psycopg.OperationalError):
            connect(shop, host="127.0.0.1")


def test_lost_keys_heal_at_the_next_start(shop: Path) -> None:
    layout = Layout(shop)
    key_file(layout, SUPERUSER).unlink()
    key_file(layout, APP).unlink()

    with using_server(shop, environ={}), connect(shop, "app") as app:
        assert value_of(app, "SELECT current_user") == APP


def test_a_kept_server_stays_until_it_is_stopped_but_not_under_a_user(shop: Path) -> None:
    state = start_kept(shop, environ={})
    time.sleep(0.6)  # three ticks of the guard
    assert is_alive(state.server_pid)

    with using_server(shop, environ={}), pytest.raises(StillInUse):
        stop(shop, at_once=False)
    start_kept(shop, environ={})
    stopped = stop(shop, at_once=False)

    assert stopped
    assert not is_alive(state.server_pid)
    assert not status_of(shop).running
    assert stop(shop, at_once=False) is False


def test_two_starters_at_once_get_one_server(folder: Path) -> None:
    script = (
        "from pathlib import Path; import time\n"
        "from tresen.operations.postgres.server import using_server\n"
        f"with using_server(Path({str(folder)!r}), environ={{}}) as state:\n"
        "    print(state.guard_pid, state.server_pid, flush=True); time.sleep(1)\n"
    )
    starters = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=CHECKOUT)
        for _ in range(3)
    ]

    answers = {starter.communicate(timeout=60)[0] for starter in starters}

    assert len(answers) == 1
    assert {starter.returncode for starter in starters} == {0}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_runs_the_server_as_an_ordinary_account_and_gives_away_no_more_than_needed(
    folder: Path,
) -> None:
    layout = Layout(folder)
    with using_server(folder, environ={}) as state:
        assert state is not None
        runs_as = os.stat(f"/proc/{state.server_pid}").st_uid  # noqa: PTH116

    assert runs_as != 0
    assert layout.cluster.stat().st_uid == runs_as
    assert {path.stat().st_uid for path in (layout.data, layout.keys, layout.run)} == {0}
    assert pwd.getpwuid(runs_as).pw_name in {"postgres", "nobody"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_in_a_closed_home_gets_a_system_folder_by_a_link(folder: Path) -> None:
    folder.parent.chmod(0o700)

    with using_server(folder, environ={}), connect(folder) as owner:
        assert value_of(owner, "SELECT 1") == 1

    home = Layout(folder).home
    assert home.is_symlink()
    assert home.readlink().parent == Path("/var/lib")
    assert folder.parent.stat().st_mode & 0o077 == 0


def test_a_server_that_cannot_start_says_why(shop: Path) -> None:
    layout = Layout(shop)
    (layout.cluster / "local.conf").write_text("shared_buffers = 'plenty'\n")
    (layout.cluster / "local.conf").chmod(0o644)

    with pytest.raises(Exception, match='invalid value for parameter "shared_buffers"'):
        ensure_running(layout, environ={})
    deadline = time.monotonic() + LIMIT_SECONDS
    while is_held(layout.guard_lock):
        assert time.monotonic() < deadline, "the guard stays"
        time.sleep(0.05)
