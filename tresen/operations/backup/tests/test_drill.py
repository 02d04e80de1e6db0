"""The drill that proves a backup by restoring it, and what it writes down."""

from __future__ import annotations

from functools import partial

import pytest

from tresen.foundation import clock
from tresen.operations.backup.drill import run_drill, sweep
from tresen.operations.backup.marker import leave_marker
from tresen.operations.backup.status import status_of_backups
from tresen.operations.backup.tests.make import Bench, sell
from tresen.operations.invariants.asking import ask_invariants
from tresen.operations.invariants.table import INVARIANTS
from tresen.operations.machine.locks import alone

pytestmark = pytest.mark.slow


def _backed_up(bench: Bench, *, broken: bool = False) -> None:
    with bench.running() as shop:
        shop.execute("CREATE TABLE orders_order (number text)")
        shop.execute("CREATE TABLE till (id int)")
        shop.execute("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'no'; END $$""")
        shop.execute(
            "CREATE TRIGGER till_append_only BEFORE UPDATE OR DELETE ON till "
            "FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
        shop.execute("INSERT INTO till SELECT generate_series(1, 7)")
        shop.execute("INSERT INTO orders_order VALUES ('1'), (%s)", ["1" if broken else "2"])
        sell(shop, 0, 5)
        with bench.following() as following:
            bench.take(following)
            leave_marker(bench.source, with_counts=True)
            bench.catch_up(following)


@pytest.fixture(autouse=True)
def _one_invariant(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bench has one table of a shop, with one column: numbers occur once."""
    only = tuple(one for one in INVARIANTS if one.code == "I-7")
    monkeypatch.setattr(
        "tresen.operations.backup.bring_back.ask_invariants",
        partial(ask_invariants, invariants=only),
    )


def test_a_drill_leaves_a_proof_and_nothing_else(bench: Bench) -> None:
    _backed_up(bench)

    failure = run_drill(bench.places, clock=clock.now, say=lambda _line: None)

    proof = status_of_backups(bench.places, now=clock.now()).last_proof
    assert failure == ""
    assert proof is not None
    assert (proof.held, proof.rows, proof.invariants) == (True, 7, 1)
    assert proof.lost_seconds is not None
    assert proof.lost_seconds < 60
    assert proof.bytes_per_second > 0
    assert list(bench.places.drills.iterdir()) == []


def test_one_drill_at_a_time_and_what_a_killed_one_left_is_swept(bench: Bench) -> None:
    left = bench.places.drills / "20260101T000000Z"
    left.mkdir(parents=True)
    with alone(bench.places.drill_lock, wait=False):
        refused = run_drill(bench.places, clock=clock.now, say=lambda _line: None)
        sweep(bench.places)
        assert left.exists(), "it may belong to the one that is running"

    sweep(bench.places)

    assert "Another drill is running" in refused
    assert not left.exists()
    assert not bench.places.proofs.exists()


@pytest.mark.drill
def test_a_drill_fails_when_the_data_contradicts_itself(bench: Bench) -> None:
    _backed_up(bench, broken=True)

    failure = run_drill(bench.places, clock=clock.now, say=lambda _line: None)

    status = status_of_backups(bench.places, now=clock.now())
    assert "Numbers of orders occur once: 1 (1)" in failure
    assert "proof_failed" in status.alarms
    assert list(bench.places.drills.iterdir()) == []


@pytest.mark.drill
def test_a_drill_fails_when_rows_are_missing(bench: Bench) -> None:
    _backed_up(bench)
    with bench.running() as shop, bench.following() as following:
        shop.execute("ALTER TABLE till DISABLE TRIGGER till_append_only")
        shop.execute("DELETE FROM till WHERE id = 7")
        bench.catch_up(following)

    failure = run_drill(bench.places, clock=clock.now, say=lambda _line: None)

    assert "till: 6 instead of at least 7" in failure


def test_a_drill_fails_on_rot_and_without_an_identity(bench: Bench) -> None:
    _backed_up(bench)
    data = next(bench.places.target.rglob("data.age"))
    sound = data.read_bytes()

    data.write_bytes(sound[:-1])
    rotten = run_drill(bench.places, clock=clock.now, say=lambda _line: None)
    data.write_bytes(sound)
    for path in (bench.places.machine_identity, bench.places.demo_identity):
        path.rename(path.with_name(f"moved_{path.name}"))
    without = run_drill(bench.places, clock=clock.now, say=lambda _line: None)
    by_paper = run_drill(
        bench.places,
        clock=clock.now,
        say=lambda _line: None,
        identity_files=[bench.places.keys / "moved_backup_identity_demo"],
    )

    assert rotten.startswith("Changed or missing in")
    assert "--identity FILE" in without
    assert by_paper == ""
