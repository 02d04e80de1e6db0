"""`{% drawn "…/_card.html" card=card %}`: like `include … only`, drawn once for equal values.

The same few thousand cards are drawn over and over. What is given decides what comes out, together
with the language: nothing that is kept can be too old, and nothing of a visitor is in it.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import cast

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
SMALL_MAX, LARGE_MAX = 4_096, 128
"""Drawings kept by each process: some 8 MB of small ones, some 4 MB of large ones."""


@register.simple_tag
def drawn(name: str, **given: Hashable) -> SafeString:
    """A small part such as a card. The values must be hashable, equal when they look alike."""
    return _small(name, get_language(), tuple(given.items()))


@register.simple_tag
def drawn_large(name: str, **given: Hashable) -> SafeString:
    """A large part such as the facets; far fewer are kept."""
    return _large(name, get_language(), tuple(given.items()))


def forget_drawings() -> None:
    """As if the process had just begun."""
    _small.cache_clear()
    _large.cache_clear()


def _draw(name: str, _language: str | None, given: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return cast("SafeString", get_template(name).render(dict(given)))


_small = lru_cache(maxsize=SMALL_MAX)(_draw)
_large = lru_cache(maxsize=LARGE_MAX)(_draw)
