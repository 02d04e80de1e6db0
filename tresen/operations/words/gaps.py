"""What is missing or wrong in a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from babel.messages import Message

from tresen.operations.words.catalogs import Key, Merged, entries, is_translated, key_of
from tresen.operations.words.sources import PACKAGE, used_words

PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def find_gaps(merged: Merged, *, package: Path = PACKAGE) -> list[str]:
    """One line for each, with the place that uses the words."""
    used = used_words(package)
    known = {key_of(message): message for message in entries(merged.catalog)}
    return [
        *merged.conflicts,
        *_untranslated(used, known),
        *(f"the places in {one[1]!r} differ" for one in _with_other_places(known)),
    ]


def _untranslated(used: Mapping[Key, str], known: Mapping[Key, Message]) -> list[str]:
    return [
        f"{place}: {words!r} is not translated" + (f" (context {context!r})" if context else "")
        for (context, words), place in sorted(used.items(), key=lambda item: item[1])
        if (context, words) not in known or not is_translated(known[context, words])
    ]


def _with_other_places(known: Mapping[Key, Message]) -> list[Key]:
    """%(name)s must be in both languages; of a plural the singular may leave one out."""
    wrong = []
    for key, message in known.items():
        if not is_translated(message):
            continue
        asked = _places(message.id)
        given = _places(message.string)
        plural = isinstance(message.id, (tuple, list))
        if not (given <= asked if plural else given == asked):
            wrong.append(key)
    return wrong


def _places(texts: object) -> set[str]:
    together = " ".join(texts) if isinstance(texts, (tuple, list)) else str(texts)
    return {name or braces for name, braces in PLACE.findall(together)}
