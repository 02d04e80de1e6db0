"""How the parts of this area stand, in one line."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from tresen.domains.security.queries.chain import find_last_seal, list_examinations
from tresen.domains.security.queries.freezing import get_freeze
from tresen.domains.security.queries.incidents import list_incidents
from tresen.entrypoints.shared import dates


def when_words(moment: datetime) -> str:
    """Day and time in the shop's zone."""
    language = (get_language() or "en")[:2]
    return dates.moment_short(moment, language=language, zone=timezone.get_default_timezone())


def audit_state(now: datetime) -> str:  # noqa: ARG001  # as every card's state
    """Sealed when, examined with which result."""
    seal = find_last_seal()
    if seal is None:
        return gettext("Not sealed yet")
    examined = list_examinations(limit=1)
    if not examined:
        return gettext("Sealed %(when)s") % {"when": when_words(seal.sealed_at)}
    words = {
        "when": when_words(seal.sealed_at),
        "examined": when_words(examined[0].ended_at),
    }
    if examined[0].broken:
        return gettext("NOT SOUND, found %(examined)s") % words
    return gettext("Sealed %(when)s, found sound %(examined)s") % words


def incident_state(now: datetime) -> str:  # noqa: ARG001
    count = len(list_incidents(only_open=True))
    if not count:
        return gettext("None open")
    return ngettext("%(count)s open", "%(count)s open", count) % {"count": count}


def freeze_state(now: datetime) -> str:  # noqa: ARG001
    freeze = get_freeze()
    if freeze.since is None:
        return gettext("Open")
    return gettext("Frozen since %(when)s") % {"when": when_words(freeze.since)}
