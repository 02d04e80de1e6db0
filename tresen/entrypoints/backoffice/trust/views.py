"""The index of the area: every screen that one may open, with how it stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.types import Crumb, DetailPage, Fact, Linked, Section
from tresen.entrypoints.backoffice.trust.cards import CARDS
from tresen.entrypoints.policy.standing import standing_of
from tresen.entrypoints.policy.table import find_rule
from tresen.foundation import clock


@require_GET
def trust(request: HttpRequest) -> HttpResponse:
    """What shows that people's data is in good hands."""
    now, standing = clock.now(), standing_of(request)
    facts = []
    for card in CARDS:
        rule = find_rule(f"backoffice:{card.route}")
        if rule is not None and standing.opens(rule, "GET"):
            link = Linked(card.title, reverse(f"backoffice:{card.route}"))
            facts.append(Fact(card.text, link, card.state(now)))
    page = DetailPage(
        title=gettext("Trust"),
        task="trust",
        crumbs=[Crumb(gettext("Trust"))],
        lead=gettext("What proves that data is in good hands"),
        sections=[Section("screens", gettext("What there is"), facts=facts)],
    )
    return render_detail(request, page)
