"""From incidents to the kit's lists and details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.security.rules.incidents import clocks_of, must_tell_persons
from tresen.domains.security.types.incidents import Clock, Incident
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Fact,
    Linked,
    Section,
    Table,
    TimelineEntry,
)
from tresen.entrypoints.backoffice.trust.audit.asking import object_words
from tresen.entrypoints.backoffice.trust.audit.people import Touched, columns
from tresen.entrypoints.backoffice.trust.audit.rows import audit_url
from tresen.entrypoints.backoffice.trust.incidents import words
from tresen.entrypoints.backoffice.words import who_words
from tresen.foundation.ids import outer


def incident_url(incident_id: UUID) -> str:
    return url_of("incident", incident_id)


def url_of(route: str, incident_id: UUID) -> str:
    return reverse(f"backoffice:{route}", args=[outer("inc", incident_id)])


def number_words(incident: Incident) -> str:
    return gettext("Incident %(number)s") % {"number": incident.number}


def crumbs(*more: Crumb) -> list[Crumb]:
    home = Crumb(gettext("Trust"), reverse("backoffice:trust"))
    return [home, Crumb(gettext("Incidents"), reverse("backoffice:incidents")), *more]


def clocks(incident: Incident) -> list[Clock]:
    return clocks_of(incident, authority_hours=settings.BREACH_AUTHORITY_HOURS)


def register_page(incidents: Sequence[Incident], *, now: datetime) -> DetailPage:
    """All incidents, open ones first."""
    table_columns: list[Column[Incident]] = [
        Column(
            "number",
            gettext("Number"),
            lambda row: Linked(number_words(row), incident_url(row.id), row.words.title),
        ),
        Column("aware", gettext("Known since"), lambda row: row.facts.aware_at),
        Column("risk", gettext("Risk"), lambda row: words.RISKS[row.facts.risk]),
        Column("people", gettext("People"), lambda row: row.pinned, kind="number"),
        Column("clock", gettext("Next deadline"), lambda row: _next(row, now), kind="chips"),
    ]
    table = Table(table_columns, incidents, caption=gettext("Incidents"))
    text = "" if incidents else EMPTY
    new = Action(gettext("Report an incident"), reverse("backoffice:new_incident"), tone="primary")
    return DetailPage(
        title=gettext("Incidents"),
        task="trust",
        crumbs=crumbs(),
        lead=gettext("Every breach is written down, also one that nobody need be told of."),
        next_action=new,
        actions=[Action(gettext("Freeze the shop"), reverse("backoffice:freeze"), tone="danger")],
        sections=[Section("register", gettext("Register"), text=text, tables=[table])],
    )


def incident_page(
    incident: Incident, *, touched: Sequence[Touched], people: Mapping[UUID, str], now: datetime
) -> DetailPage:
    """One incident: clocks, facts, whom it touches, story."""
    return DetailPage(
        title=f"{number_words(incident)}: {incident.words.title}",
        task="trust",
        crumbs=crumbs(Crumb(number_words(incident))),
        chips=_next(incident, now),
        next_action=_what_next(incident),
        actions=_actions(incident),
        sections=[
            _clock_section(incident, now),
            _facts(incident),
            _notices(incident),
            _people(incident, touched),
        ],
        timeline=[
            TimelineEntry(
                at=step.at,
                title=words.STEPS[step.kind],
                who=who_words(step.actor, people),
                text=step.text,
            )
            for step in reversed(incident.steps)
        ],
        audit_url=audit_url(object_words(incident.id)),
    )


def _next(incident: Incident, now: datetime) -> list[Chip]:
    """The next deadline that is not met, or that nothing is left."""
    if incident.closed_at is not None:
        return [Chip(gettext("closed"), "quiet")]
    running = [clock for clock in clocks(incident) if clock.met_at is None]
    if not running:
        return [Chip(gettext("nobody is left to be told"), "ok")]
    return [words.clock_chip(running[0], now=now)]


def _what_next(incident: Incident) -> Action | None:
    if incident.closed_at is not None:
        return None
    return Action(gettext("Note a step"), url_of("incident_step", incident.id), tone="primary")


def _actions(incident: Incident) -> list[Action]:
    if incident.closed_at is not None:
        return []
    return [
        Action(gettext("Change the facts"), url_of("incident_facts", incident.id)),
        Action(gettext("Find affected people"), url_of("incident_persons", incident.id)),
        Action(gettext("Freeze the shop"), reverse("backoffice:freeze"), tone="danger"),
    ]


def _clock_section(incident: Incident, now: datetime) -> Section:
    facts = [
        Fact(words.CLOCKS[clock.kind], words.clock_chip(clock, now=now))
        for clock in clocks(incident)
    ]
    if must_tell_persons(incident.facts.risk):
        facts.append(
            Fact(
                gettext("The people (Art. 34 GDPR)"), gettext("without undue delay, in plain words")
            )
        )
    text = "" if facts else gettext("Nobody need be told; the entry itself is the documentation.")
    return Section("clocks", gettext("Deadlines"), text=text, facts=facts)


def _facts(incident: Incident) -> Section:
    facts, said = incident.facts, incident.words
    kinds = ", ".join(str(words.CATEGORIES[category]) for category in facts.categories)
    found = [
        Fact(gettext("Known since"), facts.aware_at),
        Fact(gettext("Risk for the people concerned"), words.RISKS[facts.risk]),
        Fact(gettext("Is the software concerned?"), words.SOFTWARE[facts.software]),
        Fact(gettext("Which data?"), kinds or "–"),
        Fact(gettext("How many people, about?"), facts.persons),
        Fact(gettext("How many records, about?"), facts.records),
        Fact(gettext("What happened?"), said.what or "–"),
        Fact(gettext("What may follow for the people?"), said.consequences or "–"),
        Fact(gettext("What was done, what is planned?"), said.measures or "–"),
        Fact(gettext("Who answers questions?"), said.contact or "–"),
    ]
    return Section("facts", gettext("What is known"), facts=found)


def _notices(incident: Incident) -> Section:
    links = [
        Fact(
            gettext("Authority"),
            Linked(gettext("Form, filled in"), url_of("incident_authority", incident.id)),
        ),
        Fact(
            gettext("The people"),
            Linked(gettext("Letter, German and English"), url_of("incident_letters", incident.id)),
        ),
    ]
    return Section("notices", gettext("Notices"), facts=links)


def _people(incident: Incident, touched: Sequence[Touched]) -> Section:
    text = gettext("%(count)s people are pinned to this incident.") % {"count": incident.pinned}
    tables = [Table(columns(), touched, caption=gettext("Affected people"))] if touched else []
    return Section("people", gettext("Affected people"), text=text, tables=tables)


EMPTY = _("No incident was reported yet. May it stay so.")
