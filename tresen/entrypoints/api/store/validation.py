"""What is wrong with one field, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop

_WHOLE = gettext_noop("Please give a whole number.")
_TEXT = gettext_noop("Please give a text.")
_NUMBER = gettext_noop("Please give a number.")
_YES_NO = gettext_noop("Please give true or false.")
_LIST = gettext_noop("Please give a list.")
_FIELDS = gettext_noop("Please give an object with fields.")
_OTHER = gettext_noop("This value does not fit here. Please look it up in the documentation.")

BAD_SIGNS = "bad_signs"

_SENTENCES: Mapping[str, str] = {
    "missing": gettext_noop("Please fill this in."),
    "extra_forbidden": gettext_noop("There is no such field here. Please leave it out."),
    "string_too_long": gettext_noop("Please use at most %(max_length)s characters."),
    "string_too_short": gettext_noop("Please use at least %(min_length)s characters."),
    "string_pattern_mismatch": gettext_noop("This has not the form that is asked for."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    BAD_SIGNS: gettext_noop("Please leave out line breaks and control characters."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "finite_number": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "greater_than_equal": gettext_noop("Please give at least %(ge)s."),
    "less_than_equal": gettext_noop("Please give at most %(le)s."),
    "too_long": gettext_noop("Please send at most %(max_length)s entries."),
    "too_short": gettext_noop("Please send at least %(min_length)s entries."),
    "list_type": _LIST,
    "model_attributes_type": _FIELDS,
    "model_type": _FIELDS,
    "dict_type": _FIELDS,
    "literal_error": gettext_noop("Please choose one of these: %(expected)s."),
    "enum": gettext_noop("Please choose one of these: %(expected)s."),
}
_PLACES = {"body", "query", "path", "header", "payload", "asked"}


def field_problems(found: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Field, code and sentence of each error that pydantic found."""
    return [
        {
            "field": path_of(error["loc"]),
            "code": error["type"],
            "detail": _sentence(error["type"], error.get("ctx") or {}),
        }
        for error in found
    ]


def path_of(location: Iterable[str | int]) -> str:
    """lines[0].quantity"""
    path = ""
    for place, part in enumerate(location):
        if place == 0 and part in _PLACES:
            continue
        if isinstance(part, int):
            path += f"[{part}]"
        elif part not in _PLACES or path:
            path += f".{part}" if path else part
    return path


def _sentence(kind: str, params: Mapping[str, Any]) -> str:
    text = gettext(_SENTENCES.get(kind, _OTHER))
    return text % params if "%(" in text else text
