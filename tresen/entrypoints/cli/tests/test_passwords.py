"""Lists of known passwords on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from tresen.entrypoints.cli.passwords import act, declare
from tresen.foundation.leaked.prefixes import is_listed


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    declare(parser)
    return act(parser.parse_args(words))


def test_a_list_is_added_and_told(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LEAKED_PASSWORDS = tmp_path / "passwords" / "leaked.bin"
    source = tmp_path / "list.txt"
    source.write_text("sommer 2026!\nwinter 2026!\n")

    assert run("status") == 0
    assert "No list is imported" in capsys.readouterr().out
    assert run("import", str(source)) == 0
    assert capsys.readouterr().out == "2 passwords added. 2 known passwords are refused.\n"
    assert run("import", str(source)) == 0
    assert capsys.readouterr().out.startswith("0 passwords added")
    assert is_listed("sommer 2026!", file=settings.LEAKED_PASSWORDS)


def test_what_is_no_list_is_said_to_be_none(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LEAKED_PASSWORDS = tmp_path / "leaked.bin"
    packed = tmp_path / "list.7z"
    packed.write_bytes(b"7z\0\0")

    assert run("import", str(tmp_path / "none.txt")) == 1
    assert "There is no file" in capsys.readouterr().err
    assert run("import", str(packed)) == 1
    assert "list.7z is not text" in capsys.readouterr().err
    assert not settings.LEAKED_PASSWORDS.exists()
