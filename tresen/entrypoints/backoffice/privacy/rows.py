"""From requests to the kit's list and detail."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.accounts.queries import names_of
from tresen.domains.orders.types import OrderSummary
from tresen.domains.privacy.types.requests import (
    ExportRow,
    RequestKind,
    RequestRow,
    RequestState,
    RequestWords,
    StepRow,
)
from tresen.entrypoints.backoffice import words as house
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    Filter,
    FilterChoice,
    Linked,
    ListSpec,
    SavedView,
    Section,
    Table,
    TimelineEntry,
    Value,
)
from tresen.entrypoints.backoffice.orders.rows import order_url
from tresen.entrypoints.backoffice.privacy import words
from tresen.foundation import clock
from tresen.foundation.ids import outer
from tresen.workflows.trusting.place import responsible_place

PREFIX = "req"
NEW_REQUEST = "/staff/trust/requests/new/"
"""As it stands in urls.py, which is not read yet when the list is declared."""


def request_url(request_id: UUID, name: str = "privacy_request") -> str:
    return reverse(f"backoffice:{name}", args=[outer(PREFIX, request_id)])


def _due(row: RequestRow) -> Value:
    chip = words.clock_chip(row, responsible_place().day_of(clock.now()))
    return [chip] if chip else None


REQUESTS: ListSpec[RequestRow] = ListSpec(
    name="privacy_requests",
    title=_("Requests about data"),
    task="trust",
    columns=[
        Column("number", _("Number"), lambda row: Linked(row.number, request_url(row.id))),
        Column("kind", _("About"), lambda row: words.KINDS[row.kind]),
        Column("clock", _("Time left"), _due, kind="chips"),
        Column("due", _("Answer by"), lambda row: row.clock.due_on),
        Column("received", _("Received"), lambda row: row.received_at),
        Column("way", _("Came in"), lambda row: words.WAYS[row.way]),
        Column("state", _("State"), lambda row: [words.state_chip(row)], kind="chips"),
    ],
    row_id=lambda row: outer(PREFIX, row.id),
    row_url=lambda row: request_url(row.id),
    empty=Empty(
        _("Nobody waits for an answer"),
        _("Requests from «My data» appear here at once; enter those by phone or letter yourself."),
    ),
    search_hint=_("Number"),
    filters=[
        Filter("open", _("Waiting"), kind="switch"),
        Filter("overdue", _("Late"), kind="switch"),
        Filter(
            "kind",
            _("About"),
            choices=[FilterChoice(kind.value, said) for kind, said in words.KINDS.items()],
            many=False,
        ),
        Filter(
            "state",
            _("State"),
            choices=[FilterChoice(state.value, said) for state, said in words.STATES.items()],
            many=False,
        ),
        Filter(
            "way",
            _("Came in"),
            choices=[FilterChoice(way.value, said) for way, said in words.WAYS.items()],
            many=False,
        ),
    ],
    views=[
        SavedView("open", _("Waiting"), "open=1"),
        SavedView("overdue", _("Late"), "overdue=1"),
        SavedView("all", _("All"), ""),
    ],
    actions=[
        Action(
            _("Enter a request"),
            NEW_REQUEST,
            tone="primary",
            icon="plus",
        )
    ],
)


def request_page(
    row: RequestRow,
    said: RequestWords,
    *,
    steps: Sequence[StepRow],
    orders: Sequence[OrderSummary],
    export: ExportRow | None,
    obstacles: str,
    restricted: bool,
) -> DetailPage:
    """One request: what is asked, by when, what stands in the way, what was done."""
    today = responsible_place().day_of(clock.now())
    chip = words.clock_chip(row, today)
    actions = _actions(row, restricted=restricted)
    return DetailPage(
        title=gettext("Request %(number)s") % {"number": row.number},
        task="trust",
        crumbs=[
            Crumb(gettext("Requests about data"), reverse("backoffice:privacy_requests")),
            Crumb(row.number),
        ],
        chips=[words.state_chip(row), *([chip] if chip else [])],
        lead=words.todo_words(row.kind),
        next_action=actions[0] if actions else None,
        actions=actions[1:],
        sections=[
            _facts(row, export, obstacles),
            _words(said),
            _orders(orders),
        ],
        timeline=_story(steps),
    )


def _facts(row: RequestRow, export: ExportRow | None, obstacles: str) -> Section:
    facts = [
        Fact(gettext("About"), f"{words.KINDS[row.kind]} ({words.article_words(row.kind)})"),
        Fact(gettext("Came in"), str(words.WAYS[row.way])),
        Fact(gettext("Received"), row.received_at),
        Fact(
            gettext("Answer by"),
            row.clock.due_on,
            note=gettext("extended by two months") if row.clock.extended else "",
        ),
        Fact(gettext("Person"), outer("per", row.person_id)),
    ]
    if obstacles:
        facts.append(Fact(gettext("Waits for"), obstacles))
    if export is not None:
        facts.append(Fact(gettext("Copy fetched"), export.downloads))
    return Section("facts", gettext("What is asked"), facts=facts)


def _words(said: RequestWords) -> Section:
    facts = [
        (gettext("What the person wrote"), said.wish),
        (gettext("How the person was checked"), said.identity_note),
        (gettext("Our answer"), said.answer),
    ]
    shown = [Fact(label, text) for label, text in facts if text]
    empty = "" if shown else gettext("Nothing was written.")
    return Section("words", gettext("What was written"), facts=shown, text=empty)


def _orders(orders: Sequence[OrderSummary]) -> Section:
    columns: list[Column[OrderSummary]] = [
        Column("number", gettext("Number"), lambda row: Linked(row.number, order_url(row.id))),
        Column("placed", gettext("Placed"), lambda row: row.placed_at),
        Column("total", gettext("Total"), lambda row: row.gross, kind="money"),
    ]
    text = "" if orders else gettext("None that could be read.")
    tables = [Table(columns, orders)] if orders else []
    return Section("orders", gettext("Orders of the person"), text=text, tables=tables)


def _actions(row: RequestRow, *, restricted: bool) -> list[Action]:
    """What can be done now, the main thing first."""
    if row.closed_at is not None:
        return _after(row, restricted=restricted)
    found = []
    if row.state is RequestState.UNPROVEN:
        found.append(
            Action(
                gettext("Note how you checked the person"),
                request_url(row.id, "privacy_request_proof"),
                tone="primary",
                icon="user-check",
            )
        )
    else:
        found.append(
            Action(gettext("Answer"), request_url(row.id, "privacy_request_answer"), tone="primary")
        )
        if row.kind is RequestKind.RESTRICTION and not restricted:
            found.append(_restrict(row))
    if not row.clock.extended:
        found.append(
            Action(gettext("Extend the time"), request_url(row.id, "privacy_request_extension"))
        )
    found.append(
        Action(
            gettext("The person takes it back"),
            request_url(row.id, "privacy_request_withdrawal"),
            method="post",
            confirm=gettext("The request is closed. Does the person no longer want it?"),
        )
    )
    return found


def _after(row: RequestRow, *, restricted: bool) -> list[Action]:
    if row.kind is not RequestKind.RESTRICTION or not restricted:
        return []
    return [
        Action(
            gettext("Lift the restriction"),
            request_url(row.id, "privacy_request_restriction"),
            method="post",
            fields={"lift": "1"},
            confirm=gettext("The data can be read and used again. Was the person told?"),
        )
    ]


def _restrict(row: RequestRow) -> Action:
    return Action(
        gettext("Restrict the data"),
        request_url(row.id, "privacy_request_restriction"),
        method="post",
        icon="lock",
        confirm=gettext(
            "Nobody but a tax audit reads name, address and letters of this person then, until "
            "the restriction is lifted."
        ),
    )


def _story(steps: Sequence[StepRow]) -> list[TimelineEntry]:
    people = names_of(house.staff_in(step.actor for step in steps))
    return [
        TimelineEntry(
            at=step.happened_at,
            title=words.step_words(step),
            who=house.who_words(step.actor, people),
            text=words.detail_words(step),
        )
        for step in reversed(steps)
    ]
