"""Addresses of our own style sheets and scripts name their content: a new version is seen at once.

Fonts keep plain addresses: style sheets name them too, and two names would be two downloads.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

_NAMED = (".css", ".js", ".svg", ".webp")
_SIGNS = 10


class NamedByContent(StaticFilesStorage):
    """Django's storage whose addresses end in `?v=` and a digest of the file."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        digest = _digest(name) if name and name.endswith(_NAMED) else ""
        return f"{address}?v={digest}" if digest else address


@lru_cache(maxsize=512)
def _digest(name: str) -> str:
    found = finders.find(name)
    if not found:
        return ""
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:_SIGNS]
