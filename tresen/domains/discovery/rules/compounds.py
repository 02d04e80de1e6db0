"""German compounds into their parts, by known words from the right: «Fahrradlampe» is a Lampe.

A part is known when the catalogue uses it as a word of its own, or when it is in `german_words`.
The head decides: splits with fewer parts win, then those with the longer head. Words that are
known themselves are not taken apart further (a Handschuh is no Schuh), nor are those in WHOLE.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tresen.domains.discovery.rules.german_words import HEADS, STEMS, WHOLE

IsWord = Callable[[str], bool]

_LENGTH_MIN: Final = 7
_LENGTH_MAX: Final = 40
_PART_MIN: Final = 3
_FOREIGN_PART_MIN: Final = 4
"""Words of the catalogue must be longer than those of our list: shorter ones are often codes."""
_SHORT_HEADS: Final = frozenset({"öl"})
_SHORT_LENGTH: Final = 2
_LINKS: Final = ("", "s", "n", "en", "es", "er", "e", "ns", "ens")
_PLURALS: Final = ("n", "en", "e", "er", "s", "nen", "se")
_UNFOLD: Final = str.maketrans("äöü", "aou")
_DEPTH_MAX: Final = 4
_UNSPLIT: Final = WHOLE


def compound_parts(word: str, *, is_word: IsWord) -> tuple[str, ...]:
    """All parts that the lower-case word is made of, also those of two or more parts; or none."""
    leaves = _split(word, is_word, _DEPTH_MAX)
    if not leaves:
        return ()
    within = (part for leaf in leaves for part in _split(leaf, is_word, _DEPTH_MAX))
    return tuple(dict.fromkeys((*leaves, *_runs(word, leaves), *within)))


def possible_splits(word: str) -> list[tuple[str, str]]:
    """Every way to cut a word in two, linking letters dropped; for looking the halves up."""
    if not _is_splittable(word):
        return []
    return [
        (front, word[at:])
        for at in range(_PART_MIN, len(word) - _PART_MIN + 1)
        for front in _fronts(word[:at])
    ]


def _split(word: str, is_word: IsWord, depth: int) -> tuple[str, ...]:
    """The parts from left to right, or nothing."""
    if not depth or not _is_splittable(word):
        return ()
    best: tuple[str, ...] = ()
    for at in range(_PART_MIN, len(word) - _SHORT_LENGTH + 1):
        tail = _known_head(word[at:], is_word)
        if not tail:
            continue
        fronts = _front_parts(word[:at], is_word, depth)
        if fronts and (not best or len(fronts) + 1 < len(best)):
            best = (*fronts, tail)
    return best


def _front_parts(front: str, is_word: IsWord, depth: int) -> tuple[str, ...]:
    for base in _fronts(front):
        if base in STEMS or _known_head(base, is_word) == base:
            return (base,)
    for base in (*_fronts(front), f"{front}e"):
        if _known_head(base, is_word):
            return (base,)
        parts = _split(base, is_word, depth - 1)
        if parts:
            return parts
    return ()


def _fronts(front: str) -> list[str]:
    """«geburtstags» is «geburtstags» or «geburtstag»."""
    cut = (front.removesuffix(link) for link in _LINKS if front.endswith(link))
    return [base for base in cut if len(base) >= _PART_MIN]


def _known_head(part: str, is_word: IsWord) -> str:
    """The part itself if it is a known word or the plural of one, else an empty text."""
    if len(part) < _PART_MIN:
        return part if part in _SHORT_HEADS else ""
    if part in HEADS or (len(part) >= _FOREIGN_PART_MIN and is_word(part)):
        return part
    for ending in ("", *_PLURALS):
        base = part.removesuffix(ending)
        if len(base) < _PART_MIN or not part.endswith(ending):
            continue
        if base in HEADS or base.translate(_UNFOLD) in HEADS or f"{base}e" in HEADS:
            return part
    return ""


def _is_splittable(word: str) -> bool:
    if not _LENGTH_MIN <= len(word) <= _LENGTH_MAX or not word.isalpha():
        return False
    return not any(word.removesuffix(ending) in _UNSPLIT for ending in ("", *_PLURALS))


def _runs(word: str, leaves: tuple[str, ...]) -> list[str]:
    """The compounds inside the compound, as they are written there: neighbouring parts."""
    starts, at = [], 0
    for leaf in leaves:
        found = word.find(leaf.removesuffix("e"), at)
        starts.append(found if found >= 0 else at)
        at = starts[-1] + len(leaf) - 1
    ends = [*starts[1:], len(word)]
    count = len(leaves)
    return [
        word[starts[first] : ends[last]]
        for first in range(count)
        for last in range(first + 1, count)
        if (first, last) != (0, count - 1)
    ]
