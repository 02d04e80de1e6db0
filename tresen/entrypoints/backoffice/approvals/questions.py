"""What a list was asked, in the words of that list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.entrypoints.backoffice.kit.asking import answer_names
from tresen.entrypoints.backoffice.kit.types import Filter, Words
from tresen.entrypoints.backoffice.orders.rows import ORDERS

FILTERS: Mapping[str, Sequence[Filter]] = {"orders": ORDERS.filters}
"""Of the lists that have some."""
NAMES: Mapping[str, Words] = {
    "q": _("Search word"),
    "from": _("From"),
    "to": _("Until"),
    "sort": _("Sorted by"),
    "column": _("Column"),
}


def list_url(name: str, question: str) -> str:
    """The list itself, asked as it was asked."""
    url = reverse(f"backoffice:{name}")
    return f"{url}?{question}" if question else url


def question_words(name: str, question: str) -> str:
    """What leaves the house: everybody, or whom was asked for."""
    parts = [
        f"{title}: {answer}" if answer else str(title)
        for title, answer in (_part(name, *pair) for pair in parse_qsl(question))
    ]
    asked = ", ".join(parts)
    return gettext("Only: %(asked)s") % {"asked": asked} if asked else gettext("The whole list")


def _part(name: str, field: str, answer: str) -> tuple[Words, Words]:
    """Title and answer; of a switch the title alone."""
    for one in FILTERS.get(name, ()):
        if field in answer_names(one):
            known = {choice.value: choice.label for choice in one.choices}
            return one.title, "" if one.kind == "switch" else known.get(answer, answer)
    return NAMES.get(field, field), answer
