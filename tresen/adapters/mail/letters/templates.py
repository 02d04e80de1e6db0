"""The letters' templates, compiled once per language: their words are looked up only then."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.template import Origin
from django.template.backends.django import DjangoTemplates
from django.template.loaders.filesystem import Loader
from django.utils.translation import gettext

ADAPTERS = Path(__file__).resolve().parents[2]
_WORDS = re.compile(r'{% translate "([^"]+)" %}')
_CACHED = "django.template.loaders.cached.Loader"


class SpokenLoader(Loader):
    """Puts the words of the language that is active while a template is compiled."""

    def get_contents(self, origin: Origin) -> str:
        return _WORDS.sub(lambda hit: gettext(hit[1]), super().get_contents(origin))


@lru_cache(maxsize=16)
def templates_in(locale: str) -> DjangoTemplates:
    """Every language has templates of its own; ask for one while that language is active."""
    spoken = f"{SpokenLoader.__module__}.{SpokenLoader.__qualname__}"
    return DjangoTemplates(
        {
            "NAME": f"letters-{locale}",
            "DIRS": [ADAPTERS],
            "APP_DIRS": False,
            "OPTIONS": {"loaders": [(_CACHED, [spoken])]},
        }
    )
