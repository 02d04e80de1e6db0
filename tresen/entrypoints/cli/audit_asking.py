"""Asking the audit at the terminal: who did what, and whom it touches. People are ids here."""

from __future__ import annotations

import argparse
import csv
import sys
from datetime import date
from pathlib import Path

from django.db import transaction

from tresen.domains.accounts.queries import names_of
from tresen.domains.security.queries.deeds import (
    Scope,
    count_affected,
    list_affected,
    list_scope,
)
from tresen.domains.security.types.incidents import Affected
from tresen.entrypoints.backoffice.kit.asking import ListRefused
from tresen.entrypoints.backoffice.kit.types import Linked
from tresen.entrypoints.backoffice.trust.audit.asking import HINT, scope_of
from tresen.entrypoints.backoffice.trust.audit.words import (
    action_words,
    object_of,
    people_in,
    who_words,
)
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record, record_read
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext, number

DEEDS_SHOWN = 50
DEEDS_MAX = 200
PEOPLE_SHOWN = 200
PRIVATE = 0o600


class QuestionUnclear(Trouble):
    """What was asked names nothing that the audit knows."""


def day(text: str) -> date:
    """Year-month-day."""
    return date.fromisoformat(text)


def declare_question(parser: argparse.ArgumentParser) -> None:
    """Whose deeds, and when: as the search of the back office takes it."""
    words = _("an address, an order, a login, or one of {names}", names=HINT)
    parser.add_argument("words", nargs="?", default="", metavar="WORDS", help=words)
    parser.add_argument("--from", dest="since", type=day, metavar="DAY")
    parser.add_argument("--to", dest="until", type=day, metavar="DAY")


def scope_asked(arguments: argparse.Namespace) -> Scope:
    """Raises QuestionUnclear, with the remedy."""
    try:
        return scope_of(arguments.words, since=arguments.since, until=arguments.until)
    except ListRefused as refused:
        raise QuestionUnclear(str(refused.remedy)) from refused


def check_folder(file: Path) -> None:
    """Before anything is asked or written."""
    if not file.parent.is_dir():
        raise Trouble(_("There is no folder {folder}.", folder=file.parent))


def search(arguments: argparse.Namespace) -> int:
    """Newest first."""
    found = list_scope(scope_asked(arguments), limit=max(1, min(arguments.limit, DEEDS_MAX)))
    people = names_of(people_in(found))
    for row in found:
        what = object_of(row, people)
        thing = what.words if isinstance(what, Linked) else what
        who = who_words(row, people)
        print(f"{row.at:%Y-%m-%d %H:%M:%S}  {who}  {action_words(row.action)}  {thing}".rstrip())
    if not found:
        print(_("Nobody did anything of that kind."))
    return 0


def affected(arguments: argparse.Namespace) -> int:
    """Everybody whose data was changed or shown; asking is a deed itself."""
    scope = scope_asked(arguments)
    if scope.is_whole:
        raise QuestionUnclear(_("Say whose deeds, or from which day to which."))
    people, deeds = count_affected(scope)
    if arguments.csv:
        check_folder(arguments.csv)
        _write(arguments.csv, list_affected(scope), arguments.words)
    else:
        _show(list_affected(scope, limit=PEOPLE_SHOWN), arguments.words)
    told = ngettext(
        "{count} person, deeds: {deeds}", "{count} people, deeds: {deeds}", people,
        deeds=number(deeds),
    )  # fmt: skip
    print(told, file=sys.stderr)
    return 0


def _show(rows: list[Affected], words: str) -> None:
    record_read(
        action="affected.list",
        actor=SYSTEM,
        persons=[row.person_id for row in rows],
        fields=(),
        object_kind="audit",
        object_id=words[:80],
        now=clock.now(),
    )
    for row in rows:
        deeds = ngettext("{count} deed", "{count} deeds", row.deeds)
        span = f"{row.first_at:%Y-%m-%d %H:%M} – {row.last_at:%Y-%m-%d %H:%M}"
        print(f"{row.person_id}  {span}  {deeds}  {', '.join(row.fields)}".rstrip())


def _write(file: Path, rows: list[Affected], words: str) -> None:
    """Readable by whoever called it, and by nobody else."""
    with transaction.atomic():
        deed = Deed(
            action="affected.export",
            actor=SYSTEM,
            object_kind="audit",
            object_id=words[:80],
            persons=[row.person_id for row in rows],
            after={"rows": len(rows)},
        )
        record(deed, now=clock.now())
    file.touch(mode=PRIVATE)
    file.chmod(PRIVATE)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["person", "deeds", "first_at", "last_at", "fields"])
        for row in rows:
            times = [row.first_at.isoformat(), row.last_at.isoformat()]
            writer.writerow([row.person_id, row.deeds, *times, " ".join(row.fields)])
