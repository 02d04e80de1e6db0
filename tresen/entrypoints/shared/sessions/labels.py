"""How a browser's own description is put into two plain words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

BROWSERS: Sequence[tuple[str, str]] = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""Most particular first: nearly every browser calls itself by its elders' names, too."""
SYSTEMS: Sequence[tuple[str, str]] = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """For example "Firefox, Windows": as much as one needs to know one's own device again."""
    found = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(word for word in found if word)


def device_words(device: str) -> str:
    """What is shown; names of products are the same in every language."""
    return device or gettext("Unknown device")


def _first(words: Sequence[tuple[str, str]], text: str) -> str:
    return next((word for mark, word in words if mark in text), "")
