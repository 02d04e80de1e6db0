"""JSON as a stream: an array of objects, objects one after another, or one object per line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from tresen.domains.catalog.rules.codes import shown
from tresen.foundation.refusals import Refusal
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.supplying.catalog_files.faults import (
    FieldTooBig,
    FileUnreadable,
    NotARecord,
    NotOurEncoding,
)
from tresen.workflows.supplying.catalog_files.sources import Source

Found = tuple[int, Mapping[str, object], Refusal | None]
"""The line where it begins, the data, and why there is none."""

CHUNK: Final = 1 << 18
RECORD_LENGTH_MAX: Final = 16_000_000
_BETWEEN: Final = re.compile(r"[\s,]*")


def json_lines(source: Source) -> Iterator[Found]:
    """One object per line; a bad line is refused alone."""
    for number, raw in enumerate(_raw_lines(source), start=1):
        if len(raw) > RECORD_LENGTH_MAX:
            yield number, {}, FieldTooBig(params={"length": len(raw), "max": RECORD_LENGTH_MAX})
        elif raw.strip():
            yield _line(number, raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw)


def json_records(source: Source, *, records: str = "") -> Iterator[Found]:
    """Objects of an array (`records` names the member that holds it), or one after another.

    Raises FileUnreadable at the first place that is no JSON: there is no telling what follows.
    """
    window = _Window(source)
    window.enter(records)
    while True:
        window.skip_between()
        if window.at_end():
            return
        line, tainted, value = window.take()
        yield _found(line, value, tainted)


def _line(number: int, raw: bytes) -> Found:
    try:
        value = json.loads(raw.decode())
    except UnicodeDecodeError:
        return number, {}, NotOurEncoding(params={"encoding": "UTF-8"})
    except json.JSONDecodeError as wrong:
        return number, {}, NotARecord(params={"why": wrong.msg})
    except (RecursionError, ValueError) as wrong:
        return number, {}, NotARecord(params={"why": shown(wrong)})
    return _found(number, value, tainted=False)


def _found(line: int, value: object, tainted: bool) -> Found:
    if tainted:
        return line, {}, NotOurEncoding(params={"encoding": "UTF-8"})
    if not isinstance(value, dict):
        return line, {}, NotARecord(params={"why": type(value).__name__})
    return line, value, None


def _raw_lines(source: Source) -> Iterator[bytes]:
    """Lines, cut off just above the limit so that one endless line does not fill the memory."""
    while raw := source.stream.readline(RECORD_LENGTH_MAX + 1):
        if len(raw) > RECORD_LENGTH_MAX:
            while (rest := source.stream.readline(CHUNK)) and not rest.endswith(b"\n"):
                pass
        yield raw


class _Window:
    """A piece of the text, moving forward; undecodable bytes stand as lone surrogates."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False
        self._is_array = False

    def enter(self, records: str) -> None:
        """Go to the first record."""
        self.skip_between()
        if records:
            self._find(records)
        self._is_array = self._text.startswith("[", self._at)
        if self._is_array:
            self._advance(self._at + 1)

    def skip_between(self) -> None:
        while True:
            found = _BETWEEN.match(self._text, self._at)
            assert found is not None
            self._advance(found.end())
            if self._at < len(self._text) or not self._more():
                return

    def at_end(self) -> bool:
        if self._is_array and self._text.startswith("]", self._at):
            return True
        if self._at >= len(self._text):
            if self._is_array:
                raise self._unreadable(_("the array breaks off"))
            return True
        return False

    def take(self) -> tuple[int, bool, object]:
        """The next value: its line, whether it holds bytes that are no UTF-8, and itself."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as wrong:
                if not self._more():
                    raise self._unreadable(wrong.msg, at=wrong.pos) from wrong
            except (RecursionError, ValueError) as wrong:
                raise self._unreadable(shown(wrong)) from wrong
            else:
                begun, line = self._at, self._line
                tainted = _is_tainted(self._text[begun:end])
                self._advance(end)
                return line, tainted, value

    def _find(self, records: str) -> None:
        pattern = re.compile(rf'"{re.escape(records)}"\s*:\s*(?=\[)')
        while (found := pattern.search(self._text, self._at)) is None:
            if not self._more():
                raise self._unreadable(_("there is no list named «{name}»", name=records))
        self._advance(found.end())

    def _advance(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        """Read on. What was taken is dropped; False at the end of the file."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        if len(rest) > RECORD_LENGTH_MAX:
            longer = _("a record is longer than {most} characters", most=RECORD_LENGTH_MAX)
            raise self._unreadable(longer)
        chunk = self._source.stream.read(max(CHUNK, len(rest)))
        self._ended = not chunk
        self._text, self._at = rest + self._decode.decode(chunk, final=self._ended), 0
        return bool(chunk)

    def _unreadable(self, why: str, *, at: int = 0) -> FileUnreadable:
        line = self._line + self._text.count("\n", self._at, max(at, self._at))
        return FileUnreadable(file=self._source.name, line=line, why=why)


def _is_tainted(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
