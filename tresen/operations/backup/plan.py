"""What a restore needs: which backups, which stretch of log, up to when; or a kind refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tresen.operations.backup.journal import Part, list_parts, pieces_of, whole_segments
from tresen.operations.backup.manifests import Manifest, list_manifests
from tresen.operations.backup.positions import Segment, segment_at
from tresen.operations.backup.target import Target
from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext_noop as _

LATEST = "latest"


class NothingToRestore(Trouble):
    """There is no backup there."""


class TimeOutOfReach(Trouble):
    """Before the first backup, or after the last byte of log."""


class SegmentMissing(Trouble):
    """The log has a gap before the wanted moment."""


class WishUnclear(Trouble):
    """Neither a time, nor `latest`, nor a backup that is there."""


@dataclass(frozen=True)
class RestorePlan:
    """`line`: backups to be combined, the full one first. `at` None: as far as the log goes."""

    line: tuple[Manifest, ...]
    stretches: tuple[tuple[Part, ...], ...]
    """For each segment, in order, the parts that make it up."""
    at: datetime | None
    only_base: bool
    """Stop as soon as the backup is consistent."""
    reaches: datetime

    @property
    def manifest(self) -> Manifest:
        return self.line[-1]


def plan_restore(target: Target, wish: str) -> RestorePlan:
    """Raises NothingToRestore, TimeOutOfReach, SegmentMissing, WishUnclear."""
    manifests = list_manifests(target)
    if not manifests:
        raise NothingToRestore(
            _(
                "There is no finished backup in this folder. "
                "Name the one that holds them with --from."
            )
        )
    by_id = {one.id: one for one in manifests}
    if wish == LATEST:
        return _planned(target, by_id, manifests[-1], at=None, only_base=False)
    if wish in by_id:
        return _planned(target, by_id, by_id[wish], at=None, only_base=True)
    at = read_time(wish)
    before = [one for one in manifests if one.consistent_at <= at]
    if not before:
        raise TimeOutOfReach(
            _(
                "{wanted} is before the first backup that is still there: "
                "the earliest moment is {first}."
            ),
            wanted=_said(at),
            first=_said(manifests[0].consistent_at),
        )
    return _planned(target, by_id, before[-1], at=at, only_base=False)


def read_time(text: str) -> datetime:
    """ISO 8601; without a zone it is this machine's local time. Raises WishUnclear."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError as wrong:
        raise WishUnclear(
            _(
                "{given} is neither a time (2026-11-26T18:30:00+01:00), nor `{latest}`, nor the "
                "name of a backup; `tresen backup list` shows them."
            ),
            given=repr(text),
            latest=LATEST,
        ) from wrong


def _planned(
    target: Target,
    by_id: dict[str, Manifest],
    manifest: Manifest,
    *,
    at: datetime | None,
    only_base: bool,
) -> RestorePlan:
    if lost := [parent for parent in manifest.parents if parent not in by_id]:
        raise NothingToRestore(
            _("The backup {backup} stands on {lost}, which is not there any more."),
            backup=manifest.id,
            lost=", ".join(lost),
        )
    parts = list_parts(target, manifest.chain, size=manifest.segment_bytes)
    first = segment_at(manifest.start, timeline=manifest.timeline, size=manifest.segment_bytes)
    wanted = manifest.consistent_at if only_base else at
    stretches, reached, reaches = _joined(parts, first, until=wanted)
    _check_end(manifest, reached)
    newest = max((part.until for part in parts), default=manifest.consistent_at)
    reaches = max(reaches, manifest.consistent_at)
    if wanted and wanted > reaches:
        _refuse_late(wanted, reaches=reaches, newest=newest)
    line = (*(by_id[parent] for parent in manifest.parents), manifest)
    return RestorePlan(line, stretches, at, only_base, reaches)


def _joined(
    parts: Sequence[Part], first: Segment, *, until: datetime | None
) -> tuple[tuple[tuple[Part, ...], ...], int, datetime]:
    """Segment after segment without a gap; one more than `until` asks for."""
    whole = whole_segments(parts)
    segment = first
    stretches: list[tuple[Part, ...]] = []
    reached, reaches = first.start, datetime.min.replace(tzinfo=UTC)
    is_enough = False
    while segment in whole:
        stretches.append((whole[segment],))
        reached, reaches = segment.end, max(reaches, whole[segment].until)
        if is_enough:
            return tuple(stretches), reached, reaches
        is_enough = until is not None and whole[segment].until > until
        segment = segment.next()
    if pieces := pieces_of(segment, parts):
        stretches.append(tuple(pieces))
        reached = segment.start + pieces[-1].end
        reaches = max(reaches, *(piece.until for piece in pieces))
    return tuple(stretches), reached, reaches


def _check_end(manifest: Manifest, reached: int) -> None:
    if reached < manifest.end:
        segment = segment_at(reached, timeline=manifest.timeline, size=manifest.segment_bytes)
        raise SegmentMissing(
            _(
                "The segment {segment} of the log is missing; the backup {backup} cannot be "
                "brought back without it. Take an older backup, or another copy of this folder."
            ),
            segment=segment.name,
            backup=manifest.id,
        )


def _refuse_late(wanted: datetime, *, reaches: datetime, newest: datetime) -> None:
    if newest > reaches:
        raise SegmentMissing(
            _(
                "The log has a gap after {moment}: that is the latest moment that can be "
                "restored. Is there another copy of this folder that holds the missing segment?"
            ),
            moment=_said(reaches),
        )
    raise TimeOutOfReach(
        _(
            "{wanted} is after the last byte of log, which came at {moment}. Ask for that moment, "
            "or for `{latest}`."
        ),
        wanted=_said(wanted),
        moment=_said(reaches),
        latest=LATEST,
    )


def _said(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
