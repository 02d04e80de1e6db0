"""One button for when something got out: nobody stays signed in, nothing can be changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tresen.domains.security.queries.freezing import get_freeze, keys_changed_since
from tresen.domains.security.types.incidents import Freeze
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.types import Action, Chip, DetailPage, Fact, Section
from tresen.entrypoints.backoffice.signin.guard import actor_of
from tresen.entrypoints.backoffice.trust.incidents import rows
from tresen.entrypoints.backoffice.trust.states import when_words
from tresen.foundation import clock
from tresen.workflows.guarding.freeze_shop import freeze_shop, thaw_shop

CHANGED = frozenset({"signing", "kek", "index", "audit", "root"})
"""What the freeze changes, by the words of the audit."""


@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """How it stands, and the button. Whoever freezes is signed out, too, and signs in anew."""
    if request.method == "POST":
        return _turn(request)
    freeze = get_freeze()
    page = DetailPage(
        title=gettext("Freeze the shop"),
        task="trust",
        crumbs=rows.crumbs(),
        chips=[_chip(freeze)],
        next_action=_thaw() if freeze.on else _freeze(),
        actions=[_freeze(end_links=True)],
        sections=[_section(freeze)],
    )
    return render_detail(request, page)


def _turn(request: HttpRequest) -> HttpResponse:
    now, actor = clock.now(), actor_of(request)
    if request.POST.get("turn") == "off":
        done = thaw_shop(now=now, actor=actor)
        said = gettext("The shop is open again.") if done else gettext("It was not frozen.")
        messages.success(request, said)
        return HttpResponseRedirect(reverse("backoffice:freeze"))
    freeze_shop(now=now, actor=actor, end_links=request.POST.get("links") == "end")
    return HttpResponseRedirect(reverse("backoffice:freeze"))


def _chip(freeze: Freeze) -> Chip:
    if freeze.since is None:
        return Chip(gettext("open"), "ok")
    return Chip(gettext("Frozen since %(when)s") % {"when": when_words(freeze.since)}, "error")


def _freeze(*, end_links: bool = False) -> Action:
    if end_links:
        return Action(
            gettext("Freeze, and end the links in earlier mails"),
            reverse("backoffice:freeze"),
            method="post",
            tone="danger",
            confirm=gettext(
                "As freezing; and the links in every mail sent so far open nothing any more. "
                "Choose this when the key file may have been read."
            ),
            fields={"turn": "on", "links": "end"},
        )
    return Action(
        gettext("Freeze now"),
        reverse("backoffice:freeze"),
        method="post",
        tone="danger",
        confirm=gettext(
            "Everybody is signed out, you too. The shop can be looked at, not ordered from, until "
            "somebody opens it again. Messages of payment services are still kept."
        ),
        fields={"turn": "on"},
    )


def _thaw() -> Action:
    return Action(
        gettext("Open again"),
        reverse("backoffice:freeze"),
        method="post",
        tone="primary",
        confirm=gettext("Orders are taken again at once. Is the cause mended?"),
        fields={"turn": "off"},
    )


def _section(freeze: Freeze) -> Section:
    facts = [
        Fact(gettext("Sessions"), gettext("end at once, of customers and of staff")),
        Fact(gettext("Shop"), gettext("can be looked at; carts, orders and accounts wait")),
        Fact(gettext("Payment services"), gettext("their messages are kept and settled")),
        Fact(gettext("Keys"), _keys(freeze)),
        Fact(gettext("Links"), gettext("are signed with a new key from now on")),
        Fact(gettext("Back office"), gettext("stays usable after signing in anew")),
        Fact(gettext("On the command line"), "tresen freeze on"),
    ]
    return Section("effect", gettext("What it does"), facts=facts)


def _keys(freeze: Freeze) -> str:
    """How far the background work is; where a root key is changed elsewhere one is left out."""
    if freeze.since is None:
        return gettext("are all changed: people's keys, fingerprints, signatures, audit, root key")
    done = len(CHANGED & keys_changed_since(freeze.since))
    return gettext("%(done)s of %(all)s kinds are new") % {"done": done, "all": len(CHANGED)}
