"""The root key: the one secret that everything else is wrapped with, kept outside the database.

A driver (tresen.adapters.keys) keeps it in a file, a credential of the service manager, a
hardware security module or a key server; the house only ever asks it to wrap and to unwrap.
"""

from __future__ import annotations

from typing import Protocol


class RootTrouble(Exception):
    """The root key cannot be had or used; the message names the remedy, never a secret."""


class CannotRenew(RootTrouble):
    """This root is changed by whoever keeps it, not by us; the message says how."""


class RootKey(Protocol):
    """Wraps secrets of 32 bytes. `label` says what a secret is for and is bound to it.

    Called at start-up and while keys are rotated, never per request. Raises RootTrouble.
    """

    name: str

    def wrap(self, secret: bytes, *, label: str) -> str:
        """As printable text that names the version it was wrapped with."""

    def unwrap(self, wrapped: str, *, label: str) -> bytes:
        """What was wrapped with this label, by any version that is still kept."""

    def renew(self) -> None:
        """A new version, used for wrapping from now on; older ones still unwrap."""

    def forget_old(self) -> None:
        """Destroy every version but the newest: nothing wrapped before opens again."""
