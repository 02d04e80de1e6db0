"""What this domain asks of the outside: somebody who carries letters."""

from __future__ import annotations

from typing import Protocol

from tresen.domains.conversations.types import Letter
from tresen.foundation.disclosures.types import Noted
from tresen.foundation.ports import Shelf


class NotTaken(Exception):
    """The letter was certainly not taken. `for_good`: trying again would not help.

    `reason` is written into the table and to logs: no personal data.
    """

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        self.reason = reason
        self.for_good = for_good
        super().__init__(reason)


class MailCarrier(Protocol):
    """Carries a letter to a person."""

    def carry(self, letter: Letter) -> None:
        """Return when it was taken; raise NotTaken when it certainly was not.

        Any other exception means that nobody knows; the letter is then held, not sent again.
        """


CARRIERS: Shelf[MailCarrier] = Shelf("mail carrier")
MAIL = "mail"
"""The name under which the carrier of this installation stands on the shelf."""


def carry_letter(letter: Letter, *, noted: Noted) -> None:
    """The only way out for letters: it asks for the receipt that this one was noted."""
    assert noted.reference == str(letter.id), "this letter is not in the ledger of disclosures"
    CARRIERS.take(MAIL).carry(letter)
