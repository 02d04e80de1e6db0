"""Which backups stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tresen.operations.backup.manifests import Manifest, list_manifests, put_manifest
from tresen.operations.backup.places import places_of
from tresen.operations.backup.prune import bytes_in, prune
from tresen.operations.backup.retention import Rule, first_to_go, kept_by
from tresen.operations.backup.signing import signer_of
from tresen.operations.backup.target import FolderTarget, Stored, put_bytes

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def backup(day: int, *, parents: tuple[str, ...] = (), chain: str = "c", size: int = 0) -> Manifest:
    """Taken so many days ago at noon."""
    at = NOON - timedelta(days=day)
    name = f"d{1000 - day}"
    return Manifest(
        id=name,
        kind="incremental" if parents else "full",
        parents=parents,
        chain=chain,
        system="7",
        timeline=1,
        segment_bytes=16 * 1024 * 1024,
        start=0,
        end=1,
        started_at=at.isoformat(),
        finished_at=at.isoformat(),
        clear_bytes=1,
        seconds=1.0,
        parts=(Stored(f"base/{name}/data.age", size, "x"),),
        packs=(),
        files="",
        recipients=(),
        release="0",
        superuser="s",
        database="d",
    )


def test_days_weeks_and_months_each_keep_their_newest() -> None:
    year = [backup(day) for day in range(400)]

    kept = sorted(1000 - int(name[1:]) for name in kept_by(Rule(), year))

    assert kept[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(kept) <= 7 + 4 + 6
    ages = [(NOON - timedelta(days=day)).strftime("%Y-%m") for day in kept]
    assert len(set(ages)) == 6


def test_the_newest_stays_whatever_the_rule() -> None:
    assert kept_by(Rule(daily=0, weekly=0, monthly=0), [backup(3), backup(9)]) == {"d997"}


def test_another_one_today_does_not_drop_the_morning() -> None:
    morning = replace(backup(0), id="morning", finished_at=(NOON - timedelta(hours=9)).isoformat())
    yesterday = replace(morning, id="yesterday", finished_at=f"{NOON - timedelta(hours=25)}")

    kept = kept_by(Rule(daily=1, weekly=0, monthly=0), [yesterday, morning, backup(0)])

    assert kept == {"morning", "d1000"}


def test_what_an_incremental_backup_stands_on_stays_with_it() -> None:
    full = backup(40)
    second = backup(39, parents=("d960",))
    newest = backup(0, parents=("d960", "d961"))

    kept = kept_by(Rule(daily=1, weekly=0, monthly=0), [full, second, newest])

    assert kept == {"d960", "d961", "d1000"}
    assert first_to_go([full, second, newest]) is None


def test_when_the_disk_is_too_small_the_oldest_goes_and_never_the_newest() -> None:
    assert first_to_go([backup(2), backup(1), backup(0)]) == "d998"
    assert first_to_go([backup(0)]) is None


def test_pruning_takes_backups_their_log_and_their_packs(tmp_path: Path) -> None:
    target = FolderTarget(tmp_path / "target")
    signer = signer_of(places_of(tmp_path, {}))
    segment = "000000010000000000000001"
    for day in (30, 1, 0):
        one = backup(day, chain=f"chain{day}")
        put_bytes(target, f"base/{one.id}/data.age", b"x" * 1000)
        put_bytes(target, f"wal/chain{day}/{segment}.1.{'0' * 32}.age", b"x" * 1000)
        put_bytes(target, f"files/{one.id}.age", b"x" * 1000)
        named = {**one.__dict__, "packs": (f"files/{one.id}.age",)}
        put_manifest(target, Manifest(**named), signer=signer)
    put_bytes(target, "base/cut-off/data.age", b"x")

    rule = Rule(daily=2, weekly=0, monthly=0)
    pruned = prune(target, rule=rule, bytes_max=1e9, chain="chain0", now=NOON)

    assert pruned.backups == 1
    assert {one.id for one in list_manifests(target)} == {"d999", "d1000"}
    left = target.names("")
    assert not [name for name in left if "chain30" in name or "d970" in name or "cut-off" in name]
    assert {name.split("/")[1] for name in target.names("wal")} == {"chain0", "chain1"}

    tight = prune(target, rule=rule, bytes_max=bytes_in(target) - 1, chain="chain0", now=NOON)

    assert tight.backups == 1
    assert [one.id for one in list_manifests(target)] == ["d1000"]
