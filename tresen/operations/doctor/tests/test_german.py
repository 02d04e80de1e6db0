"""The machine speaks the language of whoever asks; what it keeps, it keeps in English."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tools.ports import free_port
from tresen.operations.backup.drill import run_drill
from tresen.operations.backup.notes import write_note
from tresen.operations.backup.places import places_of
from tresen.operations.backup.wishing import WishFailed, wait_for
from tresen.operations.doctor import database
from tresen.operations.doctor.ground import check_data_folder
from tresen.operations.doctor.traces import check_port, check_shop
from tresen.operations.doctor.types import Patient
from tresen.operations.machine.trouble import Trouble, retold
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.postmaster import ServerNotStarted
from tresen.operations.postgres.state import ServerState, write_state
from tresen.operations.words.catalogs import compile_words
from tresen.operations.words.speaking import has_words, speak

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
NOT_STARTED = ServerNotStarted(
    "PostgreSQL did not start. Its last words:\n{words}", words="FATAL: {No space left on device}"
)


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not has_words("de"):
        compile_words()
    monkeypatch.setenv("TRESEN_LANGUAGE", "de")
    speak()
    yield
    os.environ["TRESEN_LANGUAGE"] = "en"
    speak()


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return Patient(data=tmp_path / "data", environ={}, host="127.0.0.1", port=free_port())


@pytest.mark.usefixtures("german")
def test_the_doctor_finds_in_german_where_the_terminal_speaks_it(patient: Patient) -> None:
    (folder,) = check_data_folder(patient)
    (shop,) = check_shop(patient)
    (port,) = check_port(patient)

    assert folder.says.startswith(f"{patient.data} gibt es noch nicht;")
    assert shop.says == "Der Laden ist geschlossen; `tresen run` öffnet ihn."
    assert port.says == f"Port {patient.port} ist frei"


def test_control_in_english_it_is_english(patient: Patient) -> None:
    (shop,) = check_shop(patient)
    (port,) = check_port(patient)

    assert shop.says == "The shop is closed; `tresen run` opens it."
    assert port.says == f"Port {patient.port} is free"


@pytest.mark.usefixtures("german")
def test_what_a_port_refuses_is_parted_into_fault_and_cure_in_german_too(patient: Patient) -> None:
    (finding,) = check_port(replace(patient, host="203.0.113.1"))

    assert finding.says.startswith(f"Die Adresse 203.0.113.1:{patient.port} lässt sich nicht")
    assert finding.cure == "Sehen Sie HOST nach."


@pytest.mark.usefixtures("german")
def test_why_a_start_failed_is_kept_in_english_and_told_in_german_with_its_cure(
    patient: Patient,
) -> None:
    layout = Layout(patient.data)
    layout.run.mkdir(parents=True)
    reason, kept = NOT_STARTED.plain, NOT_STARTED.as_note()
    write_state(layout, ServerState("failed", 1, 5432, reason=reason, note=kept))

    (finding,) = database.check_server(patient)

    noted = json.loads(layout.state_file.read_text(encoding="utf-8"))
    assert noted["reason"].startswith("PostgreSQL did not start. Its last words:\nFATAL: {No")
    assert "PostgreSQL ist nicht gestartet. Seine letzten Worte:\nFATAL: {No" in finding.says
    assert finding.cure.startswith("Schaffen Sie Platz auf der Festplatte. Das ganze Protokoll:")


@pytest.mark.usefixtures("german")
def test_why_a_drill_failed_is_kept_in_english_and_told_in_german(patient: Patient) -> None:
    places = places_of(patient.data, {})

    told = run_drill(places, clock=lambda: NOON, say=lambda _line: None)

    (line,) = places.proofs.read_text(encoding="utf-8").splitlines()
    assert told.startswith("In diesem Ordner liegt keine fertige Sicherung.")
    assert json.loads(line)["failure"].startswith("There is no finished backup in this folder.")


@pytest.mark.usefixtures("german")
def test_the_answer_of_the_keeper_is_told_in_the_language_of_whoever_asked(tmp_path: Path) -> None:
    places = places_of(tmp_path, {})
    failure = Trouble("The restore drill failed: {reason}", reason="rot")
    answers = {"drill": failure.plain}
    write_note(places.status, {"answers": answers, "answer_notes": {"drill": failure.as_note()}})

    with pytest.raises(WishFailed, match=r"^Die Probe ist fehlgeschlagen: rot$"):
        wait_for(places, "drill")


def test_what_an_older_release_kept_is_told_as_it_was_kept() -> None:
    assert retold("It broke {there}.", {}) == "It broke {there}."
    assert retold("", {"words": "Over", "places": {}}) == ""


@pytest.mark.usefixtures("german")
def test_a_trouble_within_a_trouble_stays_english_where_it_is_kept() -> None:
    inner = Trouble("The database cannot be reached: {reason}", reason="no route")
    outer = Trouble("The restore drill failed: {reason}", reason=inner)

    assert str(outer) == (
        "Die Probe ist fehlgeschlagen: Die Datenbank ist nicht zu erreichen: no route"
    )
    assert outer.plain == "The restore drill failed: The database cannot be reached: no route"
