"""The words of the command line: in the language of whoever sits at the terminal.

They come from the same catalogue as the pages', through Python's own gettext: the doctor and the
menu speak where Django does not stand. The language is that of the process, as the environment
names it (GNU gettext, «Locale Environment Variables»), or as TRESEN_LANGUAGE does.
"""

from __future__ import annotations

import gettext as catalogues
import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path

LOCALES = Path(__file__).resolve().parents[2] / "locale"
DOMAIN = "django"
ENGLISH = "en"
LANGUAGES = (ENGLISH, "de")
NAMED_BY = ("TRESEN_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environ: Mapping[str, str]) -> str:
    """Of the first variable that is set; English where it names nothing that we speak."""
    named = next((environ[name] for name in NAMED_BY if environ.get(name)), "")
    wanted = (one.split(".")[0].split("_")[0] for one in named.lower().split(":"))
    return next((language for language in wanted if language in LANGUAGES), ENGLISH)


def speak(environ: MutableMapping[str, str] = os.environ) -> str:
    """From now on, this process and its children; argparse's own words, too. Returns the code."""
    language = language_of(environ)
    environ["LANGUAGE"] = language
    catalogues.bindtextdomain(DOMAIN, str(LOCALES))
    catalogues.textdomain(DOMAIN)
    return language


def has_words(language: str) -> bool:
    return language == ENGLISH or catalogues.find(DOMAIN, str(LOCALES), [language]) is not None


def gettext(text: str, **places: object) -> str:
    """Translated, and {name} filled in."""
    told = catalogues.gettext(text)
    return told.format(**places) if places else told


def ngettext(one: str, many: str, count: int, **places: object) -> str:
    """{count} is filled in, too."""
    return catalogues.ngettext(one, many, count).format(count=number(count), **places)


def gettext_noop(text: str) -> str:
    """Words of a table, translated where they are told."""
    return text


def number(value: float, digits: int = 0) -> str:
    """1,234.5 or 1.234,5."""
    told = f"{value:,.{digits}f}"
    if os.environ.get("LANGUAGE") == "de":
        return told.translate(str.maketrans(",.", ".,"))
    return told
