"""A copy as a page: the file's own values under plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from tresen.entrypoints.storefront.privacy import words
from tresen.entrypoints.storefront.privacy.checks import checks_in

_HIDDEN = {"id", "created_at", "kept_until"}


def page_of(copy: Mapping[str, Any]) -> dict[str, object]:
    """What the template shows."""
    return {
        "copy": copy,
        "tables": [_table(table) for table in copy["data"]],
        "recipients": words.received_words(copy.get("recipients", [])),
        "checks": checks_in(copy),
        "consents": copy.get("consents", []),
        "storage": copy.get("storage", {}).get("place", ""),
    }


def _table(table: Mapping[str, Any]) -> dict[str, object]:
    fields: Sequence[Mapping[str, Any]] = table.get("fields", [])
    purposes = [purpose for field in fields for purpose in field["purposes"]]
    bases = dict.fromkeys(field["basis"] for field in fields)
    return {
        "title": words.table_words(table["table"]),
        "derived": table["origin"] == "derived",
        "purposes": words.purpose_words(purposes),
        "bases": [words.basis_words(basis) for basis in bases],
        "records": [_record(record, fields) for record in table["records"]],
    }


def _record(record: Mapping[str, Any], fields: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    kept, known = record.get("kept_until"), {field["name"]: field for field in fields}
    until = ""
    if kept:
        until = gettext("until %(day)s (%(law)s)") % {
            "day": words.day_words(date.fromisoformat(kept["day"])),
            "law": kept["law"],
        }
    return {
        "until": until,
        "values": [
            _value(name, value, known.get(name, {}))
            for name, value in record.items()
            if name not in _HIDDEN and value not in (None, "")
        ],
    }


def _value(name: str, value: object, field: Mapping[str, Any]) -> tuple[str, str]:
    label = field.get("label") or words.field_words(name)
    return label, words.value_words(value, field.get("names"))
