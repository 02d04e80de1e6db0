"""Picture addresses in few bytes: they differ by their width only, and a card holds several."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

_PLACE: Final = "{}"


def packed(urls: Mapping[int, str]) -> str:
    """«/media/ab/{}.webp 320 640»; as JSON where the addresses follow no pattern; or empty."""
    patterns = {_pattern(url, width) for width, url in urls.items()}
    pattern = patterns.pop() if len(patterns) == 1 else ""
    if pattern.count(_PLACE) != 1 or " " in pattern:
        return json.dumps({str(width): url for width, url in urls.items()}) if urls else ""
    return " ".join([pattern, *map(str, urls)])


def unpacked(text: str) -> dict[int, str]:
    """The addresses by width."""
    if text.startswith("{"):
        found: dict[str, str] = json.loads(text)
        return {int(width): url for width, url in found.items()}
    pattern, *widths = text.split(" ")
    head, _, tail = pattern.partition(_PLACE)
    return {int(width): f"{head}{width}{tail}" for width in widths}


def _pattern(url: str, width: int) -> str:
    """The address with the last mention of its width taken out; addresses begin with no brace."""
    head, found, tail = url.rpartition(str(width))
    return f"{head}{_PLACE}{tail}" if found and not url.startswith("{") else ""
