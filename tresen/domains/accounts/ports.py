"""What this domain asks of the outside: a company's own sign-in says who somebody is."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from tresen.domains.accounts.types import Asserted, Departure
from tresen.foundation.ports import Shelf
from tresen.foundation.refusals import Refusal


class NotAsserted(Refusal):
    """The provider said no, said nothing, or said something that does not hold.

    `reason` is for the log: no personal data.
    """

    code = "not_asserted"
    status = 422
    message = (
        "Your company's sign-in did not confirm who you are. Please try once more, or sign in "
        "with your password."
    )

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__()


class IdentityProvider(Protocol):
    """A provider of OpenID Connect, or something equal."""

    name: str
    """As people know it, for the button."""

    def depart(self, *, return_url: str) -> Departure:
        """Where the browser goes, and what must be kept until it is back. Raises NotAsserted."""

    def arrive(
        self, departure: Departure, *, code: str, issuer: str, return_url: str, now: datetime
    ) -> Asserted:
        """Who is back; `issuer` as the way back named it, or empty. Raises NotAsserted."""


IDENTITY: Shelf[IdentityProvider] = Shelf("identity provider")
STAFF_PROVIDER = "staff"
"""The name under which the staff's provider stands on the shelf."""
