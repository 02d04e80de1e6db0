"""What the operator of this machine can mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tresen.operations.words.speaking import gettext


class Trouble(Exception):
    """The message says what is wrong and how to mend it; no traceback is shown for it.

    `words` are English, with {places}; they are told in the language of whoever sits there.
    """

    def __init__(self, words: str, /, **places: object) -> None:
        super().__init__(words)
        self.words = words
        self.places = places

    def __str__(self) -> str:
        return gettext(self.words, **self.places) if self.words else ""

    @property
    def plain(self) -> str:
        """In English: for what is kept, and read later by somebody else."""
        told = self._plain_places()
        return self.words.format(**told) if told else self.words

    def as_note(self) -> dict[str, Any]:
        """Kept beside the plain words, so that `retold` can tell them in any language."""
        return {"words": self.words, "places": self._plain_places()}

    def _plain_places(self) -> dict[str, str]:
        return {
            name: value.plain if isinstance(value, Trouble) else str(value)
            for name, value in self.places.items()
        }


def trouble_of(failure: Exception) -> Trouble:
    """Whatever went wrong, as something that can be told."""
    if isinstance(failure, Trouble):
        return failure
    return Trouble(f"{type(failure).__name__}: {failure}")


def retold(plain: str, note: Mapping[str, Any], *, tell: Callable[[str], str] = gettext) -> str:
    """What was kept, in the language of whoever reads it; as it was kept where a note is lacking.

    `tell` translates: for the terminal here, for a page by the page's own language. Nothing is
    told of a trouble that is over: empty words stay empty.
    """
    words, places = note.get("words"), note.get("places")
    if not plain or not isinstance(words, str) or not isinstance(places, dict):
        return plain
    told = tell(words)
    return told.format(**places) if places else told
