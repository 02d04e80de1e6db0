"""A stolen folder of backups says nothing; one of two identities opens all of it."""

from __future__ import annotations

import secrets

import pytest
from pyrage.x25519 import Identity

from tresen.operations.backup.envelopes import BackupDamaged, WrongIdentity
from tresen.operations.backup.manifests import list_manifests
from tresen.operations.backup.plan import plan_restore
from tresen.operations.backup.scrub import find_rot
from tresen.operations.backup.tests.make import (
    Bench,
    bits_per_byte,
    found_in,
    opened,
    sales,
    sell,
)
from tresen.operations.postgres.layout import Layout

pytestmark = pytest.mark.slow

CANARIES = [f"canary-{secrets.token_hex(12)}" for _ in range(200)]
ENTROPY_MIN = 7.99
"""Bits per byte. Short objects cannot show it: so many different bytes do not fit."""
ENTROPY_BYTES_MIN = 64 * 1024


def _filled(bench: Bench) -> None:
    """Canaries in rows, in the log, in a picture and in a key; then a backup of all of it."""
    with bench.running() as shop:
        (bench.data / "media").mkdir()
        (bench.data / "media" / "note.svg").write_text(" ".join(CANARIES))
        (bench.data / "keys" / "keyring.json").write_text(f'{{"note": "{CANARIES[0]}"}}')
        with bench.following() as following:
            sell(shop, 0, 20)
            shop.execute("UPDATE sale SET note = %s", [" ".join(CANARIES[:100])])
            bench.take(following)
            bench.take_keystore()
            shop.execute("UPDATE sale SET note = %s", [" ".join(CANARIES[100:])])
            bench.catch_up(following)


def test_a_stolen_backup_holds_no_byte_in_clear(bench: Bench) -> None:
    _filled(bench)
    objects = [path for path in bench.places.target.rglob("*.age") if path.is_file()]
    stolen = b"".join(path.read_bytes() for path in objects)

    found = found_in(bench.places.target, CANARIES)

    assert found == set()
    assert {path.suffix for path in bench.places.target.rglob("*") if path.is_file()} == {
        ".age", ".json",
    }  # fmt: skip
    assert bits_per_byte(stolen) >= ENTROPY_MIN
    assert all(
        bits_per_byte(content) >= ENTROPY_MIN
        for path in objects
        if len(content := path.read_bytes()) >= ENTROPY_BYTES_MIN
    )
    cluster = Layout(bench.data).cluster.resolve()
    in_clear = found_in(cluster, CANARIES)  # but for the few that a page of the log cuts in two
    assert len(in_clear) > 0.9 * len(CANARIES), "control: the shop's own files have them"
    assert bits_per_byte((cluster / "PG_VERSION").read_bytes() * 100_000) < ENTROPY_MIN


def test_the_second_identity_alone_brings_everything_back(bench: Bench) -> None:
    _filled(bench)
    bench.places.machine_identity.unlink()

    restored = bench.restore("latest", by=bench.second)

    with opened(restored) as copy:
        row = copy.execute("SELECT note FROM sale WHERE id = 3").fetchone()
        assert sales(copy) == set(range(20))
    assert row == (" ".join(CANARIES[100:]),)
    assert (restored.into / "media" / "note.svg").read_text() == " ".join(CANARIES)
    assert CANARIES[0] in (restored.into / "keys" / "keyring.json").read_text()
    assert not list((restored.into / "keys").glob("backup_identity*"))


def test_an_identity_that_is_none_of_the_recipients_opens_nothing(bench: Bench) -> None:
    _filled(bench)

    with pytest.raises(WrongIdentity, match="was encrypted to other recipients"):
        bench.restore("latest", by=[Identity.generate()])

    home = Layout(bench.data.parent / "restored").home
    assert not any(home.resolve().joinpath("data").iterdir())


def test_every_flipped_byte_is_found_without_a_key_and_refused_with_one(bench: Bench) -> None:
    _filled(bench)
    objects = sorted(path for path in bench.places.target.rglob("*") if path.is_file())
    missed, control = [], find_rot(bench.target)

    for path in objects:
        sound = path.read_bytes()
        for at in {0, len(sound) // 2, len(sound) - 1}:
            flipped = bytearray(sound)
            flipped[at] ^= 0x01
            path.write_bytes(flipped)
            if not find_rot(bench.target):
                missed.append((path.name, at))
        path.write_bytes(sound)

    assert len(objects) >= 6
    assert (control, missed) == ([], [])


def test_a_restore_stops_at_the_first_damaged_byte(bench: Bench) -> None:
    _filled(bench)
    data = next(bench.places.target.rglob("data.age"))
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 0x01
    data.write_bytes(content)

    with pytest.raises(BackupDamaged, match=r"data\.age is damaged"):
        bench.restore("latest")

    assert Layout(bench.data.parent / "restored").restore_mark.exists()


def test_a_list_that_somebody_else_signed_is_no_backup(bench: Bench) -> None:
    _filled(bench)
    path = next(bench.places.target.rglob("manifest.json"))
    genuine = path.read_text()

    path.write_text(genuine.replace('"kind": "full"', '"kind": "incremental"'))

    assert list_manifests(bench.target) == []
    path.write_text(genuine)
    assert plan_restore(bench.target, "latest").manifest.kind == "full", "control"
