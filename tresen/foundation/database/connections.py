"""psycopg connections on which no call waits longer than its deadline.

Every wait of psycopg for the server (statements, fetches, COPY, pipelines, commits) goes through
one method. It is given a limit here; no thread, and below a microsecond a call.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import Any, TypeVar

import psycopg
from psycopg import Notify
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from psycopg.rows import TupleRow

from tresen.foundation.database.limits import LIMITS

RV = TypeVar("RV")

DEFAULT_DEADLINE_SECONDS = float(LIMITS["app"].deadline_seconds)
WAKE_SECONDS = 0.1
"""How often a wait looks at its clock and at Ctrl-C; an answer ends it at once."""


class DeadlinePassed(psycopg.OperationalError):
    """The server did not answer in time; the connection is closed, the outcome unknown."""


def _passed(seconds: float) -> DeadlinePassed:
    return DeadlinePassed(
        f"the database did not answer within {seconds:g} s; the connection was closed"
    )


class DeadlineConnection(psycopg.Connection[TupleRow]):
    """A connection with a deadline; `connect(…, deadline_seconds=…)` sets another one."""

    deadline_seconds: float | None = DEFAULT_DEADLINE_SECONDS

    @classmethod
    def connect(  # type: ignore[override]  # one keyword more than psycopg's own
        cls, conninfo: str = "", *, deadline_seconds: float | None = None, **parameters: Any
    ) -> DeadlineConnection:
        made = super().connect(conninfo, **parameters)
        if deadline_seconds is not None:
            made.deadline_seconds = deadline_seconds
        return made

    def wait(
        self, gen: PQGen[RV], interval: float = WAKE_SECONDS, timeout: float | None = None
    ) -> RV:
        seconds = self.deadline_seconds
        if timeout is not None or seconds is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, seconds)
        except _WaitTimeout:
            self.pgconn.finish()
            raise _passed(seconds) from None

    def notifies(
        self, *, timeout: float | None = None, stop_after: int | None = None
    ) -> Generator[Notify]:
        """Listening is meant to wait: it has no deadline but the one that is given."""
        before, self.deadline_seconds = self.deadline_seconds, None
        try:
            yield from super().notifies(timeout=timeout, stop_after=stop_after)
        finally:
            self.deadline_seconds = before


class AsyncDeadlineConnection(psycopg.AsyncConnection[TupleRow]):
    """The same for asyncio, as the job library uses it."""

    deadline_seconds: float | None = DEFAULT_DEADLINE_SECONDS

    async def wait(
        self,
        gen: PQGen[RV],
        interval: float = WAKE_SECONDS,
        timeout: float | None = None,  # noqa: ASYNC109  # psycopg's own signature
    ) -> RV:
        seconds = self.deadline_seconds
        if timeout is not None or seconds is None:
            return await super().wait(gen, interval, timeout)
        try:
            return await super().wait(gen, interval, seconds)
        except _WaitTimeout:
            self.pgconn.finish()
            raise _passed(seconds) from None

    async def notifies(
        self,
        *,
        timeout: float | None = None,  # noqa: ASYNC109
        stop_after: int | None = None,
    ) -> AsyncGenerator[Notify]:
        before, self.deadline_seconds = self.deadline_seconds, None
        try:
            async for notify in super().notifies(timeout=timeout, stop_after=stop_after):
                yield notify
        finally:
            self.deadline_seconds = before
