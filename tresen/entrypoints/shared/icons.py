"""Icons as inline SVG, read once from the vendored Lucide files."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class UnknownIcon(Exception):
    """No vendored drawing has this name. Remedy: add it to vendor/VENDOR.toml, or mend the name."""


@lru_cache(maxsize=1024)
def icon_svg(name: str, *, label: str = "", size: int = 20) -> SafeString:
    """The drawing `name`, hidden from screen readers unless it carries a meaning (`label`)."""
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(  # noqa: S308  (our own vendored file; the label is escaped)
        f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" {meaning}>'
        f"{_strokes(name)}</svg>"
    )


@lru_cache(maxsize=512)
def _strokes(name: str) -> str:
    plain = name.replace("-", "").isalnum()
    found = finders.find(f"vendor/lucide/{name}.svg") if plain else None
    if found is None:
        raise UnknownIcon(name)
    drawing = Path(found).read_text("utf-8")
    inside = drawing.partition("<svg")[2].partition(">")[2].rpartition("</svg>")[0]
    return re.sub(r"\s+", " ", inside).replace("> <", "><").strip()
