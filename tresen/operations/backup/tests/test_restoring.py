"""What was acknowledged comes back: to a second in between, and to the last."""

from __future__ import annotations

import os
import shutil
import signal
import time
from datetime import timedelta

import pytest

from tresen.operations.backup.journal import FOLDER, list_parts, pieces_of, whole_segments
from tresen.operations.backup.marker import leave_marker
from tresen.operations.backup.plan import SegmentMissing, TimeOutOfReach, plan_restore
from tresen.operations.backup.receiver import Receiver
from tresen.operations.backup.tests.make import Bench, now_of, opened, sales, sell
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.server import RestoreUnfinished, using_server, wait_until_stopped
from tresen.operations.postgres.state import read_state

pytestmark = pytest.mark.slow
ORPHANS_SECONDS_MAX = 20.0


def _destroy(bench: Bench) -> None:
    """Power off and the disk of the database gone: guard and server are killed, files removed."""
    state = read_state(Layout(bench.data))
    assert state is not None
    os.kill(state.guard_pid, signal.SIGKILL)
    os.kill(state.server_pid, signal.SIGKILL)
    home = Layout(bench.data).home.resolve()
    until = time.monotonic() + ORPHANS_SECONDS_MAX
    while home.exists() and time.monotonic() < until:
        shutil.rmtree(home, ignore_errors=True)  # orphans write until they see that they are some
    assert not home.exists()


def test_each_acknowledged_sale_comes_back_after_the_database_is_gone(bench: Bench) -> None:
    bench.synchronous()
    with bench.running() as shop, bench.following() as following:
        bench.take(following)
        sell(shop, 0, 300)
        _destroy(bench)

    restored = bench.restore("latest")

    with opened(restored) as copy:
        assert sales(copy) == set(range(300))


@pytest.mark.drill
def test_without_waiting_for_the_receiver_the_last_sales_may_be_lost(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same drill with a receiver that is behind."""
    with bench.running() as shop, bench.following() as following:
        bench.take(following)
        sell(shop, 0, 10)
        bench.catch_up(following)
        monkeypatch.setattr(Receiver, "_has_news", lambda _self: False)
        sell(shop, 10, 50)
        _destroy(bench)

    restored = bench.restore("latest")

    with opened(restored) as copy:
        found = sales(copy)
    assert set(range(10)) <= found
    assert found != set(range(60))


def test_a_moment_in_between_has_what_was_sold_by_then_and_nothing_later(bench: Bench) -> None:
    with bench.running() as shop, bench.following() as following:
        bench.take(following)
        sell(shop, 0, 20)
        moment = now_of(shop)
        sell(shop, 20, 20)
        shop.execute("DELETE FROM sale")
        bench.catch_up(following)

    restored = bench.restore(moment.isoformat())
    late = bench.restore("latest", name="restored-late")

    with opened(restored) as copy:
        assert sales(copy) == set(range(20))
    with opened(late) as copy:
        assert sales(copy) == set()
    assert restored.checked.invariants == 0, "a shop without tables has none to break"


@pytest.mark.drill
def test_a_backup_by_name_is_the_moment_it_was_finished(bench: Bench) -> None:
    with bench.running() as shop, bench.following() as following:
        sell(shop, 0, 5)
        manifest = bench.take(following)
        sell(shop, 5, 5)
        bench.catch_up(following)

    restored = bench.restore(manifest.id)

    with opened(restored) as copy:
        assert sales(copy) == set(range(5))


@pytest.mark.drill
def test_a_moment_of_silence_after_the_last_sale_can_be_asked_for(bench: Bench) -> None:
    with bench.running() as shop, bench.following() as following:
        bench.take(following)
        sell(shop, 0, 5)
        time.sleep(0.05)
        leave_marker(bench.source, with_counts=False)
        bench.catch_up(following)
    reaches = plan_restore(bench.target, "latest").reaches

    restored = bench.restore(reaches.isoformat())

    with opened(restored) as copy:
        assert sales(copy) == set(range(5))


@pytest.mark.drill
def test_a_receiver_that_was_killed_leaves_no_gap(bench: Bench) -> None:
    """Several segments, with a break in the middle of one."""
    with bench.running() as shop:
        with bench.following() as following:
            bench.take(following)
            shop.execute(
                "INSERT INTO sale SELECT n, repeat(md5(n::text), 20) "
                "FROM generate_series(0, 29999) n"
            )
            following.stop.set()
        shop.execute(
            "INSERT INTO sale SELECT n, repeat(md5(n::text), 20) "
            "FROM generate_series(30000, 59999) n"
        )
        with bench.following() as following:
            bench.catch_up(following)
            chain = following.chain
    assert chain is not None
    parts = list_parts(bench.target, chain.id, size=chain.segment_bytes)
    whole = sorted(whole_segments(parts))

    restored = bench.restore("latest")

    assert len(whole) >= 3
    assert [one.number for one in whole] == list(range(whole[0].number, whole[-1].number + 1))
    assert pieces_of(whole[-1].next(), parts)
    with opened(restored) as copy:
        assert len(sales(copy)) == 60000


def test_a_missing_segment_is_named_and_nothing_is_restored(bench: Bench) -> None:
    """What went wrong first when this was tried by hand: nobody had kept the first segment."""
    with bench.running() as shop, bench.following() as following:
        bench.take(following)
        for first in (0, 1000):
            shop.execute("SELECT pg_catalog.pg_sleep(0)")
            sell(shop, first, 10)
            shop.execute(
                "INSERT INTO sale SELECT n, repeat(md5(n::text), 500) FROM "
                "generate_series(%s::int, %s::int) n",
                [first + 100, first + 900],
            )
        bench.catch_up(following)
    segments = [name for name in bench.target.names(FOLDER) if name.count("/") == 2]
    assert plan_restore(bench.target, "latest").stretches
    lost = segments[1]
    bench.target.delete(lost)

    with pytest.raises(SegmentMissing, match=r"gap|is missing"):
        plan_restore(bench.target, plan_restore_late(bench))

    assert not (bench.data.parent / "restored").exists()


def plan_restore_late(bench: Bench) -> str:
    parts = [
        part
        for chain in (bench.target.names(FOLDER)[0].split("/")[1],)
        for part in list_parts(bench.target, chain, size=16 * 1024 * 1024)
    ]
    return max(part.until for part in parts).isoformat()


@pytest.mark.drill
def test_a_moment_before_the_first_backup_is_refused_with_the_earliest(bench: Bench) -> None:
    with bench.running(), bench.following() as following:
        manifest = bench.take(following)
    early = manifest.consistent_at - timedelta(hours=1)

    with pytest.raises(TimeOutOfReach, match="earliest moment is"):
        plan_restore(bench.target, early.isoformat())
    with pytest.raises(TimeOutOfReach, match="after the last byte of log"):
        plan_restore(bench.target, (manifest.consistent_at + timedelta(days=1)).isoformat())


@pytest.mark.drill
def test_no_shop_opens_on_a_restore_that_was_broken_off(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bench.running(), bench.following() as following:
        bench.take(following)

    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("tresen.operations.backup.bring_back.check_pages", broken)
    with pytest.raises(RuntimeError, match="power cut"):
        bench.restore("latest")

    with pytest.raises(RestoreUnfinished), using_server(bench.data.parent / "restored", environ={}):
        pass
    assert wait_until_stopped(bench.data.parent / "restored")


@pytest.mark.drill
def test_incremental_backups_are_put_together(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tresen.operations.backup.take.INCREMENTAL_FROM_BYTES", 0)
    with bench.running() as shop, bench.following() as following:
        shop.execute(
            "INSERT INTO sale SELECT n, repeat(md5(n::text), 20) FROM generate_series(0, 19999) n"
        )
        full = bench.take(following)
        sell(shop, 20000, 5)
        second = bench.take(following)
        sell(shop, 20005, 5)
        third = bench.take(following)
        sell(shop, 20010, 5)
        bench.catch_up(following)

    restored = bench.restore("latest")

    assert [one.kind for one in (full, second, third)] == ["full", "incremental", "incremental"]
    assert third.parents == (full.id, second.id)
    assert third.parts[0].bytes < full.parts[0].bytes / 3
    with opened(restored) as copy:
        assert sales(copy) == set(range(20015))
