"""Values as cells: HTML for the page, plain text for the export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeGuard

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, pgettext

from tresen.entrypoints.backoffice.kit.types import Chip, Linked, Value
from tresen.entrypoints.shared import amounts, dates
from tresen.foundation.money import Money

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NOTHING = "–"


def cell_html(value: Value) -> SafeString | str:
    """What stands in the table."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Linked):
        return _linked(value)
    if isinstance(value, Chip):
        return chip_html(value)
    if _is_chips(value):
        return format_html_join(" ", "{}", ((chip_html(chip),) for chip in value))
    return conditional_escape(_words(value))


def chip_html(chip: Chip) -> SafeString:
    """A state chip."""
    return format_html('<span class="state state-{}">{}</span>', chip.tone, chip.words)


def cell_text(value: Value) -> str:
    """What stands in the export: amounts and days as machines read them, no formulas."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return str(value.amount)
    if isinstance(value, datetime):
        return value.astimezone(get_current_timezone()).isoformat(timespec="seconds")
    if isinstance(value, int | Decimal | date):
        return str(value)
    return _harmless(_plain(value))


def _plain(value: Value) -> str:
    if isinstance(value, Chip | Linked):
        return str(value.words)
    if _is_chips(value):
        return ", ".join(str(chip.words) for chip in value)
    return str(value)


def _harmless(text: str) -> str:
    """A spreadsheet runs text that begins like a formula; a leading apostrophe stops it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _words(value: Value) -> str:
    language = get_language() or "en"
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    for kind, written in _WRITTEN:
        if isinstance(value, kind):
            return written(value, language)
    return str(value)


def _moment(value: datetime, language: str) -> str:
    return dates.moment_short(value, language=language, zone=get_current_timezone())


_WRITTEN: Sequence[tuple[type | tuple[type, ...], Callable[..., str]]] = (
    (Money, lambda value, language: amounts.money_words(value, language=language)),
    (datetime, _moment),
    (date, lambda value, language: dates.date_short(value, language=language)),
    ((int, Decimal), lambda value, language: amounts.number_words(value, language=language)),
)


def _linked(value: Linked) -> SafeString:
    note = format_html(" <small>{}</small>", value.note) if value.note else ""
    return format_html('<a href="{}">{}</a>{}', value.url, value.words, note)


def _is_chips(value: Value) -> TypeGuard[Sequence[Chip]]:
    return isinstance(value, Sequence) and not isinstance(value, str)
