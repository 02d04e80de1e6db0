"""Writes. Keywords only."""

from __future__ import annotations

from tresen.domains.security.commands.sealing import (
    LOOK_BACK,
    note_anchored,
    note_examination,
    seal_deeds,
)

__all__ = ["LOOK_BACK", "note_anchored", "note_examination", "seal_deeds"]
