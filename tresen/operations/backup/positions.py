"""Places in the write-ahead log: numbers, their spelling, and the names of segments."""

from __future__ import annotations

from dataclasses import dataclass

SEGMENT_BYTES = 16 * 1024 * 1024


def read_lsn(text: str) -> int:
    """ "0/16EF7C8" as the server writes it."""
    high, _, low = text.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


def write_lsn(lsn: int) -> str:
    return f"{lsn >> 32:X}/{lsn & 0xFFFFFFFF:X}"


@dataclass(frozen=True, order=True)
class Segment:
    """One file of the log: its timeline, its number and its size."""

    timeline: int
    number: int
    bytes: int = SEGMENT_BYTES

    @property
    def start(self) -> int:
        return self.number * self.bytes

    @property
    def end(self) -> int:
        return self.start + self.bytes

    @property
    def name(self) -> str:
        """As the server names the file: timeline, high and low half in eight digits each."""
        per_high = 0x100000000 // self.bytes
        high, low = divmod(self.number, per_high)
        return f"{self.timeline:08X}{high:08X}{low:08X}"

    def next(self) -> Segment:
        return Segment(self.timeline, self.number + 1, self.bytes)


def segment_at(lsn: int, *, timeline: int, size: int = SEGMENT_BYTES) -> Segment:
    return Segment(timeline, lsn // size, size)


def segment_named(name: str, *, size: int = SEGMENT_BYTES) -> Segment:
    timeline, high, low = (int(name[at : at + 8], 16) for at in (0, 8, 16))
    return Segment(timeline, high * (0x100000000 // size) + low, size)
