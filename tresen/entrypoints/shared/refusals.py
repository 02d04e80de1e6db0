"""Refusals in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext

from tresen.foundation.refusals import Refusal


def text_of(refusal: Refusal) -> str:
    """The translated sentence, with its numbers filled in."""
    text = gettext(refusal.message)
    return text % refusal.params if refusal.params else text
