"""A box that is never ticked before: a wish for news, apart from the order and asked once more."""

from __future__ import annotations

from datetime import datetime

from tresen.domains.privacy.queries.consents import current_text
from tresen.domains.privacy.types.consents import ConsentText, Purpose
from tresen.foundation.remembered import Remembered
from tresen.workflows.trusting.advertising import ask_for_newsletter

WORDS_SECONDS = 5.0
PLACE = "checkout"

_remembered = Remembered[str, tuple[ConsentText, ...]](seconds=WORDS_SECONDS)


def newsletter_words(*, locale: str) -> str:
    """The words beside the box; nothing where the shop has published none."""
    known = _remembered.find(PLACE)
    if known is None:
        text = current_text(Purpose.NEWSLETTER)
        known = _remembered.keep(PLACE, (text,) if text else ())
    return known[0].words.get(locale, "") if known else ""


def wish_for_news(*, email: str, locale: str, now: datetime) -> None:
    """The box was ticked: one mail asks whether the address is theirs. No consent before that."""
    if newsletter_words(locale=locale):
        ask_for_newsletter(email=email, locale=locale, place=PLACE, now=now)
