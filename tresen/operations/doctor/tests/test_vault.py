"""The doctor on the keys of people's data: stale, out of reach, or well with a remainder."""

from __future__ import annotations

from pathlib import Path

from tresen.operations.doctor.types import Patient
from tresen.operations.doctor.vault import STALE, check_vault, findings_of


def test_keys_that_are_changed_each_week_are_well_and_what_is_left_is_told() -> None:
    found = findings_of(0, "version 3 of 2026-11-26\n7 fingerprints of an older key\n")
    assert [one.verdict for one in found] == ["well", "note"]
    assert found[1].says == "7 fingerprints of an older key"


def test_keys_that_nobody_changes_are_an_illness_with_its_cure() -> None:
    (found,) = findings_of(STALE, "version 1 of 2026-09-01: for weeks nobody changed it.\n")
    assert found.verdict == "ill"
    assert "tresen keys rotate" in found.cure


def test_a_root_key_that_is_gone_is_an_illness() -> None:
    (found,) = findings_of(1, "", "Traceback\nRootTrouble: The root key is not there.")
    assert found.verdict == "ill"
    assert "The root key is not there." in found.says


def test_a_shop_that_is_closed_is_not_asked(tmp_path: Path) -> None:
    assert check_vault(Patient(data=tmp_path / "data", environ={}, host="127.0.0.1", port=1)) == []
