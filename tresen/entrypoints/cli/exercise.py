"""Play what nobody wishes for, so that it goes by itself when it happens.

tresen exercise breach   a cookie of the staff is copied: freeze, find whose data was read, draft
                         the notices; prints minutes and recall. Nothing of it stays.
"""

from __future__ import annotations

import argparse
import secrets

from tresen.foundation import clock
from tresen.workflows.guarding.exercise_breach import MINUTES_MAX, Report, exercise_breach

FAILED = 1
PEOPLE = 1_000


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="what", required=True)
    breach = actions.add_parser("breach", help="a cookie of the staff is copied")
    breach.add_argument("--people", type=int, default=PEOPLE, help=f"default {PEOPLE}")
    breach.add_argument("--seed", type=int, help="to play the same again")


def act(arguments: argparse.Namespace) -> int:
    seed = arguments.seed if arguments.seed is not None else secrets.randbelow(1_000_000)
    report = exercise_breach(now=clock.now(), seed=seed, people=max(arguments.people, 1))
    print(f"seed {seed}")
    print("\n".join(lines_of(report)))
    return 0 if report.is_passed else FAILED


def lines_of(report: Report) -> list[str]:
    """Step by step, then the figures that count."""
    width = max(len(step) for step in report.seconds)
    lines = [f"{step:<{width}}  {seconds:8.2f} s" for step, seconds in report.seconds.items()]
    return [
        *lines,
        f"read by the thief: {report.stolen} people",
        f"found: {report.found}, missed: {report.missed}, wrongly named: {report.wrongly}",
        f"{report.minutes:.2f} minutes of {MINUTES_MAX}, recall {report.recall:.0%}",
        f"{report.hours_left:.0f} hours left for the authority",
        "passed" if report.is_passed else "NOT PASSED",
    ]
