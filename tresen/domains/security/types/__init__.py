"""The words of this domain."""

from __future__ import annotations

from tresen.domains.security.types.chain import (
    NOTHING,
    Anchor,
    Break,
    BreakKind,
    Examination,
    Seal,
    Step,
    Verdict,
)

__all__ = ["NOTHING", "Anchor", "Break", "BreakKind", "Examination", "Seal", "Step", "Verdict"]
