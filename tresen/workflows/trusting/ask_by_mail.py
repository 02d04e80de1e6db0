"""Somebody asks for a link or a code by e-mail. Whether there is an account is not looked at here.

The same statements run and the same answer is given for every address; who is behind it is looked
up by `answer_by_mail`, later and out of sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import LIFETIMES, ask_by_mail
from tresen.domains.accounts.types import Purpose
from tresen.foundation.limits.taking import Limit, take_one
from tresen.foundation.mailboxes import mailbox_of
from tresen.workflows.trusting.account_links import waiting_token

MAILS = Limit(name="mails about an account", max=5, window=timedelta(hours=1))
"""To one mailbox, whoever asks: enough to ask again, too few to be a nuisance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`token` stays with the browser that asked, for the code of a mail."""

    token: str
    until: datetime


def ask_for_mail(
    *,
    purpose: Purpose,
    address: str,
    locale: str,
    now: datetime,
    way: str = "",
    user_id: UUID | None = None,
) -> Asked:
    """`way` is where to go afterwards, `user_id` who is signed in. Raises LimitReached."""
    take_one(MAILS, key=mailbox_of(address), now=now, field="email")
    with transaction.atomic():
        proof_id = ask_by_mail(
            purpose=purpose,
            address=address.strip(),
            locale=locale,
            way=way,
            user_id=user_id,
            now=now,
        )
    until = now + LIFETIMES[purpose]
    return Asked(token=waiting_token(proof_id, until=until), until=until)
