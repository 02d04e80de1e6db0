"""The worker's last resorts: a job without end, and a stop that takes too long."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from tresen.entrypoints.schedule import worker
from tresen.entrypoints.schedule.worker import Stop


def drill(*, job_ends: bool, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """How the process left while a job ran that ends by itself, or only once the worker left."""
    left: list[tuple[int, str]] = []
    gone = asyncio.Event()

    def leave(code: int, why: str) -> None:
        left.append((code, why))
        gone.set()

    async def job() -> None:
        if not job_ends:
            await gone.wait()

    monkeypatch.setattr(worker, "_leave", leave)
    monkeypatch.setattr(worker, "JOB_SECONDS_MAX", 0.0)
    app: Any = SimpleNamespace()
    context: Any = SimpleNamespace(app=app, job=SimpleNamespace(task_name="hear"))
    asyncio.run(_limited(job, context, SimpleNamespace(app=app)))
    return left


async def _limited(job: Any, context: Any, of: Any) -> None:
    await worker._limited(job, context, of)
    await asyncio.sleep(0)


def test_a_job_without_end_takes_the_worker_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    left = drill(job_ends=False, monkeypatch=monkeypatch)

    assert left == [(worker.ENDLESS_EXIT, "job_endless:hear")]


def test_a_job_that_ends_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drill(job_ends=True, monkeypatch=monkeypatch) == []


def test_who_does_not_stop_in_time_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[tuple[float, tuple[int, str]]] = []

    class Timer:
        daemon = False

        def __init__(self, seconds: float, _do: object, words: tuple[int, str]) -> None:
            timers.append((seconds, words))

        def start(self) -> None:
            assert self.daemon

    monkeypatch.setattr(threading, "Timer", Timer)
    stop = Stop()

    stop.ask()
    stop.ask()

    assert stop.is_asked()
    assert stop.event.is_set()
    assert timers == [(worker.STOP_SECONDS_MAX, (worker.LATE_EXIT, "stopped_late"))]
    assert worker.STOP_SECONDS_MAX < 10
