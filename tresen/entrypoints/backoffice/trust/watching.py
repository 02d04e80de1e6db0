"""What pages may load, and what the watch over the checkout found last."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.types import (
    Chip,
    Column,
    Crumb,
    DetailPage,
    Fact,
    Section,
    Table,
    ToDo,
)
from tresen.entrypoints.backoffice.trust.script_words import PURPOSES, WATCHES
from tresen.entrypoints.backoffice.trust.states import when_words
from tresen.entrypoints.policy.standing import may_follow
from tresen.entrypoints.shared.shield.inventory import Script, known_scripts
from tresen.foundation.watches.findings import Watched, list_watches


@require_GET
def scripts(request: HttpRequest) -> HttpResponse:
    """The inventory of PCI DSS 6.4.3, and the alarms of 11.6.1."""
    watches = list_watches()
    listed = sorted(known_scripts().values(), key=lambda one: (not one.on_checkout, one.file))
    page = DetailPage(
        title=gettext("Scripts and their watch"),
        task="trust",
        crumbs=[
            Crumb(gettext("Trust"), reverse("backoffice:trust")),
            Crumb(gettext("Scripts and their watch")),
        ],
        lead=gettext("Every five minutes the shop looks at its own checkout from outside"),
        chips=[_chip(watches)],
        sections=[
            Section("watches", gettext("What was found last"), tables=_watches(watches)),
            Section("scripts", gettext("What pages may load"), facts=list(map(_script, listed))),
        ],
    )
    return render_detail(request, page)


def watch_todos(request: HttpRequest) -> list[ToDo]:
    """An alarm stands on the board until the watch finds all well again."""
    url = reverse("backoffice:scripts")
    if not may_follow(request, url):
        return []
    count = sum(not watch.is_good for watch in list_watches())
    words = ngettext("watch raised an alarm", "watches raised an alarm", count)
    return [ToDo(count, words, url, "error")] if count else []


def _chip(watches: Sequence[Watched]) -> Chip:
    if any(not watch.is_good for watch in watches):
        return Chip(gettext("Alarm"), "error")
    return Chip(gettext("All well"), "ok") if watches else Chip(gettext("Not looked at yet"))


def _found_words(row: Watched) -> str:
    """An alarm in the words of the watch, which also stand in the log and in its mail."""
    return gettext("Everything is as it should be.") if row.is_good else row.words


def _watches(watches: Sequence[Watched]) -> list[Table[Watched]]:
    columns: list[Column[Watched]] = [
        Column("watch", gettext("Watch"), lambda row: str(WATCHES.get(row.name, row.name))),
        Column(
            "result",
            gettext("Result"),
            lambda row: (
                Chip(gettext("well"), "ok") if row.is_good else Chip(gettext("Alarm"), "error")
            ),
        ),
        Column("words", gettext("What it says"), _found_words),
        Column("since", gettext("Since"), lambda row: when_words(row.since)),
        Column("seen", gettext("Looked last"), lambda row: when_words(row.seen_at)),
    ]
    return [Table(columns, list(watches))] if watches else []


def _script(row: Script) -> Fact:
    place = gettext("also in the checkout") if row.on_checkout else gettext("never in the checkout")
    return Fact(row.file, str(PURPOSES.get(row.file, row.purpose)), f"{row.owner}, {place}")
