"""The German words as they lie in the catalogue's sources, compiled or not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

from tresen.adapters.mail.letters.templates import templates_in


@lru_cache(maxsize=1)
def german_words() -> dict[str, str]:
    folder = Path(settings.LOCALE_PATHS[0]) / "de"
    words: dict[str, str] = {}
    for file in sorted(folder.rglob("*.po")):
        with file.open("rb") as open_file:
            for message in read_po(open_file):
                if isinstance(message.id, str) and isinstance(message.string, str):
                    words[message.id] = message.string
    return {english: german for english, german in words.items() if german}


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In this test German is spoken, and no template remembers that it was not."""
    templates_in.cache_clear()
    words = german_words()
    compiled = DjangoTranslation.gettext

    def gettext(self: DjangoTranslation, message: str) -> str:
        if self.language() == "de" and message in words:
            return words[message]
        return str(compiled(self, message))

    monkeypatch.setattr(DjangoTranslation, "gettext", gettext)
    yield
    templates_in.cache_clear()
