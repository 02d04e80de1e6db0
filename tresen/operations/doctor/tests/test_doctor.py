"""What the doctor sees, and that each illness has a cure."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tools.ports import free_port
from tresen.operations.doctor import database, ground, traces
from tresen.operations.doctor.audit import check_audit, findings_of
from tresen.operations.doctor.table import CHECKS, examine, is_healthy
from tresen.operations.doctor.types import Finding, Patient, ill, note, well
from tresen.operations.machine.locks import alone
from tresen.operations.postgres.keys import key_file, make_missing_keys
from tresen.operations.postgres.layout import APP, Layout, data_folder
from tresen.operations.postgres.state import ServerState, write_state
from tresen.operations.running.notice import hang_notice, lock_file


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return Patient(data=tmp_path / "data", environ={}, host="127.0.0.1", port=free_port())


def verdicts(findings: Sequence[Finding]) -> list[str]:
    return [finding.verdict for finding in findings]


def test_a_shop_that_was_never_opened_is_healthy(patient: Patient) -> None:
    examinations = examine(patient)

    assert is_healthy(examinations)
    assert [one.name for one in examinations] == [name for name, _ in CHECKS]
    assert not patient.data.exists(), "looking changes nothing"


def test_an_illness_always_has_a_cure() -> None:
    with pytest.raises(AssertionError):
        ill("everything hurts", "")


def test_one_illness_makes_the_whole_shop_ill_and_a_note_does_not(patient: Patient) -> None:
    checks = [("a", lambda _: [well("fine")]), ("b", lambda _: [note("hm")])]

    assert is_healthy(examine(patient, checks=checks))
    assert not is_healthy(examine(patient, checks=[*checks, ("c", lambda _: [ill("x", "y")])]))


def test_a_check_that_fails_itself_is_a_finding_and_stops_no_other(patient: Patient) -> None:
    def fails(_patient: Patient) -> Sequence[Finding]:
        raise ZeroDivisionError("by nought")

    examinations = examine(patient, checks=[("a", fails), ("b", lambda _: [well("fine")])])

    assert verdicts(examinations[0].findings) == ["ill"]
    assert "ZeroDivisionError: by nought" in examinations[0].findings[0].says
    assert verdicts(examinations[1].findings) == ["well"]


def test_an_old_python_is_named(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 9, 2))

    (finding,) = ground.check_python(patient)

    assert finding.verdict == "ill"
    assert "Python 3.9.2; 3.11 or newer" in finding.says


@pytest.mark.parametrize(
    ("free", "verdict"), [(2**29, "ill"), (2 * 2**30, "note"), (50 * 2**30, "well")]
)
def test_a_full_disk_is_seen_before_it_stops_the_shop(
    free: int, verdict: str, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil._ntuple_diskusage(free, 0, free)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)

    assert verdicts(ground.check_disk(patient)) == [verdict]


def test_an_open_key_is_named_with_the_command_that_closes_it(patient: Patient) -> None:
    make_missing_keys(Layout(patient.data))
    assert verdicts(ground.check_keys(patient)) == ["well"]
    key = key_file(Layout(patient.data), APP)
    key.chmod(0o444)

    (finding,) = ground.check_keys(patient)

    assert (finding.verdict, finding.cure) == ("ill", f"chmod 400 {key}")
    assert stat.S_IMODE(key.stat().st_mode) == 0o444, "looking changes nothing"


def test_a_database_folder_that_went_away_is_named(patient: Patient, tmp_path: Path) -> None:
    patient.data.mkdir()
    Layout(patient.data).home.symlink_to(tmp_path / "unmounted")

    findings = ground.check_data_folder(patient)

    assert verdicts(findings) == ["well", "ill"]
    assert "unmounted" in findings[1].says


def test_a_failed_start_is_told_with_its_reason_and_a_fitting_cure(patient: Patient) -> None:
    layout = Layout(patient.data)
    layout.run.mkdir(parents=True)
    write_state(layout, ServerState("failed", 1, 5432, reason="FATAL: No space left on device"))

    (finding,) = database.check_server(patient)

    assert finding.verdict == "ill"
    assert "No space left on device" in finding.says
    assert finding.cure.startswith("Free some disk space.")


def test_an_unreachable_database_of_ones_own_is_an_illness(patient: Patient) -> None:
    elsewhere = Patient(
        data=patient.data,
        environ={"DATABASE_URL": f"postgresql://anna@127.0.0.1:{patient.port}/shop"},
        host=patient.host,
        port=patient.port,
    )

    (finding,) = database.check_server(elsewhere)

    assert finding.verdict == "ill"
    assert "cannot be reached" in finding.says
    assert database.check_binaries(elsewhere) == []


def test_a_shop_that_fell_over_is_a_note_for_the_next_start_clears_it_away(
    patient: Patient,
) -> None:
    Layout(patient.data).run.mkdir(parents=True)
    hang_notice(patient.data, address="http://127.0.0.1:1", pids=[])

    assert verdicts(traces.check_shop(patient)) == ["note"]


def test_an_open_shop_is_well_and_its_own_port_is_no_illness(patient: Patient) -> None:
    with alone(lock_file(patient.data), wait=False), socket.socket() as web:
        web.bind((patient.host, patient.port))
        web.listen()
        hang_notice(patient.data, address="http://127.0.0.1:1", pids=[])

        assert verdicts(traces.check_shop(patient)) == ["well"]
        assert traces.check_port(patient) == []


def test_a_port_that_somebody_else_has_is_an_illness_with_another_port_as_cure(
    patient: Patient,
) -> None:
    with socket.socket() as other:
        other.bind((patient.host, patient.port))
        other.listen()

        (finding,) = traces.check_port(patient)

    assert finding.verdict == "ill"
    assert f"PORT={patient.port + 1}" in finding.cure


def test_a_pid_file_without_its_server_is_a_note(patient: Patient) -> None:
    layout = Layout(patient.data)
    layout.cluster.mkdir(parents=True)
    layout.pid_file.write_text("999999999\n")

    assert verdicts(traces.check_stale_server(patient)) == ["note"]


@pytest.fixture
def running(patient: Patient) -> Patient:
    """The server of this test run stands in for a shop's."""
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return replace(patient, data=data_folder(environ), environ=environ)


def test_a_running_database_with_its_roles_is_well(running: Patient) -> None:
    assert verdicts(database.check_server(running)) == ["well"]
    assert verdicts(database.check_roles(running)) == ["well"]


def test_a_missing_extension_is_named(running: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "EXTENSIONS", ("pg_trgm", "never_heard_of"))

    (finding,) = database.check_roles(running)

    assert (finding.verdict, finding.says) == ("ill", "The database lacks never_heard_of.")


def test_roots_that_stay_on_this_machine_are_a_note(patient: Patient) -> None:
    here = findings_of(0, "seal 1\n0 deeds wait\n", patient)
    elsewhere = replace(patient, environ={"TRESEN_AUDIT_ANCHOR_FOLDER": "elsewhere"})

    assert verdicts(here) == ["well", "note"]
    assert verdicts(findings_of(0, "seal 1\n", elsewhere)) == ["well"]


def test_a_broken_audit_is_an_illness_and_one_that_cannot_be_asked_a_note(
    patient: Patient,
) -> None:
    assert verdicts(findings_of(1, "examined: deed missing\n", patient)) == ["ill"]
    assert verdicts(findings_of(1, "", patient)) == ["note"]
    assert check_audit(patient) == []


@pytest.mark.slow
def test_waiting_migrations_are_an_illness(running: Patient) -> None:
    (finding,) = database.check_tables(running)

    assert (finding.verdict, finding.cure) == ("ill", "Run: tresen migrate")
