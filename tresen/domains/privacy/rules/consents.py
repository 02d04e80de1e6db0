"""Who may be written to: consents, objections, and the gate for existing customers (§ 7 UWG)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tresen.domains.privacy.types.consents import (
    ConsentAction,
    ConsentRow,
    ConsentText,
    CustomerMail,
    Purpose,
    SendRefusal,
    Verdict,
)

OPT_IN_DAYS = 7
"""Rule of the product: the link of the one mail is good for so long, then the address goes."""
OBJECTION_NOTICE = "{{objection_notice}}"
"""Every mail to an existing customer carries it (§ 7 (3) no. 4 UWG)."""

ALLOWED = Verdict(True)


def text_of(
    purpose: Purpose, *, version: int, words: Mapping[str, str], covers: Sequence[str] = ()
) -> ConsentText:
    """A version of the words under a switch. The digest names purposes and every language."""
    named = tuple(sorted(covers or (purpose.value,)))
    lines = [purpose.value, *named, *(f"{code}:{words[code]}" for code in sorted(words))]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return ConsentText(purpose=purpose, version=version, covers=named, words=words, digest=digest)


def decide(
    events: Sequence[ConsentRow], *, suppressed: bool, covers: str, now: datetime
) -> Verdict:
    """May one write for a purpose; `events` are that purpose's, in the order they happened.

    The last word counts. A grant covers what its text named: a purpose that a later version of
    the text adds needs a grant of that version.
    """
    refusal = SendRefusal.OBJECTION if suppressed else _refusal_of(events[-1:], covers, now)
    return ALLOWED if refusal is None else Verdict(False, refusal)


def may_mail_customer(mail: CustomerMail) -> Verdict:
    """The exception for existing customers: all four conditions of § 7 (3) UWG together.

    Review requests, cart reminders and birthday mails are advertising: the same gate.
    """
    if mail.objected:
        return Verdict(False, SendRefusal.OBJECTION)
    if not mail.sold:
        return Verdict(False, SendRefusal.NO_SALE)
    if not mail.advertised or not mail.advertised <= mail.sold:
        return Verdict(False, SendRefusal.NOT_SIMILAR)
    if not mail.notice_at_collection:
        return Verdict(False, SendRefusal.NO_NOTICE_AT_COLLECTION)
    if OBJECTION_NOTICE not in mail.body:
        return Verdict(False, SendRefusal.NO_NOTICE_IN_MAIL)
    return ALLOWED


def opt_in_ends_at(asked_at: datetime) -> datetime:
    """When an unconfirmed address is deleted."""
    return asked_at + timedelta(days=OPT_IN_DAYS)


def normal_email(address: str) -> str:
    """How an address is compared."""
    return address.strip().casefold()


def _refusal_of(last: Sequence[ConsentRow], covers: str, now: datetime) -> SendRefusal | None:
    if not last or last[0].action is ConsentAction.DENY:
        return SendRefusal.NO_CONSENT
    (said,) = last
    if said.action is ConsentAction.WITHDRAW:
        return SendRefusal.WITHDRAWN
    if said.expires_at is not None and now >= said.expires_at:
        return SendRefusal.EXPIRED
    return None if covers in said.covers else SendRefusal.NEW_PURPOSE
