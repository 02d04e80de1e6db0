"""The figures of all processes, and those that only the database knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import cast

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tresen.entrypoints.health.checks import Finding, find_all
from tresen.entrypoints.shared.metrics import FOLDER
from tresen.foundation import sql

_NAMES = {
    "journal": ("tresen_journal_lag_seconds", "Age of the oldest fact that was not spread."),
    "lists": ("tresen_lists_staleness_seconds", "Age of the oldest fact lists do not show."),
    "worker": ("tresen_worker_heartbeat_age_seconds", "Since the worker was last seen."),
    "audit": ("tresen_audit_unsealed_seconds", "Age of the oldest deed without a seal."),
    "frozen": ("tresen_shop_frozen", "1 while the shop is frozen."),
    "dead_letters": ("tresen_dead_letters", "Facts given up and letters not settled."),
    "disk": ("tresen_disk_free_bytes", "Room left for the data folder."),
    "backups": ("tresen_backup_age_seconds", "Since the last moment that lies in the backups."),
    "migrations": ("tresen_migrations_missing", "Changes of the tables not applied."),
}


def figures(*, now: datetime) -> bytes:
    """Prometheus' text format."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(FOLDER))  # type: ignore[no-untyped-call]
    own = CollectorRegistry()
    own.register(_Asked(find_all(now=now)))
    return generate_latest(registry) + generate_latest(own)


class _Asked(Collector):
    """What was found out just now: it belongs to no process, and to no process's file."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings

    def collect(self) -> Iterator[Metric]:
        good = GaugeMetricFamily("tresen_check_good", "1 where a check is good.", labels=("check",))
        for finding in self.findings:
            good.add_metric((finding.name,), float(finding.good))
        yield good
        for finding in self.findings:
            if finding.figure is not None and finding.name in _NAMES:
                yield GaugeMetricFamily(*_NAMES[finding.name], value=finding.figure)
        if self.findings[0].good:
            yield _jobs()


def _jobs() -> Metric:
    jobs = GaugeMetricFamily("tresen_jobs", "Jobs by state and lane.", labels=("lane", "state"))
    found = sql.rows(
        "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2"
    )
    for lane, state, count in found:
        jobs.add_metric((cast("str", lane), cast("str", state)), cast("int", count))
    return jobs
