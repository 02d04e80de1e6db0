"""Writes. Keywords only."""

from __future__ import annotations

from tresen.domains.security.commands.freezing import turn_freeze
from tresen.domains.security.commands.incidents import (
    IncidentClosed,
    change_incident,
    note_step,
    open_incident,
    pin_affected,
)
from tresen.domains.security.commands.sealing import (
    LOOK_BACK,
    note_anchored,
    note_examination,
    seal_deeds,
)

__all__ = [
    "LOOK_BACK",
    "IncidentClosed",
    "change_incident",
    "note_anchored",
    "note_examination",
    "note_step",
    "open_incident",
    "pin_affected",
    "seal_deeds",
    "turn_freeze",
]
