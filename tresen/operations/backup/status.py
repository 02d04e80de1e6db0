"""How the backups stand: what the keeper notes, read by doctor, back office and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from tresen.operations.backup.manifests import Manifest, list_manifests, manifest_in
from tresen.operations.backup.notes import read_lines, read_note
from tresen.operations.backup.places import BackupPlaces
from tresen.operations.backup.recipients import list_recipients, outside_count
from tresen.operations.backup.target import FolderTarget
from tresen.operations.machine.locks import is_held
from tresen.operations.machine.trouble import Trouble, trouble_of

BACKUP_AGE_MAX = timedelta(hours=36)
PROOF_AGE_MAX = timedelta(days=3)
"""Nightly; two nights may fail before somebody is called."""
LAG_MAX = timedelta(minutes=5)
PROOFS_SHOWN = 30

Alarm = Literal[
    "off", "unready", "not_running", "failing", "none_yet", "backup_old", "lagging",
    "proof_failed", "proof_old", "no_proof_yet", "same_disk", "all_keys_here",
]  # fmt: skip
GRAVE: frozenset[Alarm] = frozenset(
    {"unready", "not_running", "failing", "backup_old", "lagging", "proof_failed", "proof_old"}
)


@dataclass(frozen=True)
class Proof:
    """One restore drill. Seconds and bytes as measured; `failure` is empty where it held."""

    at: datetime
    backup: str
    held: bool
    failure: str
    seconds: float
    restore_seconds: float
    clear_bytes: int
    lost_seconds: float | None
    """From the newest marker that came back to the moment the drill began; None: no marker."""
    rows: int
    invariants: int
    figures: Mapping[str, Any] = field(default_factory=dict)
    failure_note: Mapping[str, Any] = field(default_factory=dict)
    """The failure for whoever reads another language: `trouble.retold`."""

    @property
    def bytes_per_second(self) -> float:
        return self.clear_bytes / self.restore_seconds if self.restore_seconds else 0.0


@dataclass(frozen=True)
class BackupStatus:
    """`until` is the newest moment that lies in the target; times are aware."""

    switched_on: bool
    running: bool
    target: str
    is_named: bool
    synchronous: bool
    trouble: str
    until: datetime | None
    keystore_at: datetime | None
    bytes: int
    bytes_max: float
    manifests: tuple[Manifest, ...]
    proofs: tuple[Proof, ...]
    recipients: tuple[tuple[str, str], ...]
    outside: int
    busy_with: str
    alarms: tuple[Alarm, ...]
    trouble_note: Mapping[str, Any] = field(default_factory=dict)
    """The trouble for whoever reads another language: `trouble.retold`."""

    @property
    def newest(self) -> Manifest | None:
        return self.manifests[-1] if self.manifests else None

    @property
    def last_proof(self) -> Proof | None:
        return self.proofs[-1] if self.proofs else None

    @property
    def is_grave(self) -> bool:
        return any(alarm in GRAVE for alarm in self.alarms)


def status_of_backups(places: BackupPlaces, *, now: datetime, look: bool = False) -> BackupStatus:
    """As the keeper noted it, beside the shop; `look` goes to the target, which may be slow.

    Asks neither the database nor any key.
    """
    noted = read_note(places.status)
    manifests = _in_target(places) if look else _in_note(noted)
    proofs = tuple(_proof(line) for line in read_lines(places.proofs)[-PROOFS_SHOWN:])
    recipients, outside, trouble = _recipients(places)
    running = is_held(places.keeper_lock)
    told = str(noted.get("trouble") or "") if running else ""
    found = BackupStatus(
        switched_on=places.switched_on,
        running=running,
        target=str(places.target),
        is_named=places.is_named,
        synchronous=places.synchronous,
        trouble=trouble.plain if trouble else told,
        trouble_note=trouble.as_note() if trouble else noted.get("trouble_note") or {},
        until=_moment(noted.get("until")),
        keystore_at=_moment(noted.get("keystore_at")),
        bytes=int(noted.get("bytes") or 0),
        bytes_max=places.bytes_max,
        manifests=manifests,
        proofs=proofs,
        recipients=recipients,
        outside=outside,
        busy_with=str(noted.get("busy_with") or "") if running else "",
        alarms=(),
    )
    return _with_alarms(found, begun=_moment(noted.get("begun")), now=now)


def _with_alarms(found: BackupStatus, *, begun: datetime | None, now: datetime) -> BackupStatus:
    fields = {name: getattr(found, name) for name in found.__dataclass_fields__}
    return BackupStatus(**{**fields, "alarms": tuple(alarms_of(found, begun=begun, now=now))})


def alarms_of(found: BackupStatus, *, begun: datetime | None, now: datetime) -> list[Alarm]:
    """Pure; worst first."""
    if not found.switched_on:
        return ["off"]
    alarms: list[Alarm] = []
    if len({key for key, _ in found.recipients}) < 2:  # noqa: PLR2004  # as many as are needed
        return ["unready"]
    if not found.running:
        alarms.append("not_running")
    if found.trouble:
        alarms.append("failing")
    alarms += _about_backups(found, begun=begun, now=now)
    alarms += _about_proofs(found, now=now)
    if not found.is_named:
        alarms.append("same_disk")
    if not found.outside:
        alarms.append("all_keys_here")
    return alarms


def _about_backups(found: BackupStatus, *, begun: datetime | None, now: datetime) -> list[Alarm]:
    if found.newest is None:
        late = begun is not None and now - begun > timedelta(hours=1)
        return ["backup_old"] if late else ["none_yet"]
    alarms: list[Alarm] = []
    if now - found.newest.consistent_at > BACKUP_AGE_MAX:
        alarms.append("backup_old")
    if found.running and found.until and now - found.until > LAG_MAX:
        alarms.append("lagging")
    return alarms


def _about_proofs(found: BackupStatus, *, now: datetime) -> list[Alarm]:
    proof = found.last_proof
    if proof is None:
        oldest = found.manifests[0].consistent_at if found.manifests else now
        return ["proof_old"] if now - oldest > PROOF_AGE_MAX else ["no_proof_yet"]
    if not proof.held:
        return ["proof_failed"]
    return ["proof_old"] if now - proof.at > PROOF_AGE_MAX else []


def _in_target(places: BackupPlaces) -> tuple[Manifest, ...]:
    return tuple(list_manifests(FolderTarget(places.target))) if places.target.is_dir() else ()


def _in_note(noted: Mapping[str, Any]) -> tuple[Manifest, ...]:
    try:
        return tuple(manifest_in(body) for body in noted.get("manifests", []))
    except (KeyError, TypeError):  # noted by another release
        return ()


def _recipients(
    places: BackupPlaces,
) -> tuple[tuple[tuple[str, str], ...], int, Trouble | None]:
    try:
        named = list_recipients(places)
        return tuple((one.key, one.label) for one in named), outside_count(places), None
    except (Trouble, OSError) as failure:
        return (), 0, trouble_of(failure)


def _proof(line: Mapping[str, Any]) -> Proof:
    lost = line.get("lost_seconds")
    return Proof(
        at=datetime.fromisoformat(line["at"]),
        backup=str(line.get("backup", "")),
        held=bool(line.get("held")),
        failure=str(line.get("failure", "")),
        seconds=float(line.get("seconds", 0)),
        restore_seconds=float(line.get("restore_seconds", 0)),
        clear_bytes=int(line.get("clear_bytes", 0)),
        lost_seconds=None if lost is None else float(lost),
        rows=int(line.get("rows", 0)),
        invariants=int(line.get("invariants", 0)),
        figures=line.get("figures", {}),
        failure_note=line.get("failure_note", {}),
    )


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) and text else None
