"""An unbroken stretch of log in the target: opened again, or begun anew where it broke."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from datetime import datetime

from tresen.operations.backup.notes import write_note
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.receiver import Chain
from tresen.operations.backup.replication import Feed, System


def open_chain(places: BackupPlaces, feed: Feed, *, now: datetime) -> tuple[Chain, bool]:
    """The chain, and whether it is new: then nothing in the target can be continued.

    A chain breaks where the slot is gone, the cluster is another one (a restored shop), or the
    target is another folder.
    """
    system = feed.system()
    held_from = feed.find_slot()
    known = read_chain(places)
    if known and held_from is not None and _fits(known, system):
        return known, False
    if held_from is not None:
        feed.drop_slot()
    return begin_chain(places, feed, system=system, now=now), True


def begin_chain(places: BackupPlaces, feed: Feed, *, system: System, now: datetime) -> Chain:
    """The slot first, holding the log back at once; then the note; the base backup comes last."""
    feed.make_slot()
    start = feed.find_slot()
    assert start is not None, "a slot that was just made holds the log back"
    chain = Chain(
        id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
        system=system.identifier,
        timeline=system.timeline,
        start=start - start % system.segment_bytes,
        segment_bytes=system.segment_bytes,
    )
    write_note(places.chain, {**asdict(chain), "target": str(places.target)})
    return chain


def break_chain(places: BackupPlaces) -> None:
    """The next opening begins a new one."""
    places.chain.unlink(missing_ok=True)


def read_chain(places: BackupPlaces) -> Chain | None:
    """Only where it leads into today's target."""
    try:
        noted = json.loads(places.chain.read_text(encoding="utf-8"))
        if noted.pop("target") != str(places.target):
            return None
        return Chain(**noted)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _fits(chain: Chain, system: System) -> bool:
    return (chain.system, chain.timeline) == (system.identifier, system.timeline)
