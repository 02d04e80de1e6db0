"""Typing errors: which words may be corrected, and which known word was meant.

A word one edit away (a letter changed, left out, put in, or two swapped; Damerau 1964) is sought
by making all of them and looking them up; words two edits away come from trigram similarity. Of
several the most frequent one counts, after Norvig's noisy channel with error costs by distance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzäöüß"
_LENGTH_MIN: Final = 4
"""Shorter words are too near to too many others."""
_LENGTH_MAX: Final = 24
_TWO_EDITS_LENGTH_MIN: Final = 8
_COST_PER_EDIT: Final = 4.0
_COST_FIRST_LETTER: Final = 1.5
"""People seldom mistype the first letter."""
_FAR_MORE_FREQUENT: Final = 20
"""A word that is known may still be a typing error if another one is so many times as frequent."""


def may_be_corrected(word: str) -> bool:
    """Numbers, article numbers and short words are never touched."""
    return _LENGTH_MIN <= len(word) <= _LENGTH_MAX and word.isalpha()


def one_edit_away(word: str) -> list[str]:
    """Every text one edit away from the word (without it)."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    missing = [head + tail[1:] for head, tail in cuts if tail]
    swapped = [head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1]
    changed = [head + sign + tail[1:] for head, tail in cuts if tail for sign in _LETTERS]
    added = [head + sign + tail for head, tail in cuts for sign in _LETTERS]
    return [near for near in dict.fromkeys(missing + swapped + changed + added) if near != word]


def best_correction(word: str, candidates: Mapping[str, int], *, known: int | None) -> str:
    """The candidate (word to frequency) that was meant most probably, or an empty text.

    `known` says how frequent the word itself is, None that nothing is found by it.
    """
    best, best_score = "", -math.inf
    for candidate, frequency in candidates.items():
        edits = distance(word, candidate)
        if edits == 0 or edits > _edits_max(word):
            continue
        if known is not None and frequency < _FAR_MORE_FREQUENT * max(known, 1):
            continue
        score = math.log1p(frequency) - _COST_PER_EDIT * edits
        score -= _COST_FIRST_LETTER * (candidate[0] != word[0])
        if (score, candidate) > (best_score, best):
            best, best_score = candidate, score
    return best


def distance(left: str, right: str) -> int:
    """Edits between two words (optimal string alignment: swapped neighbours count once)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _edits_max(word: str) -> int:
    return 2 if len(word) >= _TWO_EDITS_LENGTH_MIN else 1
