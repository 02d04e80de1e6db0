"""A detail page: header with states and the next action, sections, timeline, audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from tresen.entrypoints.backoffice.kit.cells import cell_html
from tresen.entrypoints.backoffice.kit.offering import offered_page, offered_section
from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.kit.types import (
    ColumnKind,
    DetailPage,
    Section,
    Table,
    Words,
)


@dataclass(frozen=True, slots=True)
class DrawnFact:
    """A fact ready to draw."""

    label: Words
    html: SafeString | str
    note: Words


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table ready to draw."""

    caption: Words
    heads: Sequence[tuple[ColumnKind, Words]]
    rows: Sequence[Sequence[tuple[ColumnKind, SafeString | str]]]
    sums: Sequence[tuple[ColumnKind, SafeString | str]]


@dataclass(frozen=True, slots=True)
class DrawnSection:
    """A section with its cells drawn; `given` is what it was made of."""

    given: Section
    facts: Sequence[DrawnFact]
    tables: Sequence[DrawnTable]


def render_detail(request: HttpRequest, page: DetailPage, *, status: int = 200) -> HttpResponse:
    """The whole page, with the actions that this role may use."""
    page = offered_page(request, page)
    return render_page(
        request,
        "backoffice/kit/detail.html",
        {
            "page": page,
            "title": page.title,
            "sections": [drawn_section(section) for section in page.sections],
        },
        task=page.task,
        crumbs=page.crumbs,
        status=status,
    )


def render_section(request: HttpRequest, section: Section) -> HttpResponse:
    """One section alone: what an in-place form is replaced by once it is saved."""
    context = {"section": drawn_section(offered_section(request, section))}
    return render_page(request, "backoffice/kit/_section.html", context, task="")


def drawn_section(section: Section) -> DrawnSection:
    """Values to cells."""
    return DrawnSection(
        given=section,
        facts=[DrawnFact(fact.label, cell_html(fact.value), fact.note) for fact in section.facts],
        tables=[_drawn_table(table) for table in section.tables],
    )


def _drawn_table(table: Table[Any]) -> DrawnTable:
    kinds = [column.kind for column in table.columns]
    return DrawnTable(
        caption=table.caption,
        heads=[(column.kind, column.title) for column in table.columns],
        rows=[
            [(column.kind, cell_html(column.value(row))) for column in table.columns]
            for row in table.rows
        ],
        sums=[
            (kind, cell_html(value) if value is not None else "")
            for kind, value in zip(kinds, table.sums, strict=False)
        ],
    )
