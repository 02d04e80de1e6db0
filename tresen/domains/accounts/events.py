"""Facts this domain announces. Past tense, ids and plain values only, never renamed."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.foundation.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofAskedFor(Event):
    """Somebody wants to prove that a mailbox is theirs; who they are is looked up later."""

    proof_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsChanged(Event):
    """Of an account: a password, an address, a passkey or the second step."""

    user_id: str
    change_id: str
    change: str
