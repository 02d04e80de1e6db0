"""The list of known passwords: gathered from what people pass around, found without a network."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tresen.foundation.leaked.gathering import add_prefixes
from tresen.foundation.leaked.prefixes import PREFIX_BYTES, count_listed, is_listed, prefix_of
from tresen.foundation.leaked.sources import UnreadableList, prefixes_in

KNOWN = [f"losung nummer {number}" for number in range(500)]


def gathered(tmp_path: Path, body: bytes, *, name: str = "list.txt") -> Path:
    source, file = tmp_path / name, tmp_path / "folder" / "leaked.bin"
    source.write_bytes(body)
    add_prefixes(prefixes_in(source), file=file)
    return file


def sha1(word: str) -> str:
    return hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.mark.parametrize(
    "body",
    [
        "\n".join(KNOWN).encode(),
        "\r\n".join(KNOWN).encode(),
        "\n".join(map(sha1, KNOWN)).encode(),
        "\n".join(f"{sha1(word)}:17" for word in KNOWN).encode(),
        gzip.compress("\n".join(KNOWN).encode()),
        f"FREQUENCY_LISTS = {{'passwords': \"{','.join(KNOWN)}\".split(',')}}".encode(),
    ],
    ids=["lines", "windows", "sha1", "sha1 and count", "gzip", "frequencies"],
)
def test_each_form_of_list_is_read(tmp_path: Path, body: bytes) -> None:
    file = gathered(tmp_path, body)

    assert all(is_listed(word, file=file) for word in KNOWN)
    assert count_listed(file) == len(KNOWN)
    assert not is_listed("losung nummer 500", file=file)
    assert is_listed("Losung Nummer 7", file=file), "case is the first thing that is guessed"


def test_the_file_is_sorted_without_doubles_whatever_came_when(tmp_path: Path) -> None:
    file = tmp_path / "leaked.bin"
    first = add_prefixes(map(prefix_of, [*KNOWN, *KNOWN]), file=file, run_max=7)
    second = add_prefixes(map(prefix_of, [*KNOWN[:10], "etwas neues"]), file=file, run_max=3)

    raw = file.read_bytes()
    entries = [raw[at : at + PREFIX_BYTES] for at in range(0, len(raw), PREFIX_BYTES)]
    assert (first, second) == (len(KNOWN), 1)
    assert entries == sorted(set(entries))
    assert [path.name for path in tmp_path.iterdir()] == ["leaked.bin"]


def test_without_a_list_nothing_is_known(tmp_path: Path) -> None:
    assert not is_listed("losung", file=tmp_path / "none")
    (tmp_path / "empty").touch()
    assert not is_listed("losung", file=tmp_path / "empty")


def test_an_archive_is_refused_and_the_list_stays(tmp_path: Path) -> None:
    file = gathered(tmp_path, b"losung")
    with pytest.raises(UnreadableList):
        gathered(tmp_path, b"PK\x03\x04\0\0\0\0")
    assert is_listed("losung", file=file)


def test_a_chosen_password_is_held_against_the_list(tmp_path: Path, settings: Any) -> None:
    settings.LEAKED_PASSWORDS = gathered(tmp_path, b"correct horse battery")
    with pytest.raises(ValidationError) as refused:
        validate_password("correct horse battery")
    assert refused.value.error_list[0].code == "password_leaked"
    validate_password("correct horse battery staple")


def test_without_the_check_it_would_be_taken(tmp_path: Path, settings: Any) -> None:
    """The control."""
    settings.LEAKED_PASSWORDS = tmp_path / "none"
    validate_password("correct horse battery")


@pytest.mark.real_data
def test_a_real_list_is_read_whole(tmp_path: Path, shared: Path) -> None:
    file = tmp_path / "leaked.bin"
    source = shared / "data" / "lists-abuse" / "zxcvbn_frequency_lists.py.gz"
    assert add_prefixes(prefixes_in(source), file=file) > 80_000
    for word in ("password123", "qwertyuiop", "1qaz2wsx3edc", "Password123"):
        assert is_listed(word, file=file), word
    assert not is_listed("korb moewe anker 71", file=file)
