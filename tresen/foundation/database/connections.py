"""psycopg connections on which no call waits longer than its deadline.

Every wait of psycopg for the server (statements, fetches, COPY, pipelines, commits) goes through
one method. It is given a limit here; no thread, and below a microsecond a call.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import contextmanager, suppress
from select import POLLIN, poll
from typing import Any, TypeVar

import psycopg
from psycopg import Notify
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from tresen.foundation.database.batch import Batch
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
    is_narrowed = False
    """Sees the rows of some stores only; see narrowing.py."""

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

    def has_ended(self) -> bool:
        """The server has hung up. Asks only what has come already: no trip, no wait."""
        heard = poll()
        try:
            heard.register(self.pgconn.socket, POLLIN)
            while heard.poll(0):
                self.pgconn.consume_input()
        except psycopg.OperationalError:
            return True
        return False

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Statements of the block go out together when an answer is wanted, and at its end."""
        assert self._pipeline is None, "a batch inside a batch"
        self._pipeline = Batch(self)
        try:
            with self._pipeline:
                yield
        finally:
            self._pipeline = None

    def settle(self) -> None:
        """Send what the batch has queued and read every answer. Raises the first failure."""
        if isinstance(self._pipeline, Batch):
            with self.lock:
                self.wait(self._pipeline.settle_gen())

    @property
    def is_batching(self) -> bool:
        return self._pipeline is not None

    def _start_query(self) -> PQGen[None]:
        """BEGIN goes out with the first statement, after what psycopg has to tidy up.

        A rollback makes it forget its prepared statements; their DEALLOCATE must go before any
        statement is prepared anew, not behind it in the same batch.
        """
        yield from self._prepared.maintain_gen(self)
        batch = self._pipeline
        if not isinstance(batch, Batch):
            yield from super()._start_query()
        elif not self._autocommit and not batch.has_begun:
            batch.has_begun = True
            if self.pgconn.transaction_status == TransactionStatus.IDLE:
                yield from self._exec_command(self._get_tx_start_command())

    def _commit_gen(self) -> PQGen[None]:
        """COMMIT goes out with the last statements, and its own answer is waited for."""
        batch = self._pipeline
        if not isinstance(batch, Batch) or not batch.is_waiting:
            yield from super()._commit_gen()
        else:
            yield from self._exec_command(b"COMMIT")
            yield from batch.settle_gen()
        if isinstance(batch, Batch):
            batch.has_begun = False

    def _rollback_gen(self) -> PQGen[None]:
        """What was queued is of no use any more, but its answers are read."""
        batch = self._pipeline
        if isinstance(batch, Batch):
            with suppress(psycopg.Error):
                yield from batch.settle_gen()
            batch.has_begun = False
        yield from super()._rollback_gen()

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
