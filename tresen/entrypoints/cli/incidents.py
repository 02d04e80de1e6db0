"""The register of breaches: what happened, which clocks run, whom it touches, drafts of notices.

tresen incidents list              open ones first, with their clocks (exit 3: one is overdue)
tresen incidents show N            one with its story
tresen incidents open --title T    as soon as somebody knows; --aware, --risk, --data … may follow
tresen incidents change N          what is known by now; what is not named stays
tresen incidents pin N WORDS       whom deeds touch, asked as in `tresen audit affected`
tresen incidents step N KIND       something was done; telling somebody stops their clock
tresen incidents notice N          what the authority is told; --people de: the letter to people
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from tresen.domains.security.queries.incidents import find_numbered, get_incident, list_incidents
from tresen.domains.security.rules.incidents import clocks_of
from tresen.domains.security.types.incidents import (
    Category,
    Facts,
    Incident,
    IncidentWords,
    Risk,
    Software,
    StepKind,
)
from tresen.entrypoints.backoffice.trust.incidents.words import BY_HAND
from tresen.entrypoints.cli.audit_asking import declare_question, scope_asked
from tresen.entrypoints.cli.incident_telling import (
    letter_lines,
    line_of,
    notice_lines,
    story_lines,
)
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import LANGUAGES, ngettext
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.guarding.handle_incident import (
    correct_incident,
    pin_people,
    report_incident,
    take_step,
)

OVERDUE = 3
TEXTS = ("what", "consequences", "measures", "contact")


class NoSuchNumber(Trouble):
    """No incident of the register has it."""


class TimeUnclear(Trouble):
    """Not a moment, or one that has not come."""


def declare(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help=_("open ones first"))
    opening = verbs.add_parser("open", help=_("write one down; the clocks run from --aware"))
    opening.add_argument("--title", required=True)
    _declare_facts(opening)
    for name, about in (
        ("show", _("one with its story")),
        ("change", _("what is known by now")),
        ("pin", _("whom it touches")),
        ("step", _("something was done")),
        ("notice", _("drafts of what is told")),
    ):
        verbs.add_parser(name, help=about).add_argument("number", type=int, metavar="N")
    changing = verbs.choices["change"]
    changing.add_argument("--title")
    _declare_facts(changing)
    declare_question(verbs.choices["pin"])
    stepping = verbs.choices["step"]
    stepping.add_argument("kind", choices=[kind.value for kind in BY_HAND], metavar="KIND")
    stepping.add_argument("--text", default="", help=_("how, by whom, under which number"))
    verbs.choices["notice"].add_argument("--people", choices=LANGUAGES)


def _declare_facts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--aware", metavar="TIME", help=_("when somebody knew; default: now"))
    parser.add_argument("--risk", choices=[risk.value for risk in Risk])
    parser.add_argument("--software", choices=[one.value for one in Software if one])
    kinds = [category.value for category in Category]
    parser.add_argument("--data", action="append", choices=kinds)
    parser.add_argument("--persons", type=count)
    parser.add_argument("--records", type=count)
    for name in TEXTS:
        parser.add_argument(f"--{name}")


def count(text: str) -> int:
    """Argparse tells a ValueError in the language of the terminal."""
    if (found := int(text)) < 0:
        raise ValueError(text)
    return found


def act(arguments: argparse.Namespace) -> int:
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": _list, "open": _open, "show": _show, "change": _change, "pin": _pin,
        "step": _step, "notice": _notice,
    }  # fmt: skip
    return acts[arguments.verb](arguments)


def _list(_arguments: argparse.Namespace) -> int:
    now, found = clock.now(), list_incidents()
    for incident in found:
        print(line_of(incident, now=now))
    if not found:
        print(_("The register is empty."))
    clocks = [
        one
        for incident in found
        if incident.closed_at is None
        for one in clocks_of(incident, authority_hours=settings.BREACH_AUTHORITY_HOURS)
    ]
    return OVERDUE if any(one.met_at is None and one.is_late(now) for one in clocks) else 0


def _open(arguments: argparse.Namespace) -> int:
    now = clock.now()
    facts = _facts_of(arguments, Facts(aware_at=now), now=now)
    words = _words_of(arguments, IncidentWords(title=""))
    incident_id = report_incident(facts=facts, words=words, now=now, actor=SYSTEM)
    print(line_of(get_incident(incident_id), now=now))
    return 0


def _show(arguments: argparse.Namespace) -> int:
    print("\n".join(story_lines(_numbered(arguments.number), now=clock.now())))
    return 0


def _change(arguments: argparse.Namespace) -> int:
    known, now = _numbered(arguments.number), clock.now()
    correct_incident(
        incident_id=known.id,
        facts=_facts_of(arguments, known.facts, now=now),
        words=_words_of(arguments, known.words),
        now=now,
        actor=SYSTEM,
    )
    print(line_of(_numbered(arguments.number), now=now))
    return 0


def _pin(arguments: argparse.Namespace) -> int:
    known = _numbered(arguments.number)
    parts = (arguments.words, arguments.since, arguments.until)
    count, new = pin_people(
        incident_id=known.id,
        scope=scope_asked(arguments),
        text=" ".join(str(part) for part in parts if part),
        now=clock.now(),
        actor=SYSTEM,
    )
    told = ngettext("{count} person, {new} of them new", "{count} people, {new} of them new", count,
                    new=new)  # fmt: skip
    print(told)
    return 0


def _step(arguments: argparse.Namespace) -> int:
    known, kind = _numbered(arguments.number), StepKind(arguments.kind)
    now = clock.now()
    take_step(incident_id=known.id, kind=kind, text=arguments.text, now=now, actor=SYSTEM)
    print(line_of(_numbered(arguments.number), now=now))
    return 0


def _notice(arguments: argparse.Namespace) -> int:
    known = _numbered(arguments.number)
    lines = letter_lines(known, arguments.people) if arguments.people else notice_lines(known)
    print("\n".join(lines))
    return 0


def _numbered(number: int) -> Incident:
    found = find_numbered(number)
    if found is None:
        raise NoSuchNumber(_("There is no incident {no}. See: tresen incidents list", no=number))
    return found


def _facts_of(arguments: argparse.Namespace, known: Facts, *, now: datetime) -> Facts:
    """What was named, the rest as known."""
    named = {
        "aware_at": _moment(arguments.aware, now=now) if arguments.aware else None,
        "risk": Risk(arguments.risk) if arguments.risk else None,
        "software": Software(arguments.software) if arguments.software else None,
        "categories": tuple(map(Category, arguments.data)) if arguments.data else None,
        "persons": arguments.persons,
        "records": arguments.records,
    }
    return replace(known, **{name: one for name, one in named.items() if one is not None})


def _words_of(arguments: argparse.Namespace, known: IncidentWords) -> IncidentWords:
    named = {name: getattr(arguments, name) for name in ("title", *TEXTS)}
    return replace(known, **{name: text for name, text in named.items() if text is not None})


def _moment(text: str, *, now: datetime) -> datetime:
    """Without a zone: this machine's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise TimeUnclear(_("Give a moment such as 2026-11-26T18:30.")) from wrong
    moment = moment if moment.tzinfo else moment.astimezone()
    if moment > now:
        raise TimeUnclear(_("{moment} lies in the future.", moment=text))
    return moment
