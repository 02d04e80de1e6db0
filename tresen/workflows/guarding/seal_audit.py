"""The audit is sealed, and the roots of its seals are brought outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from tresen.domains.security.commands import LOOK_BACK, note_anchored, seal_deeds
from tresen.domains.security.ports import ANCHORS
from tresen.domains.security.queries.chain import find_last_seal, last_anchored, list_seals
from tresen.domains.security.rules.chain import digest_of
from tresen.domains.security.types import Anchor, Seal
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.audit.keys import key_of

log = structlog.get_logger(__name__)


def seal_audit(*, now: datetime, look_back: timedelta | None = LOOK_BACK) -> int:
    """Seal what waits and bring it outside; how many deeds were sealed."""
    sealed = seal_deeds(now=now, look_back=look_back)
    bring_outside(now=now)
    return sealed


def bring_outside(*, now: datetime) -> None:
    """Every place gets the seals that it does not keep yet; one that is away gets them later."""
    for name in ANCHORS.names():
        place = ANCHORS.take(name)
        while seals := list_seals(after=last_anchored(name)):
            try:
                place.keep(anchors_of(seals))
            except OSError as error:
                log.warning("anchor_place_away", place=name, error=type(error).__name__)
                break
            note_anchored(place=name, seal=seals[-1].no, now=now)


def kept_outside() -> list[Anchor]:
    """What all places keep. One that cannot be read counts as one that is not there."""
    found: list[Anchor] = []
    for name in ANCHORS.names():
        try:
            found += ANCHORS.take(name).read()
        except OSError as error:
            log.warning("anchor_place_away", place=name, error=type(error).__name__)
    return found


@transaction.atomic
def accept_restore(*, now: datetime, actor: Actor) -> int:
    """The tables were taken back on purpose; the last seal that counts from now on."""
    last = find_last_seal()
    no = last.no if last else 0
    record(
        Deed(action="audit.restored", actor=actor, object_kind="audit", object_id=str(no)), now=now
    )
    for name in ANCHORS.names():
        ANCHORS.take(name).cut(after=no, now=now)
    return no


def anchors_of(seals: Sequence[Seal]) -> list[Anchor]:
    """Seals as they are told to the outside."""
    return [
        Anchor(
            no=seal.no,
            last=seal.last,
            digest=digest_of(seal),
            sealed_at=seal.sealed_at,
            root=seal.root,
            public_key=key_of(seal.key_version).public_bytes(),
        )
        for seal in seals
    ]
