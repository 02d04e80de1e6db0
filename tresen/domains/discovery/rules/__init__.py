"""Pure decisions: words, compounds, typing errors, cursors, filters, facets, ranks."""

from __future__ import annotations

from tresen.domains.discovery.rules.compounds import compound_parts, possible_splits
from tresen.domains.discovery.rules.cursors import BadCursor, Cursor, Key, read_cursor, write_cursor
from tresen.domains.discovery.rules.facets import facets_of
from tresen.domains.discovery.rules.filters import (
    BadFilter,
    BadLimit,
    BadSort,
    sound_filters,
    sound_limit,
    sound_sort,
)
from tresen.domains.discovery.rules.pictures import packed, unpacked
from tresen.domains.discovery.rules.ranks import days_of, rank_of
from tresen.domains.discovery.rules.typos import best_correction, may_be_corrected, one_edit_away
from tresen.domains.discovery.rules.words import (
    clipped,
    codes_in,
    configuration_of,
    folded_forms,
    joined_forms,
    name_key,
    normal_code,
    query_words,
    searchable,
    tsquery_all,
    tsquery_any,
    tsquery_prefix,
    words_of,
)

__all__ = [
    "BadCursor",
    "BadFilter",
    "BadLimit",
    "BadSort",
    "Cursor",
    "Key",
    "best_correction",
    "clipped",
    "codes_in",
    "compound_parts",
    "configuration_of",
    "days_of",
    "facets_of",
    "folded_forms",
    "joined_forms",
    "may_be_corrected",
    "name_key",
    "normal_code",
    "one_edit_away",
    "packed",
    "possible_splits",
    "query_words",
    "rank_of",
    "read_cursor",
    "searchable",
    "sound_filters",
    "sound_limit",
    "sound_sort",
    "tsquery_all",
    "tsquery_any",
    "tsquery_prefix",
    "unpacked",
    "words_of",
    "write_cursor",
]
