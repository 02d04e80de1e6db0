"""Words: cleaned, shortened to addresses, ordered, and chosen by language."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import nh3

from tresen.domains.catalog.rules.refusals import TextMissing, TextTooLong
from tresen.domains.catalog.types import (
    FALLBACK_ELSE,
    FALLBACKS,
    SLUG_LENGTH_MAX,
    SORT_NAME_LENGTH,
    Localized,
)

T = TypeVar("T")

DESCRIPTION_TAGS = frozenset(
    {"p", "br", "b", "strong", "i", "em", "sub", "sup", "h3", "h4", "ul", "ol", "li"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
"""What a description may hold: no links, no pictures, no styles."""

_CLEANER = nh3.Cleaner(
    tags=set(DESCRIPTION_TAGS), attributes={}, clean_content_tags={"script", "style"}
)
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue", "ẞ": "ss"}
)
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&[a-zA-Z#][a-zA-Z0-9]*;|&#[0-9]+;")
_NOT_PLAIN = re.compile(r"[<>&\n]")
_CONTROLS = frozenset({"Cc", "Cs", "Cn"})
_BLANK_LINES = re.compile(r"\n\s*\n")
_SLUG_FROM_WORDS = 90
"""Made from a long name, an address ends at a word before this; there is room for a number."""


def clean_line(text: str) -> str:
    """One line of plain text: no control characters, single spaces, composed letters (NFC)."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() or sign.isspace() else "" for sign in text)
    text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean_text(text: str) -> str:
    """Plain text that may have lines: no control characters, no lone surrogates, trimmed."""
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = "".join(
            sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in _CONTROLS
        )
    return text.strip()


def clean_html(text: str) -> str:
    """A description as clean HTML. What holds no tags or entities is plain text, and becomes
    paragraphs where it has lines. Cleaning twice changes nothing."""
    text = clean_text(text)
    if _MARKUP.search(text):
        text = _without_teeth(text)
    if _MARKUP.search(text) or not _NOT_PLAIN.search(text):
        return text
    return _without_teeth(_paragraphs(text) if "\n" in text else html.escape(text, quote=False))


def _without_teeth(markup: str) -> str:
    cleaned: str = _CLEANER.clean(markup)
    return cleaned.strip()


def plain_of(description: str) -> str:
    """A clean description without its tags, for search and for previews."""
    if "<" not in description and "&" not in description:
        return description
    spaced = re.sub(r"<[^>]*>", " ", description)
    return " ".join(html.unescape(spaced).split())


def required_line(text: str, *, field: str, length_max: int) -> str:
    """Raises TextMissing, TextTooLong."""
    cleaned = clean_line(text)
    if not cleaned:
        raise TextMissing(field=field)
    return within(cleaned, field=field, length_max=length_max)


def within(text: str, *, field: str, length_max: int) -> str:
    """Raises TextTooLong."""
    if len(text) > length_max:
        raise TextTooLong(field=field, params={"length": len(text), "max": length_max})
    return text


def slug_of(words: str, *, length_max: int = _SLUG_FROM_WORDS) -> str:
    """An address made of words: «Größe & Maß» becomes «groesse-mass». May be empty."""
    text = words.translate(_GERMAN)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = _NOT_IN_SLUG.sub("-", text.lower()).strip("-")
    if len(slug) <= length_max:
        return slug
    cut = slug[: length_max + 1]
    at = cut.rfind("-")
    return cut[:at] if at > length_max // 2 else slug[:length_max].rstrip("-")


def slug_candidates(*, name: str, code: str) -> tuple[str, ...]:
    """Addresses to try in order; the last holds the code, which no other product has."""
    first = slug_of(name)
    second = slug_of(code, length_max=SLUG_LENGTH_MAX - _SLUG_FROM_WORDS - 1)
    return tuple(filter(None, (first, f"{first}-{second}".strip("-")))) or ("-",)


def sort_key(words: str) -> str:
    """Orders names as DIN 5007-1 does: ä as a, ß as ss, without regard to case."""
    text = words.casefold()
    if not text.isascii():
        text = "".join(
            sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
        )
    return text[:SORT_NAME_LENGTH]


@lru_cache(maxsize=64)
def chain_of(locale: str) -> tuple[str, ...]:
    """The languages to look in, in order; «de-AT» looks in «de» next."""
    base = locale.partition("-")[0]
    rest = FALLBACKS.get(base, (base, *FALLBACK_ELSE))
    return tuple(dict.fromkeys((locale, *rest)))


def in_language(texts: Mapping[str, T], *, locale: str) -> T | None:
    """The entry of the first language of the chain that has one, else any, else None."""
    for candidate in chain_of(locale):
        found = texts.get(candidate)
        if found:
            return found
    return next((texts[key] for key in sorted(texts) if texts[key]), None)


def label_of(labels: Localized, *, locale: str) -> str:
    return in_language(labels, locale=locale) or ""


def languages_without(words: Localized, *, locales: Sequence[str]) -> tuple[str, ...]:
    return tuple(locale for locale in locales if not words.get(locale, "").strip())


def _paragraphs(text: str) -> str:
    blocks = (block.strip() for block in _BLANK_LINES.split(html.escape(text, quote=False)))
    lines = (block.replace("\n", "<br>") for block in blocks if block)
    return "".join(f"<p>{line}</p>" for line in lines)
