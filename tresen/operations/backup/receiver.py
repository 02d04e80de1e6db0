"""Follows the log and puts it, encrypted, into the target while it is being written.

The clear bytes of the segment in hand lie in memory only. A flush puts what is new as a piece; a
full segment is put whole and its pieces go. What the target holds is confirmed to the server,
which keeps the rest: a receiver that was killed begins its segment anew and nothing is missing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pyrage.x25519 import Recipient

from tresen.operations.backup.journal import Part, list_parts, put_part, whole_segments
from tresen.operations.backup.positions import Segment, segment_at
from tresen.operations.backup.replication import Feed
from tresen.operations.backup.signing import Signer
from tresen.operations.backup.target import Target

WAIT_SECONDS = 0.2
PIECES_MAX = 64
"""More pieces of one segment than this are put together into one."""
CHUNKS_MAX = 64
CONFIRM_SECONDS = 5.0


@dataclass(frozen=True)
class Chain:
    """An unbroken stretch of log: begun with its slot, on one timeline of one cluster."""

    id: str
    system: str
    timeline: int
    start: int
    segment_bytes: int


@dataclass
class Receiver:
    """`run` follows until `stop` is set; whatever goes wrong is raised."""

    chain: Chain
    target: Target
    to: Sequence[Recipient]
    signer: Signer
    every_seconds: float = 1.0
    """How old an unflushed byte may get; 0 flushes at once (synchronous)."""
    told: Callable[[], None] = lambda: None
    """Called after each flush."""
    flushed: int = 0
    """Everything before this position of the log lies in the target."""
    until_ms: int = 0
    """The server's clock when that was so."""
    _segment: Segment = field(init=False)
    _clear: bytearray = field(init=False, default_factory=bytearray)
    _put_to: int = field(init=False, default=0)
    _pieces: list[Part] = field(init=False, default_factory=list)
    _seen_ms: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        parts = list_parts(self.target, self.chain.id, size=self.chain.segment_bytes)
        first = segment_at(
            self.chain.start, timeline=self.chain.timeline, size=self.chain.segment_bytes
        )
        self._segment = _resume_at(first, whole_segments(parts))
        self._pieces = [part for part in parts if part.segment == self._segment]
        self.flushed = self._segment.start
        self.until_ms = max((part.until_ms for part in parts), default=0)

    def run(self, feed: Feed, stop: threading.Event) -> None:
        feed.start(position=self._segment.start, timeline=self.chain.timeline)
        flushed_at = confirmed_at = time.monotonic()
        while not stop.is_set():
            self._drain(feed)
            now = time.monotonic()
            if self._has_news() and now - flushed_at >= self.every_seconds:
                self._flush()
                feed.confirm(flushed=self.flushed)
                flushed_at = confirmed_at = now
            elif now - confirmed_at >= CONFIRM_SECONDS:
                self._note_quiet()
                feed.confirm(flushed=self.flushed)
                confirmed_at = now
        if self._has_news():
            self._flush()
        feed.confirm(flushed=self.flushed)

    def _drain(self, feed: Feed) -> None:
        """Wait for a first chunk, then take what is there already: many commits, one flush."""
        chunk = feed.receive(WAIT_SECONDS)
        taken = 0
        while chunk is not None:
            self._seen_ms = chunk.sent_ms
            self._take(chunk.start, chunk.data)
            taken += 1
            chunk = feed.receive(0) if taken < CHUNKS_MAX else None

    def _take(self, start: int, data: bytes) -> None:
        """Bytes may cross the end of a segment."""
        if not data:
            return
        expected = self._segment.start + len(self._clear)
        assert start == expected, f"the log jumps from {expected:X} to {start:X}"
        view = memoryview(data)
        while view:
            room = self._segment.bytes - len(self._clear)
            self._clear += view[:room]
            view = view[room:]
            if len(self._clear) == self._segment.bytes:
                self._finish_segment()

    def _finish_segment(self) -> None:
        self._put(0)
        for piece in self._pieces[:-1]:
            self.target.delete(piece.name)
        self._segment = self._segment.next()
        self._clear = bytearray()
        self._put_to = 0
        self._pieces = []
        self.told()

    def _flush(self) -> None:
        earlier = self._pieces
        together = len(earlier) >= PIECES_MAX
        self._put(0 if together else self._put_to)
        self._put_to = len(self._clear)
        if together:
            for piece in earlier:
                self.target.delete(piece.name)
            self._pieces = self._pieces[-1:]
        self.told()

    def _put(self, start: int) -> None:
        clear = bytes(memoryview(self._clear)[start:])
        until_ms = self._seen_ms or self.until_ms
        part = put_part(
            self.target,
            chain=self.chain.id,
            segment=self._segment,
            start=start,
            clear=clear,
            until_ms=until_ms,
            to=self.to,
            signer=self.signer,
        )
        self._pieces = [*self._pieces, part]
        self.flushed = self._segment.start + len(self._clear)
        self.until_ms = until_ms

    def _has_news(self) -> bool:
        return len(self._clear) > self._put_to

    def _note_quiet(self) -> None:
        """Nothing new was written until now: that, too, is known."""
        if not self._has_news() and self._seen_ms > self.until_ms:
            self.until_ms = self._seen_ms
            self.told()


def _resume_at(first: Segment, whole: dict[Segment, Part]) -> Segment:
    """The first segment that is not whole in the target."""
    segment = first
    if whole:
        oldest, newest = min(whole), max(whole)
        segment = max(first, oldest)
        while segment in whole and segment < newest:
            segment = segment.next()
        segment = segment.next() if segment in whole else segment
    return segment
