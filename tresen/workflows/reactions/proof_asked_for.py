"""What happens after ProofAskedFor, in the order a person would tell it."""

from __future__ import annotations

from uuid import UUID

from tresen.domains.accounts.events import ProofAskedFor
from tresen.workflows.trusting.answer_by_mail import answer_by_mail


def write_what_fits(event: ProofAskedFor) -> None:
    """A link to sign in, or to open an account; the same moment for everybody."""
    answer_by_mail(UUID(event.proof_id), now=event.happened_at)
