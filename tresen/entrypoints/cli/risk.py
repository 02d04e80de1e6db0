"""Risk of orders: lists of abuse, weights, the queue, and why an order was held.

tresen risk import-list disposable FILE   also vpn, datacentre; .gz is unpacked; replaces the list
tresen risk lists                         how many entries each list has
tresen risk weights show                  the weights that hold, as a file has them
tresen risk weights load FILE             a new version; orders are weighed by it from now on
tresen risk queue                         what waits for a person, and how long still
tresen risk explain NUMBER                what was seen of an order, and its points
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from tresen.domains.orders.queries import find_order_id, numbers_of
from tresen.domains.risk.commands import put_ruleset, replace_list
from tresen.domains.risk.queries import (
    ReviewFilter,
    count_lists,
    current_ruleset,
    find_assessment,
    find_review_of,
    list_reviews,
)
from tresen.domains.risk.rules import ruleset_from, written_ruleset
from tresen.domains.risk.types import ListName, Outcome, ReviewRow, ReviewState
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop, ngettext, number

FAILED = 1
STATES: Mapping[ReviewState, str] = {
    ReviewState.WAITING: gettext_noop("waiting"),
    ReviewState.PAYMENT_ASKED: gettext_noop("payment asked"),
    ReviewState.ASKED: gettext_noop("asked"),
    ReviewState.RELEASED: gettext_noop("released"),
    ReviewState.REFUSED: gettext_noop("refused"),
    ReviewState.UPHELD: gettext_noop("upheld"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PASS: gettext_noop("pass"),
    Outcome.STRONGER: gettext_noop("stronger"),
    Outcome.REVIEW: gettext_noop("review"),
}


def declare(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    taking = actions.add_parser("import-list", help=_("take a list in; it replaces the one before"))
    taking.add_argument("name", choices=[name.value for name in ListName])
    taking.add_argument("file", type=Path)
    actions.add_parser("lists", help=_("how many entries each list has"))
    weights = actions.add_parser("weights", help=_("show or load weights and thresholds"))
    weights.add_argument("deed", choices=["show", "load"])
    weights.add_argument("file", type=Path, nargs="?")
    actions.add_parser("queue", help=_("what waits for a person"))
    explaining = actions.add_parser("explain", help=_("why an order was held, or not"))
    explaining.add_argument("number")


def act(arguments: argparse.Namespace) -> int:
    try:
        return {
            "import-list": _import_list,
            "lists": _lists,
            "weights": _weights,
            "queue": _queue,
            "explain": _explain,
        }[arguments.action](arguments)
    except OSError as absent:
        told = _(
            "{file} cannot be read: {reason}.",
            file=arguments.file,
            reason=absent.strerror or absent,
        )
        raise Trouble(told) from absent
    except UnicodeDecodeError as wrong:
        raise Trouble(_("{file} is not text in UTF-8.", file=arguments.file)) from wrong
    except json.JSONDecodeError as wrong:
        told = _("{file} is not JSON: {reason}", file=arguments.file, reason=wrong)
        raise Trouble(told) from wrong


def _import_list(arguments: argparse.Namespace) -> int:
    name, path = ListName(arguments.name), arguments.file
    unpacked = path.suffix == ".gz"
    with (
        (
            gzip.open(path, "rt", encoding="utf-8") if unpacked else path.open(encoding="utf-8")
        ) as lines,
        transaction.atomic(),
    ):
        count = replace_list(name=name, lines=lines)
        record(
            Deed(action="risk_list.import", actor=SYSTEM, object_kind="risk_list", object_id=name),
            now=clock.now(),
        )
    print(_entries(name, count))
    return 0


def _lists(_arguments: argparse.Namespace) -> int:
    for name, count in count_lists().items():
        print(_entries(name, count))
    return 0


def _entries(name: ListName, count: int) -> str:
    if not count:
        return _("{list}: none taken in yet", list=name.value)
    return ngettext("{list}: {count} entry", "{list}: {count} entries", count, list=name.value)


def _weights(arguments: argparse.Namespace) -> int:
    current = current_ruleset()
    if arguments.deed == "show":
        print(json.dumps(written_ruleset(current), indent=2))
        return 0
    if arguments.file is None:
        print(_("Name the file with the weights."), file=sys.stderr)
        return FAILED
    wanted = ruleset_from(json.loads(arguments.file.read_text(encoding="utf-8")), version=0)
    with transaction.atomic():
        version = put_ruleset(ruleset=wanted, now=clock.now(), actor=SYSTEM)
        if version != current.version:
            deed = Deed(
                action="risk_rules.change",
                actor=SYSTEM,
                object_kind="risk_rules",
                object_id=str(version),
                before=written_ruleset(current),
                after=written_ruleset(wanted),
            )
            record(deed, now=clock.now())
    print(
        _(
            "version {version}: from {stronger} a safer payment, from {review} a person",
            version=version,
            stronger=wanted.stronger_from,
            review=wanted.review_from,
        )
    )
    return 0


def _queue(_arguments: argparse.Namespace) -> int:
    found = list_reviews(narrow=ReviewFilter(is_open=True), limit=200)
    numbers = numbers_of([one.order_id for one in found if one.order_id])
    for one in found:
        print(_review_line(one, numbers.get(one.order_id, "?") if one.order_id else _("cart")))
    print(_("{count} to check", count=number(len(found))))
    return 0


def _review_line(one: ReviewRow, order: str) -> str:
    line = _(
        "{order}: {state}, score {score}, due {when}",
        order=order,
        state=_(STATES[one.state]),
        score=one.score,
        when=f"{one.due_at:%Y-%m-%d %H:%M}",
    )
    return _("{review}, customer asks", review=line) if one.has_appeal else line


def _explain(arguments: argparse.Namespace) -> int:
    order_id = find_order_id(arguments.number)
    assessed = find_assessment(order_id) if order_id else None
    if order_id is None or assessed is None:
        told = _("Nothing was looked at of an order {order}.", order=arguments.number)
        print(told, file=sys.stderr)
        return FAILED
    review = find_review_of(order_id)
    print(
        _(
            "score {score}, {outcome}, weights {version}",
            score=assessed.scored.score,
            outcome=_(OUTCOMES[assessed.outcome]),
            version=assessed.ruleset,
        )
    )
    for one in assessed.scored.reasons:
        hint = f"  ({_('hint')})" if one.is_hint else ""
        print(f"  {one.points:+4d}  {one.signal.value} = {one.value}{hint}")
    if review is not None:
        told = _("review: {state}", state=_(STATES[review.state]))
        print(f"{told} {review.reason}".rstrip())
    return 0
