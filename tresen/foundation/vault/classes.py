"""Why a data key exists and how long: one key per subject and class, so that each ends alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

HOUSE = UUID("00000000-0000-7000-8000-000000000001")
"""The subject of secrets that are about nobody: shared secrets of authenticator apps."""


class KeyClass(StrEnum):
    """Retention classes. Those that law keeps by calendar year have one key per year (`of`)."""

    PROFILE = "profile"
    """Kept while somebody is our customer or works here; ends with an erasure."""
    CART = "cart"
    """What was typed in and not ordered."""
    TAX_RECORD = "tax_record"
    """Vouchers: § 147 AO, § 14b UStG."""
    LETTER = "letter"
    """Commercial letters: § 257 HGB."""
    PAYMENT = "payment"
    """Messages of payment services, sealed by the month they came in."""
    REQUEST = "request"
    """What people asked of us under data protection law, and what we answered."""
    EXPORT = "export"
    """A copy of their data that somebody may fetch for some days."""
    OPT_IN = "opt_in"
    """An address that was typed in and not confirmed yet."""
    CONSENT = "consent_proof"
    """Proof of a consent (Art. 7(1) GDPR)."""
    SUPPRESSION = "suppression"
    """Who wants no advertising."""
    SECURITY = "security_log"
    """Sign-ins, devices, audit, risk."""
    HOUSE = "house"
    """Secrets of the shop itself."""

    def of(self, at: datetime) -> str:
        """The class for what is made at that moment: `tax_record.2026`.

        Within a day of the turn of the year the later year counts, whatever the time zone: the
        period is then rather a year too long than an hour too short.
        """
        return f"{self.value}.{(at + timedelta(days=1)).year}"


def class_of(name: str) -> KeyClass:
    """The class of a key's name, whatever its year."""
    return KeyClass(name.partition(".")[0])
