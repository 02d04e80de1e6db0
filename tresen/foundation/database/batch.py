"""Many statements in one write: psycopg's pipeline would send each by itself and wake the server.

Nothing is sent before an answer is wanted or the block ends; then all that was queued goes out
together and all answers are read, so that a batch costs one trip. Built on inner parts of psycopg;
tests count the trips, so that a version that works differently is noticed.
"""

from __future__ import annotations

import psycopg
from psycopg.abc import PQGen
from psycopg.generators import send


class Batch(psycopg.Pipeline):
    """A pipeline that waits with sending. `has_begun`: a BEGIN of this block is queued or sent."""

    has_begun = False

    @property
    def is_waiting(self) -> bool:
        """Something was queued whose answer was not read yet."""
        return bool(self.command_queue or self.result_queue)

    def _communicate_gen(self) -> PQGen[None]:
        """After each statement psycopg would send it; here it stays queued."""
        return
        yield

    def settle_gen(self) -> PQGen[None]:
        """Send what is queued and read every answer; raises the first failure."""
        yield from self._fetch_gen(flush=True)

    def _sync_gen(self) -> PQGen[None]:
        yield from self._fetch_gen(flush=True)

    def _fetch_gen(self, *, flush: bool) -> PQGen[None]:  # noqa: ARG002 (psycopg's signature)
        if not self.is_waiting:
            return
        self._enqueue_sync()
        while self.command_queue:
            self.command_queue.popleft()()
        yield from send(self.pgconn)
        yield from super()._fetch_gen(flush=False)

    def _exit_gen(self) -> PQGen[None]:
        yield from self._fetch_gen(flush=True)
