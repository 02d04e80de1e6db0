"""How a browser's own description is put into two plain words."""

from __future__ import annotations

from collections.abc import Sequence

BROWSERS: Sequence[tuple[str, str]] = (
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("SamsungBrowser/", "samsung"),
    ("FxiOS/", "firefox"),
    ("Firefox/", "firefox"),
    ("CriOS/", "chrome"),
    ("Chrome/", "chrome"),
    ("Safari/", "safari"),
)
"""Most particular first: nearly every browser calls itself by its elders' names, too."""
SYSTEMS: Sequence[tuple[str, str]] = (
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("CrOS", "chromeos"),
    ("Linux", "linux"),
)
UNKNOWN = "unknown"


def device_of(user_agent: str) -> str:
    """For example "firefox/windows": as much as somebody needs to know their own device again."""
    return f"{_first(BROWSERS, user_agent)}/{_first(SYSTEMS, user_agent)}"


def _first(words: Sequence[tuple[str, str]], text: str) -> str:
    return next((word for mark, word in words if mark in text), UNKNOWN)
