"""Sample lists and requests for the tests of the kit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from tresen.entrypoints.backoffice.kit.types import (
    BulkAction,
    Chip,
    Column,
    Empty,
    Filter,
    FilterChoice,
    ListSpec,
    SavedView,
    Value,
)
from tresen.foundation.money import Money

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A row of the sample list."""

    number: str
    sent_at: datetime
    value: Money | None
    state: str = "open"


def parcels(count: int) -> list[Parcel]:
    """Parcels, newest first."""
    return [
        Parcel(f"P-{at:04}", NOON - timedelta(hours=at), Money(1000 + at, "EUR"))
        for at in range(count)
    ]


def _number(row: Parcel) -> Value:
    return row.number


def _sent(row: Parcel) -> Value:
    return row.sent_at


def _state(row: Parcel) -> Value:
    return Chip(row.state, "info")


def _value(row: Parcel) -> Value:
    return row.value


def spec(*, page_size: int = 50, export_batch: int = 200) -> ListSpec[Parcel]:
    """A list with one of everything."""
    return ListSpec(
        export_needs_proof=False,
        name="parcels",
        title="Parcels",
        columns=[
            Column("number", "Number", _number, sortable=True),
            Column("sent", "Sent", _sent, sortable=True),
            Column("state", "State", _state, kind="chips"),
            Column("value", "Value", _value, kind="money", shown=False),
        ],
        row_id=lambda row: row.number,
        row_url=lambda row: f"/parcels/{row.number}/",
        empty=Empty("No parcels yet", "They appear here once one is packed."),
        filters=[
            Filter(
                "state",
                "State",
                choices=[FilterChoice("open", "Open"), FilterChoice("sent", "Sent")],
            ),
            Filter("way", "Way", choices=[FilterChoice("dhl", "DHL")], many=False),
            Filter("sent", "Sent", kind="days"),
            Filter("late", "Late only", kind="switch"),
        ],
        views=[SavedView("all", "All", ""), SavedView("open", "Open ones", "state=open")],
        sort="-sent",
        search_hint="Number",
        bulk=[BulkAction("Print labels", "/parcels/labels")],
        page_size=page_size,
        export_batch=export_batch,
    )


def request(query: str = "", **headers: str) -> HttpRequest:
    """A GET of the list with an empty session."""
    made = RequestFactory().get(f"/parcels/{query}", headers=headers)
    made.session = SessionStore()
    return made
