"""Which alarms are raised when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tresen.operations.backup.places import places_of
from tresen.operations.backup.recipients import make_identity
from tresen.operations.backup.status import BackupStatus, Proof, alarms_of, status_of_backups
from tresen.operations.backup.tests.test_retention import NOON, backup


def proof(**changes: object) -> Proof:
    usual: dict[str, object] = {
        "at": NOON, "backup": "b", "held": True, "failure": "", "seconds": 9.0,
        "restore_seconds": 4.0, "clear_bytes": 8, "lost_seconds": 1.0, "rows": 1, "invariants": 16,
    }  # fmt: skip
    return Proof(**{**usual, **changes})  # type: ignore[arg-type]


SOUND = BackupStatus(
    switched_on=True,
    running=True,
    target="/elsewhere",
    is_named=True,
    synchronous=False,
    trouble="",
    until=NOON,
    keystore_at=NOON,
    bytes=1,
    bytes_max=9,
    manifests=(backup(0),),
    proofs=(proof(),),
    recipients=(("a", "one"), ("b", "two")),
    outside=1,
    busy_with="",
    alarms=(),
)


def test_a_shop_in_order_raises_no_alarm() -> None:
    assert alarms_of(SOUND, begun=NOON, now=NOON) == []


@pytest.mark.parametrize(
    ("changes", "alarm"),
    [
        ({"switched_on": False}, "off"),
        ({"recipients": (("a", "one"),)}, "unready"),
        ({"recipients": (("a", "one"), ("a", "again"))}, "unready"),
        ({"running": False}, "not_running"),
        ({"trouble": "disk full"}, "failing"),
        ({"manifests": (backup(2),)}, "backup_old"),
        ({"until": NOON - timedelta(minutes=6)}, "lagging"),
        ({"proofs": (proof(held=False),)}, "proof_failed"),
        ({"proofs": (proof(at=NOON - timedelta(days=4)),)}, "proof_old"),
        ({"proofs": (), "manifests": (backup(0), backup(0))}, "no_proof_yet"),
        ({"proofs": (), "manifests": (backup(5), backup(0))}, "proof_old"),
        ({"is_named": False}, "same_disk"),
        ({"outside": 0}, "all_keys_here"),
    ],
)
def test_each_fault_has_its_alarm(changes: dict[str, object], alarm: str) -> None:
    assert alarms_of(replace(SOUND, **changes), begun=NOON, now=NOON) == [alarm]  # type: ignore[arg-type]


def test_a_new_shop_has_an_hour_for_its_first_backup() -> None:
    new = replace(SOUND, manifests=(), proofs=())

    assert "none_yet" in alarms_of(new, begun=NOON, now=NOON + timedelta(minutes=59))
    assert "backup_old" in alarms_of(new, begun=NOON, now=NOON + timedelta(minutes=61))


def test_a_shop_that_never_had_a_backup_is_told_so_and_nothing_is_made(tmp_path: Path) -> None:
    status = status_of_backups(places_of(tmp_path, {}), now=NOON)

    assert status.alarms == ("unready",)
    assert list(tmp_path.iterdir()) == []


def test_a_recipients_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    places = places_of(tmp_path, {})
    make_identity(places, label="one")
    with places.recipients.open("a") as file:
        file.write("age1nonsense # two\n")

    status = status_of_backups(places, now=NOON)

    assert "Line 2 of" in status.trouble
