"""What the worker could not do: facts that a listener gave up, and letters nobody knows about.

tresen jobs dead           list them
tresen jobs retry ID …     once more: a number is a fact's delivery, let_… a letter
tresen jobs arrived ID …   a held letter that did arrive: nothing is sent
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.conversations.commands import release_letter, settle_letter
from tresen.domains.conversations.queries import list_unsettled_letters
from tresen.domains.conversations.types import LetterState
from tresen.foundation import clock
from tresen.foundation.actor import SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.ids import BadId, inner, outer
from tresen.foundation.journal.deliveries import list_dead
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import gettext_noop, ngettext, number
from tresen.workflows.reactions.relay import revive

SHOWN_MAX = 100
LETTER = "let"
STATES: Mapping[str, str] = {
    LetterState.HELD: gettext_noop("held back"),
    LetterState.FAILED: gettext_noop("failed"),
}


def declare(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("dead", help=_("list what was given up"))
    for name, about in (
        ("retry", _("try again")),
        ("arrived", _("a held letter did arrive")),
    ):
        verb = verbs.add_parser(name, help=about)
        verb.add_argument("ids", nargs="+", metavar="ID")


def act(arguments: argparse.Namespace) -> int:
    if arguments.verb == "dead":
        return _show_dead()
    do = _retry if arguments.verb == "retry" else _arrived
    return max(_told(word, do) for word in arguments.ids)


def _show_dead() -> int:
    deliveries = list_dead(limit=SHOWN_MAX)
    letters = list_unsettled_letters(limit=SHOWN_MAX)
    for dead in deliveries:
        tries = ngettext(
            "{count} try, {cut_short} cut short",
            "{count} tries, {cut_short} cut short",
            dead.tries,
            cut_short=number(dead.cut_short),
        )
        print(f"{dead.id}  {dead.kind} -> {dead.listener}  {tries}  {dead.error}")
    for letter in letters:
        tries = ngettext("{count} try", "{count} tries", letter.tries)
        state = _(STATES[letter.state]) if letter.state in STATES else letter.state
        print(f"{outer(LETTER, letter.id)}  {letter.kind}  {state}  {tries}  {letter.error}")
    if not deliveries and not letters:
        print(_("Nothing was given up."))
    return 0


def _told(word: str, do: Callable[[str], bool]) -> int:
    try:
        done = do(word)
    except (BadId, ValueError):
        done = False
    where = sys.stdout if done else sys.stderr
    print(f"{word}: {_('done') if done else _('there is no such dead one')}", file=where)
    return 0 if done else 1


@transaction.atomic
def _retry(word: str) -> bool:
    now = clock.now()
    if word.isdecimal():
        done = revive(delivery_id=int(word), now=now)
        return done and _recorded("delivery.retry", "delivery", word, now=now)
    letter_id = _letter_id(word)
    done = release_letter(letter_id=letter_id, now=now)
    return done and _recorded("letter.retry", "letter", str(letter_id), now=now)


@transaction.atomic
def _arrived(word: str) -> bool:
    now, letter_id = clock.now(), _letter_id(word)
    done = settle_letter(letter_id=letter_id, now=now)
    return done and _recorded("letter.settle", "letter", str(letter_id), now=now)


def _recorded(action: str, kind: str, object_id: str, *, now: datetime) -> bool:
    record(Deed(action=action, actor=SYSTEM, object_kind=kind, object_id=object_id), now=now)
    return True


def _letter_id(word: str) -> UUID:
    return inner(LETTER, word)
