"""Play what nobody wishes for, so that it goes by itself when it happens.

tresen exercise breach   a cookie of the staff is copied: freeze, find whose data was read, draft
                         the notices; prints minutes and recall. Nothing of it stays.
"""

from __future__ import annotations

import argparse
import secrets

from tresen.foundation import clock
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import number
from tresen.workflows.guarding.exercise_breach import MINUTES_MAX, Report, exercise_breach

FAILED = 1
PEOPLE = 1_000


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="what", required=True)
    breach = actions.add_parser("breach", help=_("a cookie of the staff is copied"))
    breach.add_argument(
        "--people", type=int, default=PEOPLE, help=_("default {given}", given=PEOPLE)
    )
    breach.add_argument("--seed", type=int, help=_("to play the same again"))


def act(arguments: argparse.Namespace) -> int:
    seed = arguments.seed if arguments.seed is not None else secrets.randbelow(1_000_000)
    report = exercise_breach(now=clock.now(), seed=seed, people=max(arguments.people, 1))
    print(_("seed {seed}", seed=seed))
    print("\n".join(lines_of(report)))
    return 0 if report.is_passed else FAILED


def lines_of(report: Report) -> list[str]:
    """Step by step, then the figures that count."""
    steps = [(_(step), number(seconds, 2)) for step, seconds in report.seconds.items()]
    width = max(len(step) for step, _seconds in steps)
    lines = [f"{step:<{width}}  {seconds:>8} s" for step, seconds in steps]
    return [
        *lines,
        _("read by the thief: {count} people", count=number(report.stolen)),
        _(
            "found: {found}, missed: {missed}, wrongly named: {wrongly}",
            found=number(report.found),
            missed=number(report.missed),
            wrongly=number(report.wrongly),
        ),
        _(
            "{minutes} minutes of {most}, recall {recall}%",
            minutes=number(report.minutes, 2),
            most=MINUTES_MAX,
            recall=number(report.recall * 100),
        ),
        _("{hours} hours left for the authority", hours=number(report.hours_left)),
        _("passed") if report.is_passed else _("NOT PASSED"),
    ]
