"""The words that goods are named with: what was meant by a word that finds nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from tresen.domains.discovery.queries.pieces import Piece, here, in_slot
from tresen.domains.discovery.queries.spaces import SPACE_SECONDS
from tresen.domains.discovery.rules import (
    best_correction,
    compound_parts,
    may_be_corrected,
    one_edit_away,
    possible_splits,
)
from tresen.domains.discovery.types import SpaceRow
from tresen.foundation import sql
from tresen.foundation.remembered import Remembered

CORRECTED_MAX: Final = 4
"""Words of one search that are corrected; the others are taken as they are."""
ALIKE_MAX: Final = 12

_Found = tuple[str, str, int]
"""The word that was asked for, a known word (or an empty text), and its frequency."""

_LOOKED_UP: Final = (
    "SELECT a.asked, w.word, w.products FROM unnest(%s::text[], %s::text[]) a(asked, word)"  # noqa: S608
    " CROSS JOIN LATERAL (SELECT word, products FROM discovery_word"
    "   WHERE space_id = (SELECT id FROM here) AND word = a.word AND products > 0 LIMIT 1) w"
    " UNION ALL SELECT a.asked, w.word, w.products FROM unnest(%s::text[]) a(asked)"
    " CROSS JOIN LATERAL (SELECT word, products FROM discovery_word"
    "   WHERE space_id = (SELECT id FROM here) AND word %% a.asked AND products > 0"
    f"  ORDER BY similarity(word, a.asked) DESC, word LIMIT {ALIKE_MAX}) w"
    " UNION ALL SELECT a.asked, '', 0 FROM unnest(%s::text[]) a(asked)"
    " CROSS JOIN LATERAL plainto_tsquery(%s::regconfig, a.asked) query"
    " WHERE numnode(query) = 0 OR EXISTS (SELECT FROM discovery_entry e"
    "   WHERE <slot> AND e.search @@ query)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """Of the words of a search: those that find nothing, better spellings, compounds in parts.

    `sure` spellings stand for words that find nothing; `likely` ones also for rare words.
    """

    unknown: frozenset[str]
    sure: Mapping[str, str]
    likely: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]


_spellings = Remembered[tuple[object, ...], Spelling](seconds=SPACE_SECONDS)


def spelling_of(words: Sequence[str], *, space: SpaceRow, configuration: str) -> Spelling:
    """One statement: corrections by one edit and by likeness, halves of compounds, known words.

    At most SPACE_SECONDS old: when goods become known, so do their words.
    """
    key = space.id, configuration, *words
    known = _spellings.find(key)
    if known is not None:
        return known
    return _spellings.keep(key, _spell(words, space=space, configuration=configuration))


def _spell(words: Sequence[str], *, space: SpaceRow, configuration: str) -> Spelling:
    doubtful = [word for word in words if may_be_corrected(word)][:CORRECTED_MAX]
    found = _look_up(words, doubtful, space=space, configuration=configuration)
    vocabulary = {word: count for asked, word, count in found if not asked}
    unknown = frozenset(words) - {asked for asked, word, _ in found if asked and not word}
    likely = {}
    for word in doubtful:
        candidates = {near: count for asked, near, count in found if asked == word and near}
        known = None if word in unknown else vocabulary.get(word, 0)
        likely[word] = best_correction(word, candidates, known=known)
    likely = {word: meant for word, meant in likely.items() if meant}
    sure = {word: meant for word, meant in likely.items() if word in unknown}
    wholes = [sure.get(word, word) for word in words]
    parts = {word: compound_parts(word, is_word=vocabulary.__contains__) for word in wholes}
    return Spelling(
        unknown=unknown - sure.keys(),
        sure=sure,
        likely=likely,
        parts={word: split[:2] for word, split in parts.items() if split},
    )


def _look_up(
    words: Sequence[str], doubtful: Sequence[str], *, space: SpaceRow, configuration: str
) -> list[_Found]:
    pairs = [(word, near) for word in doubtful for near in one_edit_away(word)]
    halves = {half for word in doubtful for split in possible_splits(word) for half in split}
    pairs += [("", word) for word in sorted(halves.union(words))]
    statement = here(space) + Piece(
        _LOOKED_UP.replace("<slot>", in_slot(space).text),
        (
            [asked for asked, _ in pairs],
            [word for _, word in pairs],
            list(doubtful),
            list(words),
            configuration,
        ),
    )
    return cast("list[_Found]", sql.rows(statement.text, statement.params))
