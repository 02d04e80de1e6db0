"""A breach is played: a cookie of the staff is copied, data is read, and we find out whose.

Everything happens in one transaction that is rolled back: the shop is as it was, also a real one.
The thief and honest colleagues look at the same pages; whoever was read by the thief is known to
the exercise alone, and is to be found from the audit.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from tresen.domains.accounts.commands import end_sessions
from tresen.domains.accounts.types import Realm
from tresen.domains.orders.queries import list_person_ids
from tresen.domains.security.commands import turn_freeze
from tresen.domains.security.queries.deeds import Scope, list_affected, list_scope
from tresen.domains.security.queries.incidents import get_incident, list_pinned
from tresen.domains.security.rules.incidents import clocks_of
from tresen.domains.security.types.incidents import Category, Facts, IncidentWords, Risk
from tresen.foundation.actor import SYSTEM, Actor
from tresen.foundation.audit.deeds import Deed, record, record_read
from tresen.operations.words.speaking import gettext_noop as _
from tresen.workflows.guarding.breach_letters import LOCALES, paragraphs_of
from tresen.workflows.guarding.handle_incident import pin_people, report_incident

MINUTES_MAX = 15
PAGES = 40
PEOPLE_PER_PAGE = 25


@dataclass(slots=True)
class Report:
    """What came of it; seconds by step, in order."""

    seconds: dict[str, float] = field(default_factory=dict)
    stolen: int = 0
    found: int = 0
    missed: int = 0
    wrongly: int = 0
    deeds: int = 0
    hours_left: float = 0.0

    @property
    def minutes(self) -> float:
        return sum(self.seconds.values()) / 60

    @property
    def recall(self) -> float:
        return (self.stolen - self.missed) / self.stolen

    @property
    def is_passed(self) -> bool:
        """In time, everybody, and nobody else."""
        return self.minutes <= MINUTES_MAX and not self.missed and not self.wrongly


def exercise_breach(*, now: datetime, seed: int, people: int) -> Report:
    """Play it with that many people, those of the shop first; the same seed plays the same."""
    report = Report()
    chance = random.Random(seed)  # noqa: S311  # to be repeated
    with transaction.atomic():
        _play(report, now=now, chance=chance, people=people)
        transaction.set_rollback(True)
    return report


def _play(report: Report, *, now: datetime, chance: random.Random, people: int) -> None:
    thief = Actor("staff", uuid4(), session=f"exercise-{uuid4().hex[:12]}")
    begun = now - timedelta(hours=2)
    truth = _look_around(thief, _people_of(people), chance=chance, begun=begun)
    report.stolen = len(truth)
    with _timed(report, _("freeze")):
        turn_freeze(on=True, now=now, actor=SYSTEM)
        end_sessions(realm=Realm.STAFF)
    scope = Scope(session=thief.session, since=begun - timedelta(hours=1))
    with _timed(report, _("find who was affected")):
        found = {row.person_id for row in list_affected(scope)}
    with _timed(report, _("see what was done")):
        report.deeds = len(list_scope(scope, limit=200))
    report.found, report.missed = len(found), len(truth - found)
    report.wrongly = len(found - truth)
    with _timed(report, _("open the incident and pin the people")):
        incident_id = report_incident(facts=_facts(now), words=_WORDS, now=now, actor=SYSTEM)
        pin_people(incident_id=incident_id, scope=scope, text="exercise", now=now, actor=SYSTEM)
    with _timed(report, _("draft the notices")):
        incident = get_incident(incident_id)
        assert all(paragraphs_of(incident, locale=locale) for locale in LOCALES)
        assert {row.person_id for row in list_pinned(incident_id)} == found
    due_at = clocks_of(incident)[0].due_at
    assert due_at is not None
    report.hours_left = (due_at - now).total_seconds() / 3_600


def _look_around(
    thief: Actor, everybody: Sequence[UUID], *, chance: random.Random, begun: datetime
) -> set[UUID]:
    """The thief and two colleagues look at lists and orders by turns; whom the thief touched."""
    colleagues = [Actor("staff", uuid4(), session=uuid4().hex) for _ in range(2)]
    truth: set[UUID] = set()
    for page in range(PAGES):
        at = begun + timedelta(seconds=page * 20)
        for actor in (thief, *colleagues):
            some = chance.sample(everybody, min(PEOPLE_PER_PAGE, len(everybody)) // 2 or 1)
            if actor is thief:
                truth |= set(some)
            record_read(
                action="orders.list", actor=actor, persons=some, fields=("name", "email"), now=at
            )
    one = chance.choice(everybody)
    deed = Deed(
        action="payment.refund", actor=thief, persons=(one,), object_kind="order", object_id="0"
    )
    record(deed, now=begun + timedelta(hours=1))
    return truth | {one}


def _people_of(count: int) -> list[UUID]:
    """Of the shop, and made up where it has not so many."""
    known = list_person_ids(limit=count)
    return known + [uuid4() for _ in range(count - len(known))]


@contextmanager
def _timed(report: Report, step: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    report.seconds[step] = time.perf_counter() - begun


def _facts(now: datetime) -> Facts:
    return Facts(
        aware_at=now, risk=Risk.HIGH, categories=(Category.CONTACT, Category.ORDERS), persons=0
    )


_WORDS = IncidentWords(
    title="Exercise: a cookie of the staff was copied",
    what="A cookie of a member of the staff was copied and used for two hours.",
    consequences="Messages may be sent that name real orders.",
    measures="All sessions were ended and the shop was frozen.",
    contact="privacy@example.com",
)
