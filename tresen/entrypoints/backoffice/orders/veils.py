"""What stands in place of a name that must not be shown, or cannot be any more."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language, gettext

from tresen.domains.orders.types import Veil
from tresen.domains.privacy.rules.retention import keep_until
from tresen.entrypoints.shared import dates
from tresen.foundation.vault.classes import KeyClass
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.place import responsible_place


def name_words(name: str, veil: Veil, *, placed_at: datetime) -> str:
    """The name; else why it is not there: locked until a day by a law, or erased."""
    if veil is Veil.NONE:
        return name
    if veil is Veil.ERASED:
        return gettext("erased")
    place = responsible_place()
    kept = keep_until(
        KeyClass.TAX_RECORD,
        created_on=place.day_of(placed_at),
        country=place.country,
        today=place.day_of(placed_at),
    )
    language = (get_language() or "en")[:2]
    return gettext("restricted until %(day)s, %(law)s") % {
        "day": dates.date_short(kept.day, language=language),
        "law": law_words(kept.law, locale=language),
    }
