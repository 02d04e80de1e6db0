"""Puts a list together: headers, cells, filters, chips, views and pager, ready to draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tresen.entrypoints.backoffice.kit.addresses import PAGING, changed, without_answer
from tresen.entrypoints.backoffice.kit.asking import answer_names
from tresen.entrypoints.backoffice.kit.cells import cell_html
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    BulkAction,
    Column,
    ColumnKind,
    Empty,
    Filter,
    FilterKind,
    Found,
    Linked,
    ListQuery,
    ListSpec,
    Row,
    SavedView,
    Value,
    Words,
)


@dataclass(frozen=True, slots=True)
class Header:
    """A column's head; `direction` is ascending, descending or empty (aria-sort)."""

    title: Words
    kind: ColumnKind
    sort_url: str
    direction: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row ready to draw."""

    id: str
    url: str
    cells: Sequence[tuple[ColumnKind, SafeString | str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice of a filter, with its state."""

    value: str
    label: Words
    chosen: bool


@dataclass(frozen=True, slots=True)
class FilterState:
    """A filter with what was answered; `first` and `last` are the days of a `days` filter."""

    name: str
    title: Words
    kind: FilterKind
    answers: Sequence[Answer]
    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class ChosenChip:
    """An answer that can be taken back."""

    title: Words
    label: Words
    remove_url: str


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view as a tab."""

    name: str
    title: Words
    url: str
    current: bool
    own: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything the list template draws."""

    name: str
    title: Words
    headers: Sequence[Header]
    lines: Sequence[Line]
    filters: Sequence[FilterState]
    chips: Sequence[ChosenChip]
    views: Sequence[ViewLink]
    columns: Sequence[Answer]
    kept: Sequence[tuple[str, str]]
    kept_beside_columns: Sequence[tuple[str, str]]
    search: str
    search_hint: Words
    sort: str
    bulk: Sequence[BulkAction]
    actions: Sequence[Action]
    empty: Empty
    narrowed: bool
    total: int | None
    first_url: str
    previous_url: str
    next_url: str
    csv_url: str
    clear_url: str
    query: str


def list_page(
    spec: ListSpec[Row],
    *,
    asked: ListQuery,
    found: Found[Row],
    sent: QueryDict,
    own: Sequence[SavedView] = (),
) -> ListPage:
    """The page for what was asked and found."""
    columns = [column for column in spec.columns if column.name in asked.columns]
    filters = [_state(asked, one) for one in spec.filters]
    return ListPage(
        name=spec.name,
        title=spec.title,
        headers=[_header(column, asked, sent) for column in columns],
        lines=[_line(spec, columns, row) for row in found.rows],
        filters=filters,
        chips=list(_chips(spec, asked, sent)),
        views=[_tab(view, sent, spec.sort) for view in (*spec.views, *own)],
        columns=[
            Answer(column.name, column.title, column.name in asked.columns)
            for column in spec.columns
        ],
        kept=[(name, answer) for name in ("sort", "column") for answer in sent.getlist(name)],
        kept_beside_columns=[
            (name, answer)
            for name, answers in sent.lists()
            for answer in answers
            if name not in ("column", *PAGING)
        ],
        search=asked.search,
        search_hint=spec.search_hint,
        sort=sent.get("sort", ""),
        bulk=spec.bulk,
        actions=spec.actions,
        empty=spec.empty,
        narrowed=bool(asked.search or asked.chosen),
        total=found.total,
        first_url=changed(sent) if asked.after or asked.before else "",
        previous_url=_turned(sent, "before", found.previous_cursor),
        next_url=_turned(sent, "after", found.next_cursor),
        csv_url=changed(sent, put={"format": "csv"}),
        clear_url=changed(sent, without=("q", *_names(spec.filters))),
        query=changed(sent).removeprefix("?"),
    )


def _turned(sent: QueryDict, way: str, cursor: str) -> str:
    return changed(sent, put={way: cursor}) if cursor else ""


def _names(filters: Sequence[Filter]) -> Iterator[str]:
    for asked in filters:
        yield from answer_names(asked)


def _header(column: Column[Row], asked: ListQuery, sent: QueryDict) -> Header:
    current = column.sortable and column.name == asked.sort
    direction = ("descending" if asked.descending else "ascending") if current else ""
    turned = f"-{column.name}" if direction == "ascending" else column.name
    url = changed(sent, put={"sort": turned}) if column.sortable else ""
    return Header(column.title, column.kind, url, direction)


def _line(spec: ListSpec[Row], columns: Sequence[Column[Row]], row: Row) -> Line:
    return Line(
        id=spec.row_id(row),
        url=spec.row_url(row) if spec.row_url else "",
        cells=[
            (column.kind, _row_words(value) if spec.row_url and not at else cell_html(value))
            for at, (column, value) in enumerate((one, one.value(row)) for one in columns)
        ],
    )


def _row_words(value: Value) -> SafeString | str:
    """The first cell is the row's own link and cannot hold another one."""
    if not isinstance(value, Linked):
        return cell_html(value)
    note = format_html(" <small>{}</small>", value.note) if value.note else ""
    return format_html("{}{}", value.words, note)


def _state(asked: ListQuery, one: Filter) -> FilterState:
    chosen = asked.many(one.name)
    days = (asked.one(f"{one.name}_from"), asked.one(f"{one.name}_to"))
    return FilterState(
        name=one.name,
        title=one.title,
        kind=one.kind,
        answers=[Answer(c.value, c.label, c.value in chosen) for c in one.choices],
        first=days[0],
        last=days[1],
        count=len(chosen) or sum(map(bool, days)),
    )


def _chips(spec: ListSpec[Row], asked: ListQuery, sent: QueryDict) -> Iterator[ChosenChip]:
    if asked.search:
        yield ChosenChip(_("Search"), asked.search, changed(sent, without=("q",)))
    for one in spec.filters:
        labels = {choice.value: choice.label for choice in one.choices} | {
            "1": pgettext("answer", "yes")
        }
        for name in answer_names(one):
            for answer in asked.many(name):
                label = labels.get(answer, answer)
                if one.kind == "days":
                    label = (_("from %(day)s") if name.endswith("_from") else _("to %(day)s")) % {
                        "day": answer
                    }
                yield ChosenChip(one.title, label, without_answer(sent, name=name, answer=answer))


def _tab(view: SavedView, sent: QueryDict, usual_sort: str) -> ViewLink:
    current = _narrowing(view.query, usual_sort) == _narrowing(changed(sent), usual_sort)
    return ViewLink(view.name, view.title, f"?{view.query}", current, view.own)


def _narrowing(query: str, usual_sort: str) -> dict[str, list[str]]:
    """What makes a view: the usual order does not count."""
    said = parse_qs(query.removeprefix("?"))
    if said.get("sort") == [usual_sort]:
        del said["sort"]
    return said
