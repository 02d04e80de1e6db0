"""Legal texts within a letter: as HTML with headings of a lower rank, and as wrapped text."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from html.parser import HTMLParser

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tresen.domains.conversations.types import Enclosure

WIDTH = 76
_HEADING = re.compile(r"<(/?)h([1-5])\b")
_BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "dt", "dd", "tr"})


@lru_cache(maxsize=256)
def html_of(enclosure: Enclosure) -> SafeString:
    """Our own clean HTML under its title."""
    body = _HEADING.sub(lambda hit: f"<{hit[1]}h{int(hit[2]) + 1}", enclosure.html)
    return mark_safe(f"<h2>{escape(enclosure.title)}</h2>\n{body}")  # noqa: S308 (ours, and clean)


@lru_cache(maxsize=256)
def text_of(enclosure: Enclosure) -> str:
    """The same words, wrapped at WIDTH signs."""
    reader = _Reader()
    reader.feed(enclosure.html)
    reader.close()
    reader.end_block()
    rule = "-" * len(enclosure.title)
    return "\n\n".join([f"{enclosure.title}\n{rule}", *reader.blocks])


class _Reader(HTMLParser):
    """Collects blocks of words; a link keeps its address where the words do not say it."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._words: list[str] = []
        self._mark = ""
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_block()
            self._mark = "- " if tag == "li" else ""
        elif tag == "br":
            self._words.append("\n")
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        elif tag == "a":
            if self._address.startswith("http") and self._address not in "".join(self._words):
                self._words.append(f" ({self._address})")
            self._address = ""

    def handle_data(self, data: str) -> None:
        self._words.append(re.sub(r"\s+", " ", data))

    def end_block(self) -> None:
        lines = [line.strip() for line in "".join(self._words).split("\n")]
        words = "\n".join(_wrapped(line) for line in lines if line)
        if words and self._mark:
            self._add_point(self._mark + words.replace("\n", "\n  "))
        elif words:
            self.blocks.append(words)
        self._words, self._mark = [], ""

    def _add_point(self, point: str) -> None:
        """Points of a list stand close together."""
        if self.blocks and self.blocks[-1].startswith(self._mark):
            self.blocks[-1] += f"\n{point}"
        else:
            self.blocks.append(point)


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH - 2, break_long_words=False, break_on_hyphens=False)
