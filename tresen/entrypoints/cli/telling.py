"""A refusal in the words of the terminal."""

from __future__ import annotations

from tresen.foundation.refusals import Refusal
from tresen.operations.words.speaking import gettext as _


def told(refusal: Refusal) -> str:
    """The sentence in its language, with what it is about."""
    words = _(refusal.message)
    return words % refusal.params if refusal.params else words
