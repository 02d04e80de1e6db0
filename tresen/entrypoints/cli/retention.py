"""What is kept how long: what is due, taking it, and legal holds.

tresen retention report          the rules in force and the last runs
tresen retention run --dry-run   what would go now
tresen retention run             let it go
tresen retention holds           what is held back, and why
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tresen.domains.privacy.queries.retention import last_run, list_holds
from tresen.domains.privacy.rules.retention import classes, created_before, period_of
from tresen.domains.privacy.types.retention import Finding
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import outer
from tresen.workflows.trusting.place import responsible_place
from tresen.workflows.trusting.retain import retain


def declare(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("report", help="rules in force and the last runs")
    run = verbs.add_parser("run", help="let go what is due")
    run.add_argument("--dry-run", action="store_true", help="only say it")
    verbs.add_parser("holds", help="what is held back")


def act(arguments: argparse.Namespace) -> int:
    if arguments.verb == "run":
        found = retain(dry=arguments.dry_run, now=clock.now(), actor=SYSTEM)
        print("\n".join(_told(found, dry=arguments.dry_run)))
    elif arguments.verb == "holds":
        print("\n".join(_holds()) or "Nothing is held back.")
    else:
        print("\n".join(_report()))
    return 0


def _report() -> list[str]:
    place = responsible_place()
    today = place.day_of(clock.now())
    lines = []
    for name in classes():
        rule = period_of(name, country=place.country, today=today)
        begun = "from the end of the year" if rule.start == "year_end" else "from the event"
        before = created_before(rule, today=today)
        lines.append(f"{name}: {rule.count} {rule.unit} {begun} ({rule.law}); due: before {before}")
    for dry in (False, True):
        run = last_run(dry=dry)
        what = "Last dry run" if dry else "Last run"
        lines.append(f"{what}: {run.ran_at:%Y-%m-%d %H:%M} UTC" if run else f"{what}: none yet")
        lines += _told(run.findings, dry=dry) if run else []
    return lines


def _told(found: Sequence[Finding], *, dry: bool) -> list[str]:
    """One line for each table with something due."""
    lines = [
        f"  {one.table} ({one.retention}): {one.due} due,"
        f" {one.due - one.held if dry else one.removed} {'would go' if dry else 'gone'},"
        f" {one.held} held back; oldest {one.oldest_on}; {one.law}"
        for one in found
        if one.due
    ]
    return lines or ["  Nothing is due."]


def _holds() -> list[str]:
    return [
        f"{outer('hld', row.id)}  {outer('per', row.person_id) if row.person_id else row.retention}"
        f"  {row.place}: {row.reason}; look again on {row.review_on}"
        for row in list_holds()
    ]
