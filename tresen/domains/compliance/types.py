"""The words of this domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TextKind(StrEnum):
    """Which legal page. The order is the one of the footer."""

    SHIPPING = "shipping"
    WITHDRAWAL = "withdrawal"
    TERMS = "terms"
    PRIVACY = "privacy"
    IMPRINT = "imprint"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalText:
    """One version of one text. `digest` (SHA-256, hex) names exactly these words."""

    kind: TextKind
    locale: str
    version: int
    title: str
    body_html: str
    digest: str
    published_at: datetime
