"""Seals what was done since the last seal; once, whatever the order in which rows were kept.

A deed of a long transaction appears after younger ones have been sealed: it gets its place in a
later seal. What is looked at each minute reaches LOOK_BACK into the past; `look_back=None` looks
at everything, for once a night.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from tresen.domains.security.models import AnchorKept, ChainExamined
from tresen.domains.security.queries.chain import (
    BEGINNING,
    find_last_seal,
    leaf_of_deed,
    list_waiting,
)
from tresen.domains.security.rules.chain import digest_of, links_of, root_of, statement_of
from tresen.domains.security.types import NOTHING, Seal, Verdict
from tresen.foundation import sql
from tresen.foundation.audit.deeds import id_at
from tresen.foundation.audit.keys import newest_key
from tresen.foundation.audit.rows import DeedRow

LOOK_BACK = timedelta(hours=6)
"""No transaction lives as long: the database ends one that idles or works for longer."""
DEEDS_MAX = 5_000
"""In one seal; whatever is left gets the next one at once."""
_ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('security_seal'))"
_LINK = """
INSERT INTO security_link (position, deed_id, chain)
SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::bytea[])
"""
_SEAL = """
INSERT INTO security_seal
  (no, sealed_at, first, last, root, head, previous, key_version, signature)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def seal_deeds(*, now: datetime, look_back: timedelta | None = LOOK_BACK) -> int:
    """Seal whatever waits; how many deeds. Another sealer at work makes it 0."""
    sealed = 0
    while count := _seal_some(now=now, look_back=look_back):
        sealed += count
        if count < DEEDS_MAX:
            break
    return sealed


@transaction.atomic
def note_anchored(*, place: str, seal: int, now: datetime) -> None:
    """The outside keeps it."""
    AnchorKept.objects.get_or_create(place=place, seal=seal, defaults={"kept_at": now})


@transaction.atomic
def note_examination(*, verdict: Verdict, now: datetime) -> None:
    """What an examination of the whole chain found."""
    broken = verdict.broken
    ChainExamined.objects.create(
        ended_at=now,
        seals=verdict.seals,
        deeds=verdict.deeds,
        anchors=verdict.anchors,
        broken=broken.kind if broken else "",
        broken_deed=broken.deed_id if broken else None,
        broken_at=broken.at if broken else None,
    )


@transaction.atomic
def _seal_some(*, now: datetime, look_back: timedelta | None) -> int:
    if not sql.rows(_ALONE)[0][0]:
        return 0
    since = BEGINNING if look_back is None else id_at(now - look_back, lowest=True)
    waiting = list_waiting(since=since, limit=DEEDS_MAX)
    if waiting:
        _write(waiting, after=find_last_seal(), now=now)
    return len(waiting)


def _write(waiting: list[DeedRow], *, after: Seal | None, now: datetime) -> None:
    leaves = [leaf_of_deed(row) for row in waiting]
    links = links_of(after.head if after else NOTHING, leaves)
    first = after.last + 1 if after else 1
    key = newest_key()
    seal = Seal(
        no=after.no + 1 if after else 1,
        sealed_at=now,
        first=first,
        last=first + len(waiting) - 1,
        root=root_of(leaves),
        head=links[-1],
        previous=digest_of(after) if after else NOTHING,
        key_version=key.version,
    )
    seal = replace(seal, signature=key.signer().sign(statement_of(seal)))
    positions = list(range(seal.first, seal.last + 1))
    sql.run(_LINK, (positions, [row.id for row in waiting], links))
    sql.run(
        _SEAL,
        (
            seal.no,
            seal.sealed_at,
            seal.first,
            seal.last,
            seal.root,
            seal.head,
            seal.previous,
            seal.key_version,
            seal.signature,
        ),
    )
