"""The keyring: made once, private, wrapped, and a version that was destroyed is gone."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tresen.adapters.keys.local import FileRoot
from tresen.foundation.vault import keyring as rings
from tresen.foundation.vault.keyring import (
    NoSuchKey,
    add_key,
    destroy_keys_before,
    forget_keyring,
    keyring,
    open_keyring,
    rewrap_keyring,
)
from tresen.foundation.vault.root import RootTrouble

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.KEYRING_FILE = tmp_path / "keys" / "keyring.json"
    settings.ROOT_KEY = FileRoot(tmp_path / "keys" / "root.key")
    forget_keyring()
    yield tmp_path / "keys"
    forget_keyring()


def test_it_is_made_once_and_for_its_owner_alone(folder: Path) -> None:
    first = keyring()
    forget_keyring()

    assert keyring().keys == first.keys
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "keyring.json": 0o400,
        "root.key": 0o400,
    }
    assert folder.stat().st_mode & 0o777 == 0o700


def test_its_file_holds_no_key_in_clear_and_keys_never_show(folder: Path) -> None:
    ring = keyring()
    text = (folder / "keyring.json").read_text()

    for key in ring.keys:
        assert key.secret.hex() not in text
        assert base64.b64encode(key.secret).decode() not in text
        assert repr(key.secret) not in f"{ring!r} {key!r}"


def test_a_new_version_is_used_and_the_old_one_opens_until_it_is_destroyed(folder: Path) -> None:
    before = keyring().newest("kek")
    after = add_key("kek", now=NOW)

    assert keyring().newest("kek") == after
    assert keyring().get("kek", 1) == before
    assert destroy_keys_before("kek", 2) == [1]
    with pytest.raises(NoSuchKey):
        keyring().get("kek", 1)
    assert before.secret.hex() not in "".join(path.read_text() for path in folder.iterdir())


def test_another_process_notices_within_a_second(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = rings._Known()
    other.now()
    add_key("index", now=NOW)

    other._look_at = 0.0  # a second later

    assert other.now().newest("index").version == 2


def test_a_new_root_opens_the_keyring_and_the_old_root_does_not(
    folder: Path, tmp_path: Path, settings: Any
) -> None:
    ring = keyring()
    stolen = tmp_path / "stolen.key"
    stolen.write_bytes((folder / "root.key").read_bytes())

    rewrap_keyring()

    assert keyring().keys == ring.keys
    with pytest.raises(RootTrouble, match=r"do not belong together|is not here"):
        open_keyring(settings.KEYRING_FILE, FileRoot(stolen))


def test_the_single_key_file_of_before_is_taken_over(folder: Path) -> None:
    folder.mkdir()
    secrets = {
        name: bytes([place]) * 32 for place, name in enumerate(("sealing", "index", "signing"))
    }
    body = {name: base64.b64encode(secret).decode() for name, secret in secrets.items()}
    earlier = folder / "vault.json"
    earlier.write_text(json.dumps({"version": 1} | body))

    ring = open_keyring(folder / "keyring.json", FileRoot(folder / "root.key"), earlier=earlier)

    assert {kind: ring.get(kind, 1).secret for kind in secrets} == secrets
    assert ring.newest("kek").secret not in secrets.values()
