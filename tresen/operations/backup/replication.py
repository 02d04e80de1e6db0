"""The server's own replication protocol, as far as a receiver of the log needs it.

The driver's libpq speaks it; its comfortable layer does not. One feed, one thread.
"""

from __future__ import annotations

import select
import struct
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from tresen.operations.backup.positions import SEGMENT_BYTES, read_lsn, write_lsn
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext_noop as _

SLOT = "tresen_backup"
APPLICATION = "tresen_backup"
EPOCH_2000_SECONDS = 946_684_800
DATA_HEAD = struct.Struct("!cqqq")
KEEPALIVE = struct.Struct("!cqq?")
STATUS = struct.Struct("!cqqqqB")
FULL_NAMES = {"MB": 1024 * 1024, "GB": 1024**3}
NOT_FOLLOWED = _("The log cannot be followed: {reason}")


class FeedLost(Trouble):
    """The connection ended, or the server refused; the message carries its words."""


class LogGone(FeedLost):
    """The server has removed a part of the log that the target does not hold."""


@dataclass(frozen=True)
class System:
    """Which cluster this is, and how large its segments are."""

    identifier: str
    timeline: int
    position: int
    segment_bytes: int = SEGMENT_BYTES


@dataclass(frozen=True)
class Chunk:
    """Bytes of the log from `start` on; empty for a sign of life. `sent_ms`: the server's clock."""

    start: int
    data: bytes
    sent_ms: int


class Feed:
    """One replication connection."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        told = {**parameters, "replication": "true", "application_name": APPLICATION}
        told["dbname"] = "replication"
        told["options"] = "-c datestyle=iso"
        self._connection = pq.PGconn.connect(make_conninfo("", **told).encode())
        if self._connection.status != pq.ConnStatus.OK:
            raise FeedLost(NOT_FOLLOWED, reason=self._words())

    def close(self) -> None:
        self._connection.finish()

    def system(self) -> System:
        told = self._ask("IDENTIFY_SYSTEM")
        size = self._ask("SHOW wal_segment_size")[0]
        return System(
            identifier=told[0],
            timeline=int(told[1]),
            position=read_lsn(told[2]),
            segment_bytes=int(size[:-2]) * FULL_NAMES[size[-2:]],
        )

    def find_slot(self) -> int | None:
        """Where the slot holds the log back from, or None where there is no slot."""
        kind, position, *_ = self._ask(f"READ_REPLICATION_SLOT {SLOT}")
        return read_lsn(position) if kind and position else None

    def make_slot(self) -> None:
        """It holds the log back from now on: without this, the first segment may be missing."""
        self._ask(f"CREATE_REPLICATION_SLOT {SLOT} PHYSICAL (RESERVE_WAL)")

    def drop_slot(self) -> None:
        self._ask(f"DROP_REPLICATION_SLOT {SLOT} WAIT")

    def start(self, *, position: int, timeline: int) -> None:
        """Raises LogGone where the server no longer has it."""
        told = self._connection.exec_(
            f"START_REPLICATION SLOT {SLOT} PHYSICAL {write_lsn(position)} "
            f"TIMELINE {timeline}".encode()
        )
        if told.status != pq.ExecStatus.COPY_BOTH:
            raise self._refused()

    def receive(self, seconds: float) -> Chunk | None:
        """What came within that time. Raises FeedLost at the end of the stream."""
        try:
            return self._receive(seconds)
        except psycopg.OperationalError as failure:
            raise FeedLost(NOT_FOLLOWED, reason=failure) from failure

    def _receive(self, seconds: float) -> Chunk | None:
        length, data = self._connection.get_copy_data(1)
        if length == 0:
            readable, _, _ = select.select([self._connection.socket], [], [], seconds)
            if not readable:
                return None
            self._connection.consume_input()
            length, data = self._connection.get_copy_data(1)
        if length < 0:
            self._connection.get_result()
            raise self._refused()
        return self._chunk(bytes(data)) if length else None

    def confirm(self, *, flushed: int) -> None:
        """Tell the server what lies safe; it lets go of older segments."""
        status = STATUS.pack(b"r", flushed, flushed, flushed, 0, 0)
        try:
            self._connection.put_copy_data(status)
            self._connection.flush()
        except psycopg.OperationalError as failure:
            raise FeedLost(NOT_FOLLOWED, reason=failure) from failure

    def _chunk(self, message: bytes) -> Chunk:
        if message[:1] == b"w":
            _, start, _, sent = DATA_HEAD.unpack_from(message)
            return Chunk(start, message[DATA_HEAD.size :], _milliseconds(sent))
        _, end, sent, _ = KEEPALIVE.unpack_from(message)
        return Chunk(end, b"", _milliseconds(sent))

    def _ask(self, command: str) -> list[str]:
        told = self._connection.exec_(command.encode())
        if told.status == pq.ExecStatus.COMMAND_OK:
            return []
        if told.status != pq.ExecStatus.TUPLES_OK:
            raise self._refused()
        return [(told.get_value(0, column) or b"").decode() for column in range(told.nfields)]

    def _refused(self) -> FeedLost:
        words = self._words()
        if "already been removed" in words or "can no longer access" in words:
            return LogGone(words)
        return FeedLost(NOT_FOLLOWED, reason=words)

    def _words(self) -> str:
        return self._connection.error_message.decode(errors="replace").strip()


def _milliseconds(sent: int) -> int:
    """The protocol counts microseconds since 2000."""
    return sent // 1000 + EPOCH_2000_SECONDS * 1000
