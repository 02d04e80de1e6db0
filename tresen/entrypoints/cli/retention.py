"""What is kept how long: what is due, taking it, and legal holds.

tresen retention report          the rules in force and the last runs
tresen retention run --dry-run   what would go now
tresen retention run             let it go
tresen retention holds           what is held back, and why
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from tresen.domains.privacy.queries.retention import last_run, list_holds
from tresen.domains.privacy.rules.retention import classes, created_before, period_of
from tresen.domains.privacy.types.retention import Finding, Period, Start, Unit
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import outer
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import language_of, ngettext, number
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.place import responsible_place
from tresen.workflows.trusting.retain import retain


def declare(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("report", help=_("rules in force and the last runs"))
    run = verbs.add_parser("run", help=_("let go what is due"))
    run.add_argument("--dry-run", action="store_true", help=_("only say it"))
    verbs.add_parser("holds", help=_("what is held back"))


def act(arguments: argparse.Namespace) -> int:
    if arguments.verb == "run":
        found = retain(dry=arguments.dry_run, now=clock.now(), actor=SYSTEM)
        print("\n".join(_told(found, dry=arguments.dry_run)))
    elif arguments.verb == "holds":
        print("\n".join(_holds()) or _("Nothing is held back."))
    else:
        print("\n".join(_report()))
    return 0


def _report() -> list[str]:
    place = responsible_place()
    today = place.day_of(clock.now())
    lines = []
    for name in classes():
        rule = period_of(name, country=place.country, today=today)
        lines.append(
            _(
                "{kind}: {period} ({law}); due: before {day}",
                kind=name,
                period=_period_words(rule),
                law=_law(rule.law),
                day=created_before(rule, today=today),
            )
        )
    for dry in (False, True):
        run = last_run(dry=dry)
        when = f"{run.ran_at:%Y-%m-%d %H:%M} UTC" if run else _("none yet")
        lines.append(
            _("Last dry run: {when}", when=when) if dry else _("Last run: {when}", when=when)
        )
        lines += _told(run.findings, dry=dry) if run else []
    return lines


def _period_words(rule: Period) -> str:
    period = {
        Unit.YEARS: ngettext("{count} year", "{count} years", rule.count),
        Unit.MONTHS: ngettext("{count} month", "{count} months", rule.count),
        Unit.DAYS: ngettext("{count} day", "{count} days", rule.count),
    }[rule.unit]
    if rule.start is Start.YEAR_END:
        return _("{period} from the end of the year", period=period)
    return _("{period} from the event", period=period)


def _law(law: str) -> str:
    return law_words(law, locale=language_of(os.environ))


def _told(found: Sequence[Finding], *, dry: bool) -> list[str]:
    """One line for each table with something due."""
    lines = [_finding_line(one, dry=dry) for one in found if one.due]
    return lines or [f"  {_('Nothing is due.')}"]


def _finding_line(one: Finding, *, dry: bool) -> str:
    places = {
        "table": one.table,
        "kind": one.retention,
        "due": number(one.due),
        "held": number(one.held),
        "oldest": one.oldest_on,
        "law": _law(one.law),
    }
    if dry:
        return _(
            "  {table} ({kind}): {due} due, {gone} would go, {held} held back; oldest {oldest}; "
            "{law}",
            gone=number(one.due - one.held),
            **places,
        )
    return _(
        "  {table} ({kind}): {due} due, {gone} gone, {held} held back; oldest {oldest}; {law}",
        gone=number(one.removed),
        **places,
    )


def _holds() -> list[str]:
    return [
        _(
            "{id}  {of}  {place}: {reason}; look again on {day}",
            id=outer("hld", row.id),
            of=outer("per", row.person_id) if row.person_id else row.retention,
            place=row.place,
            reason=row.reason,
            day=row.review_on,
        )
        for row in list_holds()
    ]
