"""The whole audit is examined: by the keys, and against what is kept outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tresen.domains.security.commands import note_examination
from tresen.domains.security.queries.verification import verify_chain
from tresen.domains.security.types import Verdict
from tresen.workflows.guarding.seal_audit import kept_outside, seal_audit


def examine_audit(
    *, now: datetime, progress: Callable[[int], None] = lambda _deeds: None
) -> Verdict:
    """Verify and note what came of it."""
    verdict = verify_chain(anchors=kept_outside(), progress=progress)
    note_examination(verdict=verdict, now=now)
    return verdict


def examine_nightly(*, now: datetime) -> str:
    """Seal whatever is left from any time, then examine; «sound» or what is broken."""
    seal_audit(now=now, look_back=None)
    verdict = examine_audit(now=now)
    return verdict.broken.kind if verdict.broken else "sound"
