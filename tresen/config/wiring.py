"""Which outside services this installation uses."""

from __future__ import annotations


def wire() -> None:
    """Fill the shelves. Called once, when Django is ready."""
