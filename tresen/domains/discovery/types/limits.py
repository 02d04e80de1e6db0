"""Limits. Each says what happens beyond it."""

from __future__ import annotations

PAGE_SIZE = 24
PAGE_MAX = 100
"""Entries on one page; a greater wish is refused."""

FACET_ROWS_MAX = 5_000
"""Facets of a filtered list are counted over so many products; beyond, counts read «5.000+»."""
FACETS_MAX = 12
"""Facets shown; those that describe most of the goods come first."""
FACET_VALUES_MAX = 30
"""Values shown per facet, the most frequent ones; chosen ones are always shown."""

FILTERS_MAX = 8
"""Attributes one may filter by at once."""
FILTER_VALUES_MAX = 20
"""Values one may choose per facet."""
CODE_LENGTH_MAX = 160
"""Of a brand's, attribute's or value's code in a filter."""
PRICE_MINOR_MAX = 10**12
"""A price bound in minor units."""

QUERY_LENGTH_MAX = 200
"""Signs of a search that are read; the rest is not."""
QUERY_WORDS_MAX = 10
"""Words of a search that count; the rest is not looked for."""
WORD_LENGTH_MAX = 60
"""Longer runs of letters are cut: no word is that long."""
HITS_MAX = 1_000
"""Hits of a search that are ranked and counted; of more, the best-selling ones are taken."""
ENOUGH_HITS = 10
"""With fewer hits for all words together, hits for some of them are added below."""
FILL_MAX = 48
"""How many are added."""

SLOTS = 16
"""Spaces (channel and language, and those being built) that have an inverted index of their own;
with more of them some share one, which is slower but not wrong."""

SUGGESTIONS_MAX = 10
CURSOR_LENGTH_MAX = 400
NAME_KEY_LENGTH = 40
"""By so many signs names are ordered; names alike so far stand in the order of their ids."""
AVAILABLE_SHOWN_MAX = 20
"""Stock is kept up to this number («more than 20»), so that most sales change no row here."""
