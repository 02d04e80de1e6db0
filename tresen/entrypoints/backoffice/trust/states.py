"""How the parts of this area stand, in one line."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from tresen.domains.privacy.queries.requests import count_queue
from tresen.domains.privacy.queries.retention import last_run
from tresen.domains.risk.queries import ReviewFilter, count_reviews
from tresen.domains.security.queries.chain import find_last_seal, list_examinations
from tresen.domains.security.queries.freezing import get_freeze
from tresen.domains.security.queries.incidents import list_incidents
from tresen.entrypoints.backoffice.backups.rows import last_proof_words
from tresen.entrypoints.shared import dates
from tresen.foundation.watches.findings import list_watches
from tresen.operations.backup.status import status_of_backups
from tresen.workflows.trusting.place import responsible_place


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


def request_state(now: datetime) -> str:
    waiting, late = count_queue(today=responsible_place().day_of(now))
    if not waiting:
        return gettext("None waits")
    said = ngettext("%(count)s waits", "%(count)s wait", waiting) % {"count": waiting}
    if not late:
        return said
    more = ngettext("%(count)s is late", "%(count)s are late", late) % {"count": late}
    return f"{said}, {more}"


def retention_state(now: datetime) -> str:  # noqa: ARG001
    run = last_run(dry=False)
    if run is None:
        return gettext("Has not run yet")
    return gettext("Ran %(when)s") % {"when": when_words(run.ran_at)}


def risk_state(now: datetime) -> str:  # noqa: ARG001
    waiting = count_reviews(narrow=ReviewFilter(is_open=True))
    if not waiting:
        return gettext("None waits")
    return ngettext("%(count)s waits", "%(count)s wait", waiting) % {"count": waiting}


def backup_state(now: datetime) -> str:
    return last_proof_words(status_of_backups(settings.BACKUP_PLACES, now=now), now=now)


def watch_state(now: datetime) -> str:  # noqa: ARG001
    watches = list_watches()
    if not watches:
        return gettext("Not looked at yet")
    if alarms := [watch for watch in watches if not watch.is_good]:
        return gettext("ALARM since %(when)s") % {"when": when_words(alarms[0].since)}
    newest = max(watch.seen_at for watch in watches)
    return gettext("All well, looked at %(when)s") % {"when": when_words(newest)}
