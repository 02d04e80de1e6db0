"""Queued letters are carried to their people, each at most once.

That a letter is being sent is kept before the carrier is asked, and what became of it right
after. When a worker dies in between, or the carrier does not say, nobody knows whether it went:
it is held for a person and never sent again by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction

from tresen.domains.conversations.commands import (
    claim_letter,
    fail_letter,
    hold_letter,
    mark_sent,
    put_off_letter,
)
from tresen.domains.conversations.ports import NotTaken, carry_letter
from tresen.domains.conversations.rules import try_again_at
from tresen.domains.conversations.types import Letter
from tresen.foundation.disclosures.ledger import note, undo
from tresen.foundation.disclosures.types import Way
from tresen.foundation.vault.closing import opened_vault
from tresen.workflows.caring.letter_disclosures import disclosure_of
from tresen.workflows.caring.order_letters import with_enclosures

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


def send_letters(*, clock: Clock, limit: int, stop: Callable[[], bool]) -> int:
    """Send what is due, up to `limit`, until `stop` says so; how many letters were tried."""
    assert not transaction.get_connection().in_atomic_block, "no transaction over a call"
    tried, sent = 0, None
    while tried < limit and not stop():
        letter = claim_letter(now=clock(), sent=sent)
        sent = None
        if letter is None:
            break
        tried += 1
        with opened_vault():
            sent = letter.id if _is_carried(letter, clock) else None
    if sent is not None:
        mark_sent(letter_id=sent, now=clock())
    return tried


def _is_carried(letter: Letter, clock: Clock) -> bool:
    """False, and what became of it is kept, where the carrier did not clearly take it."""
    noted = note(disclosure_of(letter), way=Way.MAIL)
    try:
        carry_letter(with_enclosures(letter), noted=noted)
    except NotTaken as refused:
        undo(noted)
        _not_taken(letter, refused, now=clock())
    except Exception as unknown:
        hold_letter(letter_id=letter.id, reason=type(unknown).__name__)
        log.warning("letter_held", letter=str(letter.id), error=type(unknown).__name__)
    else:
        return True
    return False


def _not_taken(letter: Letter, refused: NotTaken, *, now: datetime) -> None:
    until = None if refused.for_good else try_again_at(tries=letter.tries, now=now)
    if until is None:
        fail_letter(letter_id=letter.id, reason=refused.reason)
    else:
        put_off_letter(letter_id=letter.id, until=until, reason=refused.reason)
    log.warning(
        "letter_not_taken",
        letter=str(letter.id),
        error=refused.reason,
        again_at=until.isoformat() if until else "never",
    )
