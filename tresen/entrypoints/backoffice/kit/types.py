"""The words of the kit: columns, filters, chips, actions, sections, timelines, forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from django.forms import BaseForm, BoundField
from django.utils.functional import Promise

from tresen.foundation.money import Money

Row = TypeVar("Row")
Words = str | Promise
Tone = Literal["quiet", "info", "ok", "attention", "error"]
ColumnKind = Literal["text", "number", "money", "chips"]
FilterKind = Literal["choice", "days", "switch"]
ActionTone = Literal["plain", "primary", "danger", "quiet"]
FieldWidth = Literal["full", "half", "short"]

PAGE_SIZE = 50
EXPORT_BATCH = 200
EXPORT_MAX = 100_000
BULK_MAX = 500


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in one or two words; the tone only underlines it."""

    words: Words
    tone: Tone = "quiet"


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead to their source: a number to its reasons, a name to its page."""

    words: Words
    url: str
    note: Words = ""


Value = (
    str | Promise | int | Decimal | Money | datetime | date | Chip | Linked | Sequence[Chip] | None
)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column. `value` takes a row to what is shown and exported; money exports two columns."""

    name: str
    title: Words
    value: Callable[[Row], Value]
    kind: ColumnKind = "text"
    sortable: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """One answer to a filter's question."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Filter:
    """One question put to the list; its name is its word in the address.

    `days` asks for `name_from` and `name_to` (ISO dates, both included), `switch` for `1`.
    """

    name: str
    title: Words
    kind: FilterKind = "choice"
    choices: Sequence[FilterChoice] = ()
    many: bool = True


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list as someone wants it again: the part of the address after the question mark."""

    name: str
    title: Words
    query: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """Something one can do. A verb for a label.

    With `method` post it is a button in a form. `confirm` says in numbers what will happen; the
    kit then asks once before it sends. `fields` are hidden values sent along.
    """

    label: Words
    url: str
    method: Literal["get", "post"] = "get"
    tone: ActionTone = "plain"
    icon: str = ""
    confirm: Words = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A verb for many rows: the ids are posted to `url`, which answers with a preview."""

    label: Words
    url: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What a bulk action would do, in numbers, before it does it."""

    title: Words
    will: Sequence[Words]
    skipped: Sequence[Linked]
    ids: Sequence[str]
    confirm_label: Words
    action_url: str
    cancel_url: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """What a list says when it has nothing to show."""

    title: Words
    text: Words
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way here."""

    label: Words
    url: str = ""


@dataclass(frozen=True)
class ListSpec(Generic[Row]):
    """A list as its screen declares it, once."""

    name: str
    title: Words
    columns: Sequence[Column[Row]]
    row_id: Callable[[Row], str]
    empty: Empty
    row_url: Callable[[Row], str] | None = None
    filters: Sequence[Filter] = ()
    views: Sequence[SavedView] = ()
    sort: str = ""
    search_hint: Words = ""
    bulk: Sequence[BulkAction] = ()
    actions: Sequence[Action] = ()
    crumbs: Sequence[Crumb] = ()
    task: str = ""
    personal: bool = False
    """People are in it: as a file it is given out with four eyes only."""
    page_size: int = PAGE_SIZE
    export_batch: int = EXPORT_BATCH
    export_needs_proof: bool = True
    """Off only where no row is about a person."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the address asks of a list, checked against its spec."""

    search: str
    chosen: Mapping[str, tuple[str, ...]]
    sort: str
    descending: bool
    after: str
    before: str
    columns: tuple[str, ...]
    limit: int

    def one(self, name: str) -> str:
        """The single answer to a filter, or nothing."""
        return next(iter(self.chosen.get(name, ())), "")

    def many(self, name: str) -> tuple[str, ...]:
        """All answers to a filter."""
        return self.chosen.get(name, ())

    def day(self, name: str) -> date | None:
        """A day of a `days` filter: `placed_from` or `placed_to`."""
        answer = self.one(name)
        return date.fromisoformat(answer) if answer else None


@dataclass(frozen=True)
class Found(Generic[Row]):
    """What the screen found: at most `limit` rows and how to go on. Cursors are opaque."""

    rows: Sequence[Row]
    next_cursor: str = ""
    previous_cursor: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value; a `Linked` value opens its source."""

    label: Words
    value: Value
    note: Words = ""


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A small table inside a section, with an optional row of sums."""

    columns: Sequence[Column[Row]]
    rows: Sequence[Row]
    sums: Sequence[Value] = ()
    caption: Words = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a detail page. `edit_url` opens its form in place.

    `template` names a partial that draws what facts and tables cannot; it is given `given`.
    """

    name: str
    title: Words
    facts: Sequence[Fact] = ()
    tables: Sequence[Table[Any]] = ()
    text: Words = ""
    template: str = ""
    context: Mapping[str, object] = field(default_factory=dict)
    edit_url: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened: when, what, who."""

    at: datetime
    title: Words
    who: Words = ""
    text: Words = ""
    tone: Tone = "quiet"
    icon: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DetailPage:
    """One thing: its name, its states, what to do next, its parts, its story."""

    title: Words
    task: str
    crumbs: Sequence[Crumb]
    chips: Sequence[Chip] = ()
    lead: Words = ""
    next_action: Action | None = None
    actions: Sequence[Action] = ()
    sections: Sequence[Section] = ()
    timeline: Sequence[TimelineEntry] = ()
    note_url: str = ""
    audit_url: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a Django form with what only the page knows about it."""

    control: BoundField
    width: FieldWidth = "full"
    unit: Words = ""
    autocomplete: str = ""
    inputmode: str = ""


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields that belong together, with a sentence of help."""

    title: Words
    fields: Sequence[FormField]
    help: Words = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form as a page or, under HX-Request, in place of a section (`target` is its id)."""

    title: Words
    form: BaseForm
    sections: Sequence[FormSection]
    submit_label: Words
    cancel_url: str
    task: str = ""
    crumbs: Sequence[Crumb] = ()
    action_url: str = ""
    lead: Words = ""
    target: str = ""
    multipart: bool = False


@dataclass(frozen=True, slots=True)
class RailItem:
    """One task in the left rail."""

    name: str
    label: Words
    icon: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line of the board «Heute»: how many wait, since when, and where to go."""

    count: int
    words: Words
    url: str
    tone: Tone = "quiet"
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures over a scale of labels; drawn above the table that holds the same figures."""

    title: Words
    scale_title: Words
    value_title: Words
    labels: Sequence[str]
    series: Mapping[str, Sequence[int | Decimal]]
    source_url: str = ""
