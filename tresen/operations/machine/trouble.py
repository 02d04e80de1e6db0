"""What the operator of this machine can mend."""

from __future__ import annotations


class Trouble(Exception):
    """The message says what is wrong and how to mend it; no traceback is shown for it."""
