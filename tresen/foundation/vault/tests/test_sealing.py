"""What is sealed opens only unchanged, in its place, with its key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.foundation.vault.keys import Keys, keys, make_key_file, read_keys
from tresen.foundation.vault.sealing import CannotOpen, blind_index, seal, sign, unseal

PLACE = "carts_cart.address"


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_in_its_place(clear: bytes) -> None:
    sealed = seal(clear, place=PLACE)
    assert unseal(sealed, place=PLACE) == clear


def test_it_cannot_be_read_and_never_looks_the_same_twice() -> None:
    one, other = (seal(b"Ahrensburg", place=PLACE) for _ in range(2))
    assert one != other
    assert b"Ahrensburg" not in one


def test_in_another_column_it_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        unseal(seal(b"x", place=PLACE), place="carts_cart.billing")


def test_every_changed_byte_is_noticed() -> None:
    sealed = seal(b"Elbweg 7", place=PLACE)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(CannotOpen):
            unseal(bytes(changed), place=PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"0" * 12, b"{}"])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(sealed, place=PLACE)


def test_another_key_does_not_open_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = seal(b"x", place=PLACE)
    other = Keys(version=1, sealing=b"1" * 32, index=b"2" * 32, signing=b"3" * 32)
    monkeypatch.setattr("tresen.foundation.vault.sealing.keys", lambda: other)
    with pytest.raises(CannotOpen):
        unseal(sealed, place=PLACE)


def test_an_index_is_the_same_for_the_same_value_and_purpose_only() -> None:
    known = blind_index("a@example.com", purpose="orders.email")
    assert blind_index("a@example.com", purpose="orders.email") == known
    assert blind_index("b@example.com", purpose="orders.email") != known
    assert blind_index("a@example.com", purpose="letters.email") != known
    assert sign("a@example.com", purpose="orders.email") != known


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "vault.json"
    make_key_file(file)
    made = read_keys(file)
    make_key_file(file)
    assert read_keys(file) == made
    assert file.stat().st_mode & 0o777 == 0o400
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert len({made.sealing, made.index, made.signing}) == 3


def test_keys_never_show_themselves(settings: Any) -> None:
    body: dict[str, Any] = json.loads(Path(settings.VAULT_KEY_FILE).read_text())
    shown = f"{keys()!r} {keys()}"
    assert "***" in shown
    assert not any(str(body[name]) in shown for name in ("sealing", "index", "signing"))
