"""Incidents in lines for a terminal, in the words of the back office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from tresen.domains.accounts.queries import names_of
from tresen.domains.security.rules.incidents import clocks_of
from tresen.domains.security.types.incidents import Incident
from tresen.entrypoints.backoffice.trust.incidents import words
from tresen.entrypoints.backoffice.words import staff_in, who_words
from tresen.operations.words.speaking import gettext as _
from tresen.workflows.caring.order_letters import channel_of
from tresen.workflows.guarding.breach_letters import paragraphs_of


def line_of(incident: Incident, *, now: datetime) -> str:
    """Number, title, and how its clocks stand."""
    state = _("closed") if incident.closed_at else ", ".join(_clocks(incident, now=now))
    return f"{incident.number}  {incident.words.title}  {state}".rstrip()


def story_lines(incident: Incident, *, now: datetime) -> Sequence[str]:
    facts, people = incident.facts, names_of(staff_in(step.actor for step in incident.steps))
    lines = [
        line_of(incident, now=now),
        _("  known since {when} UTC", when=f"{facts.aware_at:%Y-%m-%d %H:%M}"),
        _("  risk for people: {risk}", risk=words.RISKS[facts.risk]),
        _("  data: {kinds}", kinds=_kinds(incident)),
        _("  people: about {about}, pinned {pinned}", about=facts.persons, pinned=incident.pinned),
    ]
    return lines + [
        f"  {step.at:%Y-%m-%d %H:%M}  {words.STEPS[step.kind]}  "
        f"{who_words(step.actor, people)}  {step.text}".rstrip()
        for step in incident.steps
    ]


def notice_lines(incident: Incident) -> Sequence[str]:
    """What Art. 33(3) GDPR wants to know, to be copied into the authority's form."""
    facts, said = incident.facts, incident.words
    store = channel_of(settings.DEFAULT_CHANNEL).store
    address = f"{store.street}, {store.postcode} {store.city}"
    return [
        _("Controller: {name}, {address}, {email}", name=store.legal_name, address=address,
          email=store.email),
        _("Known since: {when} UTC", when=f"{facts.aware_at:%Y-%m-%d %H:%M}"),
        _("Nature of the breach: {words}", words=said.what or "–"),
        _("Categories of data: {kinds}", kinds=_kinds(incident)),
        _("Number of people, about: {count}", count=max(facts.persons, incident.pinned)),
        _("Number of records, about: {count}", count=facts.records),
        _("Likely consequences: {words}", words=said.consequences or "–"),
        _("Measures taken and planned: {words}", words=said.measures or "–"),
        _("Contact for more: {words}", words=said.contact or "–"),
    ]  # fmt: skip


def letter_lines(incident: Incident, language: str) -> Sequence[str]:
    """The letter to people, between greeting and signature."""
    return ["\n\n".join(paragraphs_of(incident, locale=language))]


def _clocks(incident: Incident, *, now: datetime) -> list[str]:
    found = clocks_of(incident, authority_hours=settings.BREACH_AUTHORITY_HOURS)
    return [f"{words.CLOCKS[one.kind]}: {words.clock_chip(one, now=now).words}" for one in found]


def _kinds(incident: Incident) -> str:
    return ", ".join(str(words.CATEGORIES[one]) for one in incident.facts.categories) or "–"
