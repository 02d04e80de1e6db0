"""Who processes data for the shop (Art. 28), and on which ground they may receive it abroad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mechanism(StrEnum):
    """Why data may go to a country outside the Union (Chapter V GDPR)."""

    NONE = ""
    ADEQUACY = "adequacy"
    FRAMEWORK = "framework"
    """The EU-US Data Privacy Framework: only for companies on its list."""
    CLAUSES = "clauses"
    """Standard contractual clauses, with an assessment of the transfer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Processor:
    """A service. `reference` names the contract, the listing or the assessment it rests on."""

    code: str
    name: str
    task: str
    country: str
    mechanism: Mechanism = Mechanism.NONE
    reference: str = ""
    contract_on: date | None = None
    is_enabled: bool = False
