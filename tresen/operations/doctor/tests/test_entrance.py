"""What is configured for the company's sign-in is looked at before somebody stands at the door."""

from __future__ import annotations

from pathlib import Path

import pytest

from tresen.operations.doctor.entrance import check_openid
from tresen.operations.doctor.types import Patient

GOOD = {
    "TRESEN_OPENID_ISSUER": "https://id.firm.example/realms/shop",
    "TRESEN_OPENID_CLIENT_ID": "tresen",
    "TRESEN_OPENID_CLIENT_SECRET": "geheim",
}


def verdicts(environ: dict[str, str]) -> list[str]:
    patient = Patient(data=Path(), environ=environ, host="127.0.0.1", port=8000)
    return [finding.verdict for finding in check_openid(patient)]


def test_nothing_configured_is_nothing_said() -> None:
    assert verdicts({}) == []


def test_what_is_whole_is_well() -> None:
    assert verdicts(GOOD) == ["well", "note"]
    assert verdicts(GOOD | {"TRESEN_OPENID_TRUSTED_AMR": "hwk mfa"}) == ["well"]
    assert verdicts(GOOD | {"TRESEN_OPENID_ISSUER": "http://127.0.0.1:9400"}) == ["well", "note"]


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_part_alone_is_ill(name: str) -> None:
    assert "ill" in verdicts({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize(
    "issuer", ["http://id.firm.example", "id.firm.example", "https://id.example/?a=b", "https://"]
)
def test_an_address_that_is_none_is_ill(issuer: str) -> None:
    assert verdicts(GOOD | {"TRESEN_OPENID_ISSUER": issuer})[0] == "ill"


@pytest.mark.parametrize("word", ["pwd", "pin", "0"])
def test_what_is_no_second_factor_is_not_trusted_as_one(word: str) -> None:
    assert "ill" in verdicts(GOOD | {"TRESEN_OPENID_TRUSTED_AMR": f"hwk {word}"})
