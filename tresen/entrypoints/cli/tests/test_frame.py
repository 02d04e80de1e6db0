"""The command line's frame: menu, refusals, and plain words instead of tracebacks."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tresen.entrypoints.cli import frame
from tresen.entrypoints.cli.doctor import report
from tresen.entrypoints.cli.frame import dispatch, menu
from tresen.entrypoints.cli.run import PortWrong, port_of
from tresen.entrypoints.cli.tests.make import tresen
from tresen.entrypoints.cli.verbs import VERBS
from tresen.operations.doctor.types import Examination, ill, well


def test_the_menu_lists_every_verb_that_is_not_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    code = dispatch([])

    said = capsys.readouterr().out
    assert code == 0
    assert [verb.name for verb in VERBS if verb.hidden] == ["prepare"]
    assert all(f"  {verb.name} " in said for verb in VERBS if not verb.hidden)
    assert "prepare" not in said


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_has_its_module(verb: object) -> None:
    assert importlib.util.find_spec(getattr(verb, "module")) is not None  # noqa: B009


def test_every_module_that_is_a_verb_stands_in_the_menu() -> None:
    folder = Path(frame.__file__).parent
    able = {
        f"tresen.entrypoints.cli.{path.stem}"
        for path in folder.glob("*.py")
        if "\ndef declare(" in path.read_text(encoding="utf-8")
    }

    assert able == {verb.module for verb in VERBS}


def test_a_mistyped_verb_is_refused_with_the_nearest_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = dispatch(["mirgate"])

    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert "there is no verb 'mirgate'. Did you mean 'migrate'?" in told.err
    assert menu() in told.err


def test_trouble_is_told_in_plain_words_without_a_traceback(tmp_path: Path) -> None:
    told = tresen("run", TRESEN_DATA=str(tmp_path), PORT="eighty")

    assert told.returncode == 1
    assert told.stderr == "tresen run: PORT is 'eighty'; it must be a number from 1 to 65535.\n"
    assert list(tmp_path.iterdir()) == []


def test_the_database_of_somebody_else_is_neither_started_nor_stopped(tmp_path: Path) -> None:
    told = tresen("db", "stop", TRESEN_DATA=str(tmp_path), DATABASE_URL="postgresql://anna@db/shop")

    assert told.returncode == 1
    assert "not ours to start or stop" in told.stderr


def test_the_doctor_leaves_with_the_verdict(tmp_path: Path) -> None:
    healthy = tresen("doctor", TRESEN_DATA=str(tmp_path / "new"))
    keys = tmp_path / "open" / "keys"
    keys.mkdir(parents=True, mode=0o755)
    sick = tresen("doctor", "--quiet", TRESEN_DATA=str(keys.parent))

    assert (healthy.returncode, healthy.stdout.splitlines()[-1]) == (0, "All is well.")
    assert sick.returncode == 1
    assert f"→ chmod 700 {keys}" in sick.stdout


def test_a_report_marks_what_is_wrong_and_shows_the_cure_below() -> None:
    examinations = [
        Examination("Disk", (well("plenty"),)),
        Examination("Keys", (ill("open", "close it"),)),
    ]

    assert report(examinations, quiet=False) == [
        "ok    Disk  plenty",
        "WRONG Keys  open",
        "            → close it",
        "Something is wrong; see above.",
    ]
    assert report(examinations, quiet=True)[0] == "WRONG Keys  open"


@pytest.mark.parametrize("text", ["", "0", "65536", "80 80", "-1", "٣"])
def test_a_port_is_a_number_in_its_range(text: str) -> None:
    assert port_of("8000") == 8000
    with pytest.raises(PortWrong):
        port_of(text)
