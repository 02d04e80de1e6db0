"""The worker: loops that spread facts and send letters, and the job library's workers beside them.

It may be killed at any moment: what it had begun is found by another one. SIGTERM lets running
jobs end; whoever has not ended after STOP_SECONDS_MAX is left behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from tresen.domains.conversations.commands import BELL as LETTER_BELL
from tresen.entrypoints.schedule import jobs
from tresen.entrypoints.schedule.loops import Loop, listen, run
from tresen.foundation import clock
from tresen.foundation.database.connections import AsyncDeadlineConnection
from tresen.foundation.jobs import Lane
from tresen.foundation.journal.events import BELL as FACT_BELL
from tresen.workflows.caring.send_letters import send_letters
from tresen.workflows.reactions.relay import FACTS_MAX, spread

CONCURRENCY = {Lane.INSIDE: 2, Lane.OUTSIDE: 2}
POLL_SECONDS = 3.0
HEARTBEAT_SECONDS = 5.0
LETTERS_MAX = 50
JOB_SECONDS_MAX = 300.0
"""A job that takes longer is endless: the worker ends itself, since no thread can be stopped."""
STOP_SECONDS_MAX = 9.0
ENDLESS_EXIT, LATE_EXIT = 70, 75

log = structlog.get_logger(__name__)


class Stop:
    """The wish to stop, for the event loop and for threads."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.asked = False

    def ask(self) -> None:
        """At the first time politely; what has not ended soon is left behind."""
        if not self.asked:
            self.asked = True
            self.event.set()
            late = threading.Timer(STOP_SECONDS_MAX, _leave, (LATE_EXIT, "stopped_late"))
            late.daemon = True
            late.start()

    def is_asked(self) -> bool:
        return self.asked


async def work() -> int:
    """Work until SIGTERM or SIGINT; the exit code is 0 then, and 1 when a part of it failed."""
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.ask)
    parameters = _parameters()
    connector = PsycopgConnector(
        kwargs=parameters, connection_class=AsyncDeadlineConnection, min_size=1, max_size=4
    )
    log.info("worker_started", pid=os.getpid())
    with app.replace_connector(connector):
        await _open(stop)
        ears, *parts = _parts(stop, parameters)
        asked = asyncio.create_task(stop.event.wait())
        await asyncio.wait((asked, ears, *parts), return_when=asyncio.FIRST_COMPLETED)
        failed = not stop.asked
        stop.ask()
        ears.cancel()
        await asyncio.gather(ears, *parts, return_exceptions=True)
        with contextlib.suppress(Exception):
            await app.close_async()
    log.info("worker_stopped", pid=os.getpid(), failed=failed)
    return int(failed)


async def _open(stop: Stop) -> None:
    """Wait for the database, for as long as it takes."""
    while not stop.asked:
        try:
            await app.open_async()
        except (ConnectorException, psycopg.Error, OSError) as error:
            log.warning("waiting_for_database", error=type(error).__name__)
        else:
            return


def _parts(stop: Stop, parameters: dict[str, Any]) -> list[asyncio.Task[None]]:
    loops = _loops(stop)
    coroutines = (
        listen(loops, parameters=parameters, stopping=stop.event),
        *(run(loop, stop.event) for loop in loops),
        *(_keep_at_it(lane, stop) for lane in Lane),
    )
    return [asyncio.create_task(part) for part in coroutines]


def _loops(stop: Stop) -> tuple[Loop, ...]:
    return (
        Loop(
            name="relay",
            channel=FACT_BELL,
            every_seconds=POLL_SECONDS,
            full=FACTS_MAX,
            work=lambda now: spread(now=now),
        ),
        Loop(
            name="letters",
            channel=LETTER_BELL,
            every_seconds=POLL_SECONDS,
            full=LETTERS_MAX,
            work=lambda _: send_letters(clock=clock.now, limit=LETTERS_MAX, stop=stop.is_asked),
        ),
    )


async def _keep_at_it(lane: Lane, stop: Stop) -> None:
    """The job library's worker of one lane, begun anew when the database was away."""
    while not stop.asked:
        begun = time.monotonic()
        working = asyncio.create_task(app.run_worker_async(**_options(lane, stop)))
        asked = asyncio.create_task(stop.event.wait())
        await asyncio.wait((working, asked), return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        asked.cancel()
        try:
            await working
        except asyncio.CancelledError:
            return
        except (ConnectorException, psycopg.Error, OSError) as error:
            log.warning("lane_trouble", lane=lane, error=type(error).__name__)
        await asyncio.sleep(max(0.0, begun + 1.0 - time.monotonic()))


def _options(lane: Lane, stop: Stop) -> dict[str, Any]:
    return {
        "name": lane,
        "queues": [lane],
        "concurrency": CONCURRENCY[lane],
        "install_signal_handlers": False,
        "delete_jobs": "successful",
        "fetch_job_polling_interval": POLL_SECONDS,
        "update_heartbeat_interval": HEARTBEAT_SECONDS,
        "stalled_worker_timeout": jobs.STALLED_SECONDS,
        "additional_context": {jobs.STOPPING: stop.is_asked},
        "worker_middleware": [_limited],
    }


async def _limited(
    call_next: Callable[[], Awaitable[object]], context: JobContext, worker: Worker
) -> object:
    """The library's own middleware signature."""
    assert worker.app is context.app
    words = (ENDLESS_EXIT, f"job_endless:{context.job.task_name}")
    end = asyncio.get_running_loop().call_later(JOB_SECONDS_MAX, _leave, *words)
    try:
        return await call_next()
    finally:
        end.cancel()


def _leave(code: int, why: str) -> None:
    """Without ceremony: whatever was begun is found by the next worker."""
    log.error("worker_leaves", why=why, pid=os.getpid())
    os._exit(code)


def _parameters() -> dict[str, Any]:
    """How to connect, without what only Django's own backend understands."""
    given: dict[str, Any] = connector_params()
    return {name: value for name, value in given.items() if name != "deadline_seconds"}
