"""«Was this you?»: every change of credentials is told where its owner was before it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tresen.domains.accounts.queries import find_change, find_contact, former_address_of
from tresen.domains.conversations.types import LetterKind
from tresen.workflows.trusting.account_letters import write_about_account
from tresen.workflows.trusting.account_links import undo_url


def tell_of_change(change_id: UUID, *, now: datetime) -> None:
    """Inside the caller's transaction; asking twice writes one letter."""
    change = find_change(change_id)
    contact = find_contact(change.user_id) if change else None
    address = former_address_of(change_id)
    if change is None or contact is None or not address:
        return  # taken back, or the account was erased before the letter was written
    locale = contact.language or "de"
    write_about_account(
        key=f"account-change:{change.id}",
        kind=LetterKind.ACCOUNT_CHANGED,
        recipient=address,
        locale=locale,
        person_id=contact.person_id,
        name=contact.name,
        link_url=undo_url(change.id, until=change.until, locale=locale, realm=contact.realm),
        until=change.until,
        now=now,
        more={"change": change.kind.value, "changed_at": change.made_at.isoformat()},
    )
