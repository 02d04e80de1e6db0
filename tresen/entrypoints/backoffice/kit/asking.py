"""Reads what an address asks of a list and refuses what the list does not know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from tresen.entrypoints.backoffice.kit.cursors import CURSOR_LENGTH_MAX
from tresen.entrypoints.backoffice.kit.types import Filter, ListQuery, ListSpec, Row, Words

SEARCH_LENGTH_MAX = 120
ANSWERS_MAX = 40


class ListRefused(Exception):
    """The address asks for something this list does not have; `remedy` says what to do."""

    def __init__(self, *, field: str, remedy: Words) -> None:
        super().__init__(field)
        self.field = field
        self.remedy = remedy


def read_list(sent: QueryDict, *, spec: ListSpec[Row]) -> ListQuery:
    """The checked question. Unknown words of the address are ignored, wrong answers refused."""
    sort = sent.get("sort", "") or spec.sort
    return ListQuery(
        search=_search(sent.get("q", "")),
        chosen=dict(_answers(sent, spec.filters)),
        sort=_sort(sort.removeprefix("-"), spec),
        descending=sort.startswith("-"),
        after=_cursor(sent, "after"),
        before=_cursor(sent, "before"),
        columns=_columns(sent.getlist("column"), spec),
        limit=spec.page_size,
    )


def answer_names(asked: Filter) -> tuple[str, ...]:
    """The words of the address that belong to a filter."""
    if asked.kind == "days":
        return (f"{asked.name}_from", f"{asked.name}_to")
    return (asked.name,)


def _search(words: str) -> str:
    if len(words) > SEARCH_LENGTH_MAX:
        raise ListRefused(field="q", remedy=_("Search with fewer words."))
    return words.replace("\x00", "").strip()  # a sign that no table can hold


def _answers(sent: QueryDict, filters: Iterable[Filter]) -> Iterable[tuple[str, tuple[str, ...]]]:
    for asked in filters:
        for name in answer_names(asked):
            answers = tuple(answer for answer in sent.getlist(name) if answer)[:ANSWERS_MAX]
            if answers:
                yield name, _checked(asked, answers)


def _checked(asked: Filter, answers: tuple[str, ...]) -> tuple[str, ...]:
    if asked.kind == "days":
        return (_day(answers[0], asked),)
    known = {"1"} if asked.kind == "switch" else {choice.value for choice in asked.choices}
    if not known.issuperset(answers):
        raise ListRefused(field=asked.name, remedy=_("Choose one of the offered values."))
    return answers if asked.many else answers[:1]


def _day(answer: str, asked: Filter) -> str:
    try:
        return date.fromisoformat(answer).isoformat()
    except ValueError as wrong:
        raise ListRefused(
            field=asked.name, remedy=_("Give a day as year-month-day, such as 2026-11-24.")
        ) from wrong


def _sort(name: str, spec: ListSpec[Row]) -> str:
    if name and name not in {column.name for column in spec.columns if column.sortable}:
        raise ListRefused(field="sort", remedy=_("Sort by one of the marked columns."))
    return name


def _cursor(sent: QueryDict, name: str) -> str:
    cursor = sent.get(name, "")
    if len(cursor) > CURSOR_LENGTH_MAX:
        raise ListRefused(field=name, remedy=_("Start from the beginning of the list."))
    return cursor


def _columns(wanted: list[str], spec: ListSpec[Row]) -> tuple[str, ...]:
    shown = [column.name for column in spec.columns if column.shown]
    chosen = [column.name for column in spec.columns if column.name in wanted]
    return tuple(chosen or shown)
