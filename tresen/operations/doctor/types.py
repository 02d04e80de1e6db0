"""What a check is given and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Verdict = Literal["well", "note", "ill"]


@dataclass(frozen=True)
class Finding:
    """`cure` is what a person can do; empty where nothing need be done."""

    verdict: Verdict
    says: str
    cure: str = ""

    def __post_init__(self) -> None:
        assert self.cure or self.verdict != "ill", "an illness without a cure helps nobody"


@dataclass(frozen=True)
class Patient:
    """The shop that is looked at. Checks change nothing of it."""

    data: Path
    environ: Mapping[str, str]
    host: str
    port: int


Check = Callable[[Patient], Sequence[Finding]]


@dataclass(frozen=True)
class Examination:
    """One check with what it found."""

    name: str
    findings: tuple[Finding, ...]


def well(says: str) -> Finding:
    return Finding("well", says)


def note(says: str, cure: str = "") -> Finding:
    return Finding("note", says, cure)


def ill(says: str, cure: str) -> Finding:
    return Finding("ill", says, cure)
