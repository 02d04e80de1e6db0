"""Tables of this domain. Private: others ask queries."""

from __future__ import annotations

from tresen.domains.security.models.chain import AnchorKept, ChainExamined, ChainLink, ChainSeal
from tresen.domains.security.models.incidents import (
    FreezeSwitch,
    IncidentCase,
    IncidentPerson,
    IncidentStep,
)

__all__ = [
    "AnchorKept",
    "ChainExamined",
    "ChainLink",
    "ChainSeal",
    "FreezeSwitch",
    "IncidentCase",
    "IncidentPerson",
    "IncidentStep",
]
