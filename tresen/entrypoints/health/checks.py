"""What must be right for the shop to be ready, said in plain words with the remedy.

Some things close the doors (a balancer sends people elsewhere), others only want to be looked at:
without a worker the shop still takes orders.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.utils import Error as DatabaseTrouble

from tresen.domains.conversations.queries import count_unsettled_letters
from tresen.domains.security.commands import LOOK_BACK
from tresen.domains.security.queries.chain import list_examinations, list_waiting
from tresen.domains.security.queries.freezing import get_freeze
from tresen.foundation import sql
from tresen.foundation.audit.deeds import id_at
from tresen.foundation.journal.deliveries import count_dead, oldest_waiting
from tresen.foundation.vault.keyring import read_keyring
from tresen.foundation.vault.root import RootTrouble
from tresen.foundation.watches.findings import list_watches
from tresen.operations.backup.status import GRAVE, status_of_backups
from tresen.workflows.listing.staleness import freshness

HEARTBEAT_SECONDS_MAX = 30.0
LAG_SECONDS_MAX = 60.0
SEAL_SECONDS_MAX = 600.0
FREE_BYTES_MIN = 200_000_000
FREE_BYTES_WANTED = 1_000_000_000
OPEN_TO_OTHERS = 0o077


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `closes`: the shop is not ready while this is wrong."""

    name: str
    good: bool
    words: str
    remedy: str = ""
    closes: bool = False
    figure: float | None = None


Check = Callable[[datetime], Finding]


def find_all(*, now: datetime) -> list[Finding]:
    """Every finding; without a database only what can be known without it."""
    first = database(now)
    asked = WITH_DATABASE if first.good else ()
    return [first, *(check(now) for check in (*WITHOUT_DATABASE, *asked))]


def database(_now: datetime) -> Finding:
    try:
        sql.rows("SELECT 1")
    except (DatabaseTrouble, OSError) as error:
        connection.close()
        return Finding(
            name="database",
            good=False,
            words=f"The database does not answer ({type(error).__name__}).",
            remedy="Run `tresen doctor`; it says why and what to do.",
            closes=True,
        )
    return Finding(name="database", good=True, words="The database answers.")


def migrations(_now: datetime) -> Finding:
    applied = {(app, name) for app, name in sql.rows("SELECT app, name FROM django_migrations")}
    missing = len(_known_migrations() - applied)
    return Finding(
        name="migrations",
        good=not missing,
        words=f"{missing} changes of the tables are missing."
        if missing
        else "All tables are up to date.",
        remedy="Run `tresen migrate`." if missing else "",
        closes=True,
        figure=float(missing),
    )


def worker(now: datetime) -> Finding:
    ((seen,),) = sql.rows("SELECT max(last_heartbeat) FROM procrastinate_workers")
    if seen is None:
        return Finding(
            name="worker",
            good=False,
            words="No worker is running: letters and search updates wait.",
            remedy="Start one with `tresen worker`; `tresen run` does it by itself.",
        )
    age = (now - cast("datetime", seen)).total_seconds()
    return Finding(
        name="worker",
        good=age <= HEARTBEAT_SECONDS_MAX,
        words=f"The worker was last seen {age:.0f} s ago.",
        remedy="" if age <= HEARTBEAT_SECONDS_MAX else "Look at its log and start it again.",
        figure=age,
    )


def journal(now: datetime) -> Finding:
    oldest = oldest_waiting()
    lag = max((now - oldest).total_seconds(), 0.0) if oldest else 0.0
    return Finding(
        name="journal",
        good=lag <= LAG_SECONDS_MAX,
        words=f"The oldest fact has waited {lag:.0f} s." if oldest else "No fact waits.",
        remedy="" if lag <= LAG_SECONDS_MAX else "Is a worker running? See its log.",
        figure=lag,
    )


def dead_letters(_now: datetime) -> Finding:
    given_up, unsettled = count_dead(), count_unsettled_letters()
    return Finding(
        name="dead_letters",
        good=not given_up and not unsettled,
        words=f"{given_up} facts were given up, {unsettled} letters want a look.",
        remedy="See `tresen jobs dead`." if given_up or unsettled else "",
        figure=float(given_up + unsettled),
    )


def watches(_now: datetime) -> Finding:
    """What regular watches found: the checkout's scripts, and whatever else is watched."""
    bad = [watched for watched in list_watches() if not watched.is_good]
    return Finding(
        name="watches",
        good=not bad,
        words="; ".join(f"{one.name}: {one.words}" for one in bad) or "The watches found nothing.",
        remedy="If nobody of yours changed it, call for help: see docs/how-to/page-changed.md."
        if bad
        else "",
        figure=float(len(bad)),
    )


def audit(now: datetime) -> Finding:
    """Sealed each minute, examined each night; what is broken is named by `tresen audit verify`."""
    waiting = list_waiting(since=id_at(now - LOOK_BACK, lowest=True), limit=1)
    seconds = max((now - waiting[0].at).total_seconds(), 0.0) if waiting else 0.0
    examined = list_examinations(limit=1)
    broken = examined[0].broken if examined else ""
    remedy = "Is a worker running? See its log." if seconds > SEAL_SECONDS_MAX else ""
    return Finding(
        name="audit",
        good=not broken and seconds <= SEAL_SECONDS_MAX,
        words=f"The oldest deed waits {seconds:.0f} s for its seal; the chain is "
        + (f"NOT SOUND: {broken}." if broken else "sound as far as it was examined."),
        remedy="See `tresen audit verify`, then docs/how-to/incident.md." if broken else remedy,
        figure=seconds,
    )


def frozen(_now: datetime) -> Finding:
    freeze = get_freeze()
    return Finding(
        name="frozen",
        good=not freeze.on,
        words="The shop is frozen: it can be looked at only." if freeze.on else "Not frozen.",
        remedy="`tresen freeze off` opens it again." if freeze.on else "",
        figure=float(freeze.on),
    )


def lists(now: datetime) -> Finding:
    """Whether category pages and search show what is true."""
    fresh = freshness(now=now)
    words = f"Lists and search are {fresh.staleness_seconds:.1f} s behind."
    if fresh.missing:
        words = f"There is no list for {', '.join(fresh.missing)}."
    return Finding(
        name="lists",
        good=fresh.is_kept,
        words=words,
        remedy="" if fresh.is_kept else "Is a worker running? It keeps the lists up to date.",
        figure=fresh.staleness_seconds,
    )


def key_file(_now: datetime) -> Finding:
    path = Path(settings.KEYRING_FILE)
    trouble = ""
    try:
        read_keyring(path, settings.ROOT_KEY)
        if path.stat().st_mode & OPEN_TO_OTHERS:
            trouble = "The key file can be read by others."
    except (OSError, ValueError, KeyError, RootTrouble) as error:
        trouble = f"The key file cannot be read ({type(error).__name__})."
    return Finding(
        name="key_file",
        good=not trouble,
        words=trouble or "The key file is there and private.",
        remedy=f"Restore {path.name} from your backup, mode 0400." if trouble else "",
        closes=True,
    )


def disk(_now: datetime) -> Finding:
    free = shutil.disk_usage(settings.DATA).free
    return Finding(
        name="disk",
        good=free >= FREE_BYTES_WANTED,
        words=f"{free / 1_000_000:,.0f} MB are free.",
        remedy="" if free >= FREE_BYTES_WANTED else "Make room on the disk of the data folder.",
        closes=free < FREE_BYTES_MIN,
        figure=float(free),
    )


def backups(now: datetime) -> Finding:
    """Orders are taken without them; whoever watches the machines should know."""
    status = status_of_backups(settings.BACKUP_PLACES, now=now)
    grave = ", ".join(alarm for alarm in status.alarms if alarm in GRAVE)
    age = (now - status.until).total_seconds() if status.until else None
    return Finding(
        name="backups",
        good=not grave,
        words=f"Backups: {grave}." if grave else "Backups are in order.",
        remedy="See `tresen backup list`." if grave else "",
        figure=age,
    )


@lru_cache(maxsize=1)
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


WITHOUT_DATABASE: tuple[Check, ...] = (key_file, disk, backups)
WITH_DATABASE: tuple[Check, ...] = (
    migrations,
    worker,
    journal,
    lists,
    dead_letters,
    watches,
    audit,
    frozen,
)
