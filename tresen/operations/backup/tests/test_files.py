"""Pictures in packs, and the erasure ledger in stretches."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pyrage.x25519 import Identity

from tresen.operations.backup.envelopes import BackupDamaged, decrypt_bytes, decrypted
from tresen.operations.backup.erasures import read_erasures, ship_erasures
from tresen.operations.backup.files import Packed, pack_files, unpack_files
from tresen.operations.backup.places import BackupPlaces, places_of
from tresen.operations.backup.signing import signer_of
from tresen.operations.backup.target import FolderTarget, TargetUnusable, put_bytes

BY = [Identity.generate(), Identity.generate()]
TO = [one.to_public() for one in BY]


@pytest.fixture
def places(tmp_path: Path) -> BackupPlaces:
    data = tmp_path / "data"
    (data / "media").mkdir(parents=True)
    (data / "keys").mkdir()
    return places_of(data, {"TRESEN_BACKUP_TO": str(tmp_path / "target")})


def _pack(places: BackupPlaces, name: str) -> Packed:
    return pack_files(places, FolderTarget(places.target), backup_id=name, to=TO)


def _unpack(places: BackupPlaces, packed: Packed, into: Path) -> dict[str, bytes]:
    target = FolderTarget(places.target)
    with target.read(packed.listing) as file:
        listing = json.loads(decrypt_bytes(file.read(), by=BY, name="list"))
    for pack in packed.packs:
        with target.read(pack) as file, decrypted(file, by=BY, name=pack) as clear:
            unpack_files(clear, pack=pack, listing=listing, into=into)
    found = [path for path in into.rglob("*") if path.is_file()]
    return {str(path.relative_to(into)): path.read_bytes() for path in found}


def test_only_new_pictures_are_packed_and_all_come_back(
    places: BackupPlaces, tmp_path: Path
) -> None:
    (places.data / "media" / "a.webp").write_bytes(b"a" * 1000)
    first = _pack(places, "one")
    (places.data / "media" / "b.webp").write_bytes(b"b" * 1000)
    second = _pack(places, "two")
    third = _pack(places, "three")

    assert first.packs == ("files/one.age",)
    assert second.packs == third.packs == ("files/one.age", "files/two.age")
    assert _unpack(places, third, tmp_path / "new") == {
        "media/a.webp": b"a" * 1000,
        "media/b.webp": b"b" * 1000,
    }


def test_a_picture_that_is_gone_takes_its_pack_along(places: BackupPlaces, tmp_path: Path) -> None:
    (places.data / "media" / "gone.webp").write_bytes(b"about somebody")
    (places.data / "media" / "stays.webp").write_bytes(b"s")
    _pack(places, "one")
    (places.data / "media" / "gone.webp").unlink()

    second = _pack(places, "two")

    assert second.packs == ("files/two.age",)
    assert _unpack(places, second, tmp_path / "new") == {"media/stays.webp": b"s"}


def test_a_pack_that_was_lost_is_packed_anew(places: BackupPlaces, tmp_path: Path) -> None:
    (places.data / "media" / "a.webp").write_bytes(b"a")
    FolderTarget(places.target).delete(_pack(places, "one").packs[0])

    assert _unpack(places, _pack(places, "two"), tmp_path / "new") == {"media/a.webp": b"a"}


def test_a_book_is_copied_whole_and_keys_never(places: BackupPlaces, tmp_path: Path) -> None:
    (places.data / "demo").mkdir()
    with closing(sqlite3.connect(places.data / "demo" / "card.sqlite3")) as book:
        book.execute("CREATE TABLE t (n)")
        book.execute("INSERT INTO t VALUES (7)")
        book.commit()
    keyring = {"keys": [{"kind": "kek", "version": 3, "made_at": "x", "wrapped": "SECRET"}]}
    (places.data / "keys" / "keyring.json").write_text(json.dumps(keyring))

    found = _unpack(places, _pack(places, "one"), tmp_path / "new")

    assert set(found) == {"demo/card.sqlite3", "keys/keyring_versions.json"}
    assert b"SECRET" not in b"".join(found.values())
    assert json.loads(found["keys/keyring_versions.json"])[0]["version"] == 3
    with closing(sqlite3.connect(tmp_path / "new" / "demo" / "card.sqlite3")) as book:
        assert book.execute("SELECT n FROM t").fetchall() == [(7,)]


def test_the_ledger_is_shipped_in_whole_lines_and_read_as_one(places: BackupPlaces) -> None:
    target, signer = FolderTarget(places.target), signer_of(places)
    line = '{"subject": "%s", "classes": ["profile"], "at": "2026-11-26T12:00:00+00:00"}\n'
    places.erasures.write_text(line % "a" + line % "b" + '{"subject": "half')

    first = ship_erasures(places.erasures, target, to=TO, signer=signer)
    again = ship_erasures(places.erasures, target, to=TO, signer=signer)
    places.erasures.write_text(line % "a" + line % "b" + line % "c")
    then = ship_erasures(places.erasures, target, to=TO, signer=signer)

    erasures, ledger = read_erasures(target, by=BY, signed_by=signer.public)
    assert first > 0
    assert again == 0
    assert then == len(line % "c")
    assert [one.subject for one in erasures] == ["a", "b", "c"]
    assert ledger == places.erasures.read_bytes()


def test_a_ledger_that_somebody_else_wrote_is_refused(places: BackupPlaces, tmp_path: Path) -> None:
    target = FolderTarget(places.target)
    places.erasures.write_text("{}\n")
    thief = signer_of(places_of(tmp_path / "thief", {}))
    ship_erasures(places.erasures, target, to=TO, signer=thief)

    with pytest.raises(BackupDamaged):
        read_erasures(target, by=BY, signed_by=signer_of(places).public)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_target_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(TargetUnusable, match="TRESEN_BACKUP_TO"):
        put_bytes(FolderTarget(tmp_path / "in"), "a", b"x")


def test_a_target_that_is_no_folder_is_named_and_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(TargetUnusable, match="cannot be written"):
        put_bytes(FolderTarget(tmp_path / "file"), "a/b", b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["file"]
