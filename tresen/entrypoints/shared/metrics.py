"""What is counted about requests. Each process counts in its own file; /metrics adds them up."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from prometheus_client import Counter, Histogram

FILE_SECONDS_KEPT = 86_400.0
"""A dead process' counts are kept for a day, so that a restart does not look like a reset."""
BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5.0, 10.0)


def _folder() -> Path:
    """Where the processes' files lie, without those of the long dead."""
    folder = Path(settings.METRICS_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        pid = file.stem.rpartition("_")[2]
        old = time.time() - file.stat().st_mtime > FILE_SECONDS_KEPT
        if old and pid.isdecimal() and not Path(f"/proc/{pid}").exists():
            file.unlink(missing_ok=True)
    return folder


FOLDER = _folder()
REQUESTS = Counter("tresen_requests", "Requests answered.", ("route", "method", "status"))
SECONDS = Histogram(
    "tresen_request_seconds", "Time to answer a request.", ("route",), buckets=BUCKETS
)


def count_request(*, route: str, method: str, status: int, nanoseconds: int) -> None:
    """One more. Routes are names of ours, so that their number is bounded."""
    counter, histogram = _meters(route, method, status)
    counter.inc()
    histogram.observe(nanoseconds / 1_000_000_000)


@lru_cache(maxsize=4096)
def _meters(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(route, method, str(status)), SECONDS.labels(route)
