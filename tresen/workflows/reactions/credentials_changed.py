"""What happens after CredentialsChanged, in the order a person would tell it."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.accounts.events import CredentialsChanged
from tresen.workflows.trusting.tell_of_change import tell_of_change


def ask_was_this_you(event: CredentialsChanged) -> None:
    """To the address as it was before the change, with a link that takes it back."""
    tell_of_change(UUID(event.change_id), now=event.happened_at)
