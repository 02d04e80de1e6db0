"""Goes along the whole chain and says where it is first not what was sealed.

The keys decide, never the tables: signatures are checked with the key file, each row's own code
as well, and the seals against what was kept outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tresen.domains.security.queries.chain import (
    find_link_beyond,
    list_seals,
    list_steps,
    list_waiting,
)
from tresen.domains.security.rules.chain import digest_of, link_of, root_of, statement_of
from tresen.domains.security.types import (
    NOTHING,
    Anchor,
    Break,
    BreakKind,
    Seal,
    Step,
    Verdict,
)
from tresen.foundation.audit.keys import AuditKeyMissing, key_of
from tresen.foundation.audit.reading import is_sound

WAITING_MAX = 10_000
_MILLISECONDS_AT = 80
_OURS = 7

Progress = Callable[[int], None]


@dataclass(slots=True)
class _Way:
    """Where the verifier is."""

    no: int = 0
    position: int = 0
    chain: bytes = NOTHING
    digest: bytes = NOTHING
    sealed_at: datetime | None = None
    digests: dict[int, bytes] = field(default_factory=dict)


def verify_chain(
    *, anchors: Sequence[Anchor] = (), progress: Progress = lambda _deeds: None
) -> Verdict:
    """Every seal, every link, every deed. Stops at the first break."""
    way = _Way()
    known = {anchor.no: anchor for anchor in anchors}
    broken = (
        next(_breaks_of_seals(way, known, progress), None)
        or _beyond(way)
        or _truncated(way, anchors)
    )
    waiting = list_waiting(limit=WAITING_MAX)
    if broken is None:
        forged = next((row for row in waiting if not is_sound(row)), None)
        if forged is not None:
            broken = Break(kind=BreakKind.DEED_FORGED, deed_id=forged.id, at=forged.at)
    return Verdict(
        seals=way.no,
        deeds=way.position,
        waiting=len(waiting),
        anchors=len(anchors),
        last_seal_at=way.sealed_at,
        broken=broken,
    )


def _breaks_of_seals(
    way: _Way, anchors: Mapping[int, Anchor], progress: Progress
) -> Iterator[Break]:
    while seals := list_seals(after=way.no):
        for seal in seals:
            broken = _of_seal(way, seal, anchors.get(seal.no)) or _of_steps(way, seal)
            if broken is not None:
                yield broken
                return
            way.no, way.position = seal.no, seal.last
            way.digest, way.sealed_at = digest_of(seal), seal.sealed_at
            progress(way.position)


def _of_seal(way: _Way, seal: Seal, anchor: Anchor | None) -> Break | None:
    """The seal itself: follows the one before, is signed by us, is the one that is kept outside."""
    if seal.no != way.no + 1:
        return Break(kind=BreakKind.SEAL_MISSING, seal=way.no + 1, at=seal.sealed_at)
    if not _is_signed(seal):
        return Break(kind=BreakKind.SEAL_UNSIGNED, seal=seal.no, at=seal.sealed_at)
    follows = seal.previous == way.digest and seal.first == way.position + 1
    if not follows or (anchor is not None and anchor.digest != digest_of(seal)):
        return Break(kind=BreakKind.SEAL_CHANGED, seal=seal.no, at=seal.sealed_at)
    return None


def _of_steps(way: _Way, seal: Seal) -> Break | None:
    """The links and deeds below a seal, which is known to be ours."""
    leaves, chain = [], way.chain
    for at, step in enumerate(list_steps(first=seal.first, last=seal.last)):
        if step.position != seal.first + at:
            return _broken(BreakKind.LINK_MISSING, seal, seal.first + at, at=seal.sealed_at)
        if step.leaf is None:
            return _gone(seal, step)
        chain = link_of(chain, step.leaf)
        if not step.is_sound or chain != step.chain:
            kind = BreakKind.LINK_CHANGED if step.is_sound else BreakKind.DEED_CHANGED
            return _broken(kind, seal, step.position, deed_id=step.deed_id, at=step.at)
        leaves.append(step.leaf)
    if len(leaves) != seal.last - seal.first + 1:
        position = seal.first + len(leaves)
        return _broken(BreakKind.LINK_MISSING, seal, position, at=seal.sealed_at)
    if chain != seal.head or root_of(leaves) != seal.root:
        return _broken(BreakKind.LINK_CHANGED, seal, seal.last, at=seal.sealed_at)
    way.chain = chain
    return None


def _beyond(way: _Way) -> Break | None:
    """Seals and their links are written together: a link alone was left by nobody of ours."""
    position = find_link_beyond(way.position)
    return None if position is None else Break(kind=BreakKind.LINK_BEYOND, position=position)


def _truncated(way: _Way, anchors: Sequence[Anchor]) -> Break | None:
    """The outside knows more than the tables: the newest part is gone."""
    newest = max(anchors, key=lambda anchor: anchor.no, default=None)
    if newest is None or newest.no <= way.no:
        return None
    return Break(kind=BreakKind.TRUNCATED, seal=way.no + 1, position=way.position + 1)


def _is_signed(seal: Seal) -> bool:
    try:
        public: Ed25519PublicKey = key_of(seal.key_version).signer().public_key()
        public.verify(seal.signature, statement_of(seal))
    except (AuditKeyMissing, InvalidSignature):
        return False
    return True


def _gone(seal: Seal, step: Step) -> Break:
    """The time of a deed that is gone stands in its id."""
    return _broken(
        BreakKind.DEED_MISSING, seal, step.position, deed_id=step.deed_id, at=_time_in(step.deed_id)
    )


def _time_in(deed_id: UUID) -> datetime | None:
    """None where the id was replaced by one that is not of ours."""
    if deed_id.version != _OURS:
        return None
    return datetime.fromtimestamp((deed_id.int >> _MILLISECONDS_AT) / 1000, UTC)


def _broken(
    kind: BreakKind,
    seal: Seal,
    position: int,
    *,
    deed_id: UUID | None = None,
    at: datetime | None = None,
) -> Break:
    return Break(kind=kind, seal=seal.no, position=position, deed_id=deed_id, at=at)
