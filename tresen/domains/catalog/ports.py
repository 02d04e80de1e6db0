"""What taking in pictures asks of the outside, where a scanner is named: is a file infected?"""

from __future__ import annotations

from typing import Final, Protocol

from tresen.foundation.ports import Shelf
from tresen.foundation.refusals import Refusal


class ScannerAway(Refusal):
    """A scanner is switched on but does not answer: nothing is taken in unseen."""

    code = "scanner_away"
    status = 503
    message = (
        "The virus scanner does not answer, so that no file is taken in.\nPlease try again later."
    )


class Scanner(Protocol):
    """Looks at a whole file."""

    def is_infected(self, content: bytes) -> bool:
        """Raises ScannerAway rather than guess."""
        ...


SCANNERS: Final[Shelf[Scanner]] = Shelf("virus scanner")
"""Empty where none is switched on; the sandbox then is the guard."""
