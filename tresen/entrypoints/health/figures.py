"""The figures of all processes, and those that only the database knows."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from tresen.entrypoints.health.checks import Finding, find_all
from tresen.entrypoints.shared.metrics import FOLDER
from tresen.foundation import sql

_NAMES = {
    "journal": ("tresen_journal_lag_seconds", "Age of the oldest fact that was not spread."),
    "lists": ("tresen_lists_staleness_seconds", "Age of the oldest fact lists do not show."),
    "worker": ("tresen_worker_heartbeat_age_seconds", "Since the worker was last seen."),
    "dead_letters": ("tresen_dead_letters", "Facts given up and letters not settled."),
    "disk": ("tresen_disk_free_bytes", "Room left for the data folder."),
    "migrations": ("tresen_migrations_missing", "Changes of the tables not applied."),
}


def figures(*, now: datetime) -> bytes:
    """Prometheus' text format."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(FOLDER))  # type: ignore[no-untyped-call]
    own = CollectorRegistry()
    findings = find_all(now=now)
    good = Gauge("tresen_check_good", "1 where a check is good.", ("check",), registry=own)
    for finding in findings:
        good.labels(finding.name).set(float(finding.good))
        _gauge(finding, own)
    if findings[0].good:
        _jobs(own)
    return generate_latest(registry) + generate_latest(own)


def _gauge(finding: Finding, registry: CollectorRegistry) -> None:
    if finding.figure is not None and finding.name in _NAMES:
        Gauge(*_NAMES[finding.name], registry=registry).set(finding.figure)


def _jobs(registry: CollectorRegistry) -> None:
    gauge = Gauge("tresen_jobs", "Jobs by state and lane.", ("lane", "state"), registry=registry)
    found = sql.rows(
        "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2"
    )
    for lane, state, count in found:
        gauge.labels(lane, state).set(cast("int", count))
