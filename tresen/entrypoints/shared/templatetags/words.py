"""Dates in words: `{{ day|day_words }}`, `{% span first last %}`, `{% moment at %}`."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

from tresen.entrypoints.shared import dates

register = template.Library()
DEFAULT_LANGUAGE = "en"


@register.filter
def day_words(day: date | None) -> str:
    """`Dienstag, 24. November`."""
    return dates.day_words(day, language=_language()) if day else ""


@register.filter
def date_words(day: date | None) -> str:
    """`24. November 2026`."""
    return dates.date_words(day, language=_language()) if day else ""


@register.filter
def date_short(day: date | None) -> str:
    """`24.11.2026`."""
    return dates.date_short(day, language=_language()) if day else ""


@register.filter
def moment_words(at: datetime | None) -> str:
    """`24. November 2026, 14:32 Uhr`, where there is no HTML."""
    zone = get_current_timezone()
    return dates.moment_words(at, language=_language(), zone=zone) if at else ""


@register.simple_tag
def span(first: date, last: date) -> str:
    """`Dienstag, 24. bis Donnerstag, 26. November`."""
    return dates.span_words(first, last, language=_language())


@register.simple_tag
def moment(at: datetime | None, *, short: bool = False) -> SafeString | str:
    """A `<time>` element: `24. November 2026, 14:32 Uhr`, or short for tables."""
    if at is None:
        return ""
    words = dates.moment_short if short else dates.moment_words
    return format_html(
        '<time datetime="{}">{}</time>',
        dates.machine_moment(at),
        words(at, language=_language(), zone=get_current_timezone()),
    )


def _language() -> str:
    return get_language() or DEFAULT_LANGUAGE
