"""Backups: how fast they are taken, brought back and proved, and what waiting for them costs.

A durable server of its own with rows that do not compress much. Restoring is measured by the same
code as the nightly drill. Run alone: python -m bench.backup [--mib 400]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import psycopg

from bench.common import keep
from tresen.foundation import clock
from tresen.operations.backup.drill import run_drill
from tresen.operations.backup.marker import leave_marker
from tresen.operations.backup.prune import bytes_in
from tresen.operations.backup.source import set_synchronous
from tresen.operations.backup.status import status_of_backups
from tresen.operations.backup.tests.make import Bench
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.server import stop, wait_until_stopped

COMMITS = 500
ROW_BYTES = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mib", type=int, default=400)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tresen-bench-")).resolve()
    folder.chmod(0o755)
    data = folder / "data"
    try:
        keep("backup", _measure(Bench(data), mib=asked.mib))
    finally:
        stop(data, at_once=True)
        wait_until_stopped(data)
        for place in (Layout(data).home.resolve(), Layout(data).socket, folder):
            shutil.rmtree(place, ignore_errors=True)


def _measure(bench: Bench, *, mib: int) -> dict[str, object]:
    figures: dict[str, object] = {"load_average": round(os.getloadavg()[0], 1)}
    with bench.running() as shop:
        shop.execute(
            "INSERT INTO sale SELECT n, string_agg(md5(random()::text), '') "
            "FROM generate_series(1, %s) n, generate_series(1, %s) GROUP BY n",
            [mib * 1024 * 1024 // ROW_BYTES, ROW_BYTES // 32],
        )
        figures["commit_ms_without_backup"] = _commits(shop, first=-COMMITS)
        with bench.following() as following:
            begun = time.monotonic()
            manifest = bench.take(following)
            whole = time.monotonic() - begun
            figures["commit_ms_followed"] = _commits(shop, first=-2 * COMMITS)
            leave_marker(bench.source, with_counts=True)
            bench.catch_up(following)
        bench.synchronous()
        with bench.following() as following:
            figures["commit_ms_waiting_for_the_target"] = _commits(shop, first=-3 * COMMITS)
            bench.catch_up(following)
        set_synchronous(bench.places, standby="")
    figures["base_backup"] = {
        "clear_mb": round(manifest.clear_bytes / 1e6),
        "encrypted_mb": round(manifest.bytes / 1e6),
        "seconds": manifest.seconds,
        "mb_per_second": round(manifest.clear_bytes / 1e6 / manifest.seconds, 1),
        "seconds_with_log_and_list": round(whole, 2),
    }
    figures["target_mb"] = round(bytes_in(bench.target) / 1e6)
    return {**figures, "restore": _restore(bench)}


def _restore(bench: Bench) -> dict[str, object]:
    failure = run_drill(bench.places, clock=clock.now, say=lambda _line: None)
    assert not failure, failure
    proof = status_of_backups(bench.places, now=clock.now()).last_proof
    assert proof is not None
    return {
        "clear_mb": round(proof.clear_bytes / 1e6),
        "seconds_until_data_is_there": proof.restore_seconds,
        "mb_per_second": round(proof.bytes_per_second / 1e6, 1),
        "seconds_with_all_checks": proof.seconds,
        **proof.figures,
    }


def _commits(shop: psycopg.Connection[tuple[object, ...]], *, first: int) -> dict[str, float]:
    taken = []
    for number in range(first, first + COMMITS):
        begun = time.perf_counter()
        shop.execute("INSERT INTO sale VALUES (%s, 'x')", [number])
        taken.append((time.perf_counter() - begun) * 1000)
    ordered = sorted(taken)
    return {
        "p50": round(statistics.median(ordered), 3),
        "p99": round(ordered[int(COMMITS * 0.99)], 3),
    }


if __name__ == "__main__":
    main()
