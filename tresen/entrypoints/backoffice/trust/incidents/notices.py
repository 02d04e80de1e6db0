"""Drafts of the notices: the authority's form filled in, the letter to people, to copy or print."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tresen.domains.security.types.incidents import ClockKind, Incident
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.types import Action, Chip, Crumb, DetailPage, Fact, Section
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.backoffice.trust.incidents import rows, words
from tresen.entrypoints.backoffice.trust.incidents.views import incident_of
from tresen.entrypoints.shared.refusals import text_of
from tresen.foundation import clock
from tresen.foundation.refusals import Refusal
from tresen.workflows.caring.order_letters import channel_of
from tresen.workflows.guarding.breach_letters import paragraphs_of
from tresen.workflows.guarding.handle_incident import tell_people

LANGUAGES = {"de": "Deutsch", "en": "English"}
ASK_AGAIN = "yes"


@require_GET
def authority(request: HttpRequest, incident: str) -> HttpResponse:
    """What Art. 33(3) GDPR wants to know, in the order of the authorities' forms."""
    found = incident_of(incident)
    page = DetailPage(
        title=gettext("Notice to the data protection authority"),
        task="trust",
        crumbs=_way(found, gettext("Authority")),
        chips=_authority_chips(found),
        lead=gettext("To copy into the authority's form, or to print"),
        next_action=Action(
            gettext("Note that it was sent"), rows.url_of("incident_step", found.id), tone="primary"
        ),
        actions=[Action(gettext("Change the facts"), rows.url_of("incident_facts", found.id))],
        sections=[_who_tells(), _what_is_told(found)],
    )
    return render_detail(request, page)


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, incident: str) -> HttpResponse:
    """The letter in both languages; sent only after it was confirmed in numbers."""
    found = incident_of(incident)
    if request.method == "POST" and request.POST.get("sure") == ASK_AGAIN:
        return _send(request, found)
    sections = [
        Section(
            f"letter-{code}",
            name,
            template="backoffice/trust/incidents/_letter.html",
            context={"paragraphs": paragraphs_of(found, locale=code), "code": code},
        )
        for code, name in LANGUAGES.items()
    ]
    page = DetailPage(
        title=gettext("Letter to the people"),
        task="trust",
        crumbs=_way(found, gettext("Letter")),
        lead=gettext(
            "Each gets it in the language of their last order. To copy, to print, to send."
        ),
        next_action=_send_action(found),
        actions=[Action(gettext("Change the facts"), rows.url_of("incident_facts", found.id))],
        sections=sections,
    )
    return render_detail(request, page)


def _send(request: HttpRequest, incident: Incident) -> HttpResponse:
    try:
        written = tell_people(
            incident_id=incident.id,
            channel_code=settings.DEFAULT_CHANNEL,
            now=clock.now(),
            actor=actor_of(request),
        )
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
        return HttpResponseRedirect(rows.incident_url(incident.id))
    said = gettext("%(queued)s letters are on their way, %(rest)s people have no e-mail address.")
    messages.success(request, said % {"queued": written.queued, "rest": len(written.unreached)})
    return HttpResponseRedirect(rows.incident_url(incident.id))


def _send_action(incident: Incident) -> Action | None:
    count = incident.pinned
    if incident.closed_at is not None or not count:
        return None
    confirm = ngettext(
        "%(count)s letter is sent by e-mail and cannot be taken back. Is the text complete?",
        "%(count)s letters are sent by e-mail and cannot be taken back. Is the text complete?",
        count,
    ) % {"count": count}
    return Action(
        gettext("Send to the pinned people"),
        rows.url_of("incident_letters", incident.id),
        method="post",
        tone="danger",
        confirm=confirm,
        fields={"sure": ASK_AGAIN},
    )


def _authority_chips(incident: Incident) -> list[Chip]:
    """None where nobody need be told."""
    return [
        words.clock_chip(one, now=clock.now())
        for one in rows.clocks(incident)
        if one.kind is ClockKind.AUTHORITY
    ]


def _who_tells() -> Section:
    store = channel_of(settings.DEFAULT_CHANNEL).store
    facts = [
        Fact(gettext("Controller"), store.legal_name),
        Fact(gettext("Address"), f"{store.street}, {store.postcode} {store.city}"),
        Fact(gettext("E-mail"), store.email),
    ]
    return Section("who", gettext("Who tells"), facts=facts)


def _what_is_told(incident: Incident) -> Section:
    facts, said = incident.facts, incident.words
    kinds = ", ".join(str(words.CATEGORIES[category]) for category in facts.categories)
    found = [
        Fact(gettext("Known since"), facts.aware_at),
        Fact(gettext("Nature of the breach"), said.what or "–"),
        Fact(gettext("Categories of data"), kinds or "–"),
        Fact(gettext("Number of people, about"), max(facts.persons, incident.pinned)),
        Fact(gettext("Number of records, about"), facts.records),
        Fact(gettext("Likely consequences"), said.consequences or "–"),
        Fact(gettext("Measures taken and planned"), said.measures or "–"),
        Fact(gettext("Contact for more"), said.contact or "–"),
        Fact(gettext("Were the people told?"), _told_words(incident)),
    ]
    return Section("what", gettext("What is told"), facts=found)


def _told_words(incident: Incident) -> str:
    told = any(step.kind == "persons_told" for step in incident.steps)
    return gettext("yes") if told else gettext("not yet")


def _way(incident: Incident, here: str) -> list[Crumb]:
    return rows.crumbs(
        Crumb(rows.number_words(incident), rows.incident_url(incident.id)), Crumb(here)
    )
