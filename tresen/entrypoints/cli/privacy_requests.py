"""Requests about data at the terminal: entered, proven, answered, as in the back office."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tresen.domains.privacy.queries import find_person_by_email
from tresen.domains.privacy.queries.requests import RequestFilter, list_requests
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestWay
from tresen.entrypoints.cli.audit_asking import day
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import LANGUAGES
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.trusting.answer import GROUNDS, answer, extend, take_back
from tresen.workflows.trusting.ask import ask, prove
from tresen.workflows.trusting.laws import law_words
from tresen.workflows.trusting.place import responsible_place

BY_PEOPLE = (RequestWay.LETTER, RequestWay.PHONE, RequestWay.EMAIL, RequestWay.COUNTER)
DEFAULT_LOCALE = "de"


class NobodyKnown(Trouble):
    """Nothing is stored under that address."""


class NoSuchNumber(Trouble):
    """No request has it."""


class DayToCome(Trouble):
    """A request cannot have come tomorrow."""


def declare_requests(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    entering = verbs.add_parser("ask", help=_("enter a request that came on paper or by phone"))
    entering.add_argument("kind", choices=[kind.value for kind in RequestKind])
    entering.add_argument("email", metavar="ADDRESS")
    ways = [way.value for way in BY_PEOPLE]
    entering.add_argument("--way", choices=ways, default=RequestWay.LETTER.value)
    entering.add_argument(
        "--language", choices=LANGUAGES, default=DEFAULT_LOCALE, help=_("of the letters")
    )
    entering.add_argument("--received", type=day, metavar="DAY")
    entering.add_argument("--wish", default="", help=_("in the person's words"))
    entering.add_argument("--proof", default="", help=_("how the person was checked"))
    for name, about, option, said in (
        ("prove", _("the person was checked"), "--how", _("how the person was checked")),
        ("answer", _("close it with a letter"), "--words", _("what the letter says")),
        ("extend", _("two further months, told by letter"), "--reason", _("why")),
        ("withdraw", _("the person no longer wants it"), "", ""),
    ):
        doing = verbs.add_parser(name, help=about)
        doing.add_argument("number", metavar="NUMBER")
        if option:
            doing.add_argument(option, dest="said", required=True, help=said)
    refusing = verbs.choices["answer"]
    refusing.add_argument("--refuse", action="store_true", help=_("refused; --ground says by law"))
    refusing.add_argument("--ground", default="")


def enter_request(arguments: argparse.Namespace) -> str:
    """Raises NobodyKnown, DayToCome."""
    now, today = clock.now(), responsible_place().day_of(clock.now())
    received = arguments.received or today
    if received > today:
        raise DayToCome(_("{day} is still to come.", day=received))
    person_id = find_person_by_email(arguments.email)
    if person_id is None:
        raise NobodyKnown(_("Nothing is stored under this address."))
    asked = ask(
        person_id=person_id,
        kind=RequestKind(arguments.kind),
        way=RequestWay(arguments.way),
        locale=arguments.language,
        wish=arguments.wish,
        identity_note=arguments.proof,
        received_on=received,
        now=now,
        actor=SYSTEM,
    )
    return _("{number} is entered; due {day}", number=asked.number, day=asked.clock.due_on)


def act_on_request(arguments: argparse.Namespace) -> str:
    """What became of it."""
    acts: dict[str, Callable[[RequestRow, argparse.Namespace], RequestRow]] = {
        "prove": _prove, "answer": _answer, "extend": _extend, "withdraw": _withdraw,
    }  # fmt: skip
    acts[arguments.verb](_numbered(arguments.number), arguments)
    return _("{number}: done", number=arguments.number)


def _numbered(number: str) -> RequestRow:
    found = list_requests(narrow=RequestFilter(text=number), after=None, limit=2)
    row = next((one for one in found if one.number == number), None)
    if row is None:
        raise NoSuchNumber(_("No request has the number {number}.", number=number))
    return row


def _prove(row: RequestRow, arguments: argparse.Namespace) -> RequestRow:
    return prove(request_id=row.id, note=arguments.said, now=clock.now(), actor=SYSTEM)


def _answer(row: RequestRow, arguments: argparse.Namespace) -> RequestRow:
    return answer(
        request_id=row.id,
        refused=arguments.refuse,
        words=arguments.said,
        ground=arguments.ground or law_words(GROUNDS[row.kind], locale=row.locale),
        now=clock.now(),
        actor=SYSTEM,
    )


def _extend(row: RequestRow, arguments: argparse.Namespace) -> RequestRow:
    return extend(request_id=row.id, reason=arguments.said, now=clock.now(), actor=SYSTEM)


def _withdraw(row: RequestRow, _arguments: argparse.Namespace) -> RequestRow:
    return take_back(request_id=row.id, now=clock.now(), actor=SYSTEM)
