"""Texts to words, the same way for goods and for questions, and words to text-search queries.

Words are runs of letters and digits; decimal numbers stay whole («1,5» is «1.5»). Only such
words ever reach a tsquery, each in quotes, so that nothing a person types has a meaning there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tresen.domains.discovery.types import (
    NAME_KEY_LENGTH,
    QUERY_LENGTH_MAX,
    QUERY_WORDS_MAX,
    WORD_LENGTH_MAX,
)

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)+(?![^\W_])|[^\W_]+")
_JOINED: Final = re.compile(r"[^\W_]+(?:[-./][^\W_]+)+")
_JOINT: Final = re.compile(r"[-./]")
_NOT_IN_CODE: Final = re.compile(r"[^0-9A-Z]")
_CODE_LENGTH_MIN, _CODE_LENGTH_MAX = 4, 40
_JOINED_LENGTH_MAX: Final = 24
_CONFIGURATIONS: Final = {"de": "tresen_de", "en": "tresen_en"}
_FILLERS: Final = frozenset({"fürs", "fuers", "ans", "aufs", "ins", "ums", "vors", "übers"})
"""Little words that the stop lists of the text search do not know."""
_FOLDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def configuration_of(locale: str) -> str:
    """The text search configuration of a language; each is made by a migration."""
    return _CONFIGURATIONS.get(locale, "tresen_simple")


def searchable(text: str) -> str:
    """A text as it is handed to the text search: words with one blank between them."""
    return " ".join(_words(text))


def words_of(text: str) -> list[str]:
    """The words in lower case."""
    return _words(text.lower())


def clipped(query: str) -> str:
    """What is read of a question: one line of printable signs, QUERY_LENGTH_MAX at most."""
    text = unicodedata.normalize("NFC", query[:QUERY_LENGTH_MAX])
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def query_words(query: str) -> list[str]:
    """The words of a question that count, each once, QUERY_WORDS_MAX at most."""
    words = list(dict.fromkeys(words_of(clipped(query))))
    return ([word for word in words if word not in _FILLERS] or words)[:QUERY_WORDS_MAX]


def joined_forms(text: str) -> list[str]:
    """«USB-C» is also found as «usbc», «dv7-1211ea» as «dv71211ea»."""
    found = (_JOINT.sub("", match) for match in _JOINED.findall(text))
    return [word for word in found if len(word) <= _JOINED_LENGTH_MAX]


def folded_forms(words: Iterable[str]) -> list[str]:
    """«Käse» is also found as «kaese»; «kase» is seen to by the text search itself."""
    return [word.translate(_FOLDED) for word in words if not word.isascii() and _has_umlaut(word)]


def normal_code(code: str) -> str:
    """An article number as it is compared: «ab-12 3» is «AB123». May be empty."""
    return _NOT_IN_CODE.sub("", code.upper())


def codes_in(query: str) -> list[str]:
    """What of a question may be a SKU or GTIN: the whole of it, or a word with a digit."""
    parts = [query, *query.split()]
    codes = (normal_code(part) for part in parts if any(sign.isdigit() for sign in part))
    fitting = (code for code in codes if _CODE_LENGTH_MIN <= len(code) <= _CODE_LENGTH_MAX)
    return list(dict.fromkeys(fitting))[:QUERY_WORDS_MAX]


def name_key(name: str) -> str:
    """By which names are ordered, after DIN 5007-1: ä as a, ß as ss, whatever the case."""
    text = name.casefold()
    if not text.isascii():
        split = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in split if not unicodedata.combining(sign))
    return text[:NAME_KEY_LENGTH]


def tsquery_all(words: Sequence[str], *, parts: Mapping[str, Sequence[str]] | None = None) -> str:
    """Every word; a word with `parts` may also stand there in its parts."""
    return " & ".join(_alternatives(word, (parts or {}).get(word, ())) for word in words)


def tsquery_any(words: Iterable[str]) -> str:
    """At least one word."""
    return " | ".join(_quoted(word) for word in words)


def tsquery_prefix(words: Sequence[str]) -> str:
    """Every word, the last one as the beginning of one: for suggestions only."""
    return " & ".join([*map(_quoted, words[:-1]), f"{_quoted(words[-1])}:*"])


def _words(text: str) -> list[str]:
    return [
        (word.replace(",", ".") if "," in word else word)[:WORD_LENGTH_MAX]
        for word in _WORD.findall(text)
    ]


def _has_umlaut(word: str) -> bool:
    return any(sign in word for sign in "äöüß")


def _alternatives(word: str, parts: Sequence[str]) -> str:
    if not parts:
        return _quoted(word)
    return f"({_quoted(word)} | ({' & '.join(map(_quoted, parts))}))"


def _quoted(word: str) -> str:
    assert _WORD.fullmatch(word), "only words reach a query"
    return f"'{word}'"
