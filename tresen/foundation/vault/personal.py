"""How a domain declares its data about people, in its personal.py: one entry per column."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalColumn:
    """One column that holds data about people.

    `subject` is customer or staff; `purposes` and `basis` (Art. 6 GDPR letter, for example
    "6(1)(b)") say why; `retention` names a class (profile, tax_record, security_log);
    `sealed` says whether it lies encrypted (a blind index counts as sealed).
    """

    table: str
    column: str
    subject: str
    purposes: tuple[str, ...]
    basis: str
    retention: str
    sealed: bool = True
