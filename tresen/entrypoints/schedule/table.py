"""What happens regularly. Times are UTC; each slot runs once, however many workers there are.

A cron line has five fields, or six with seconds as the last one. A run that was missed for more
than ten minutes is left out: every line must be able to make up for it in its next run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from tresen.domains.accounts.commands import (
    forget_ended_sessions,
    forget_former_states,
    forget_proofs,
)
from tresen.domains.carts.commands import forget_old_carts
from tresen.domains.conversations.commands import hold_abandoned
from tresen.domains.inventory.commands import release_expired
from tresen.domains.risk.commands import forget_old
from tresen.entrypoints.schedule.recipients import note_recipients
from tresen.entrypoints.schedule.scripts import look_at_checkout
from tresen.foundation.actor import SYSTEM
from tresen.foundation.disclosures.ledger import forget_disclosures
from tresen.foundation.idempotency.keys import forget_keys
from tresen.foundation.jobs import Lane
from tresen.foundation.limits.taking import forget_ended
from tresen.foundation.throttle.buckets import forget_full
from tresen.workflows.buying.ask_provider import ask_provider
from tresen.workflows.buying.end_unpaid_orders import end_unpaid_orders
from tresen.workflows.buying.pay_by_demo_card import deliver_demo_notices
from tresen.workflows.buying.settle_payment import settle_waiting
from tresen.workflows.guarding.examine_audit import examine_nightly
from tresen.workflows.guarding.mail_root import mail_root
from tresen.workflows.guarding.reseal import reseal_old_rows
from tresen.workflows.guarding.rotate_keys import renew_keys
from tresen.workflows.guarding.seal_audit import seal_audit
from tresen.workflows.reactions.relay import find_overdue
from tresen.workflows.trusting.erase import erase_deferred
from tresen.workflows.trusting.ledger import reconcile_ledger
from tresen.workflows.trusting.notice import publish_notice
from tresen.workflows.trusting.retain import retain
from tresen.workflows.weighing.learn_amounts import learn_amounts

KEYS_KEPT = timedelta(days=30)
"""An answer that was lost is asked for again within minutes; a month is generous."""
KEYS_MAX = 50_000
PROOFS_MAX = 50_000
CARTS_KEPT = timedelta(days=30)
"""As long as the cookie lives."""
CARTS_MAX = 50_000
SESSIONS_MAX = 50_000
COUNTS_MAX = 50_000
RISK_MAX = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the timetable; `run` is given the moment and may say how much it did."""

    name: str
    cron: str
    run: Callable[[datetime], object]
    lane: Lane = Lane.INSIDE


@transaction.atomic
def _release_holds(now: datetime) -> int:
    return release_expired(now=now)


DISCLOSURES_KEPT = timedelta(days=3 * 365)
"""As long as a customer's profile."""
LINES: tuple[Line, ...] = (
    Line(
        name="forget_proofs",
        cron="17 * * * *",
        run=lambda now: forget_proofs(now=now, most=PROOFS_MAX),
    ),
    Line(
        name="forget_former_credentials",
        cron="27 * * * *",
        run=lambda now: forget_former_states(now=now, most=PROOFS_MAX),
    ),
    Line(
        name="find_overdue_deliveries",
        cron="* * * * *",
        run=lambda now: find_overdue(now=now),
    ),
    Line(
        name="hold_abandoned_letters",
        cron="* * * * *",
        run=lambda now: hold_abandoned(now=now),
    ),
    Line(
        name="release_expired_holds",
        cron="* * * * *",
        run=_release_holds,
    ),
    Line(
        name="settle_waiting_notices",
        cron="* * * * *",
        run=lambda now: settle_waiting(now=now),
        lane=Lane.OUTSIDE,
    ),
    Line(
        name="ask_payment_services",
        cron="* * * * *",
        run=lambda now: ask_provider(now=now),
        lane=Lane.OUTSIDE,
    ),
    Line(
        name="deliver_demo_notices",
        cron="* * * * * */20",
        run=lambda now: deliver_demo_notices(now=now),
        lane=Lane.OUTSIDE,
    ),
    Line(
        name="seal_audit",
        cron="* * * * *",
        run=lambda now: seal_audit(now=now),
    ),
    Line(
        name="mail_audit_root",
        cron="31 2 * * *",
        run=lambda now: mail_root(
            recipient=settings.AUDIT_MAIL_TO, channel_code=settings.DEFAULT_CHANNEL, now=now
        ),
    ),
    Line(
        name="examine_audit",
        cron="11 2 * * *",
        run=lambda now: examine_nightly(now=now),
    ),
    Line(
        name="note_backup_recipients",
        cron="*/5 * * * *",
        run=note_recipients,
    ),
    Line(
        name="watch_checkout_scripts",
        cron="*/5 * * * *",
        run=lambda now: look_at_checkout(now).words,
        lane=Lane.OUTSIDE,
    ),
    Line(
        name="end_unpaid_orders",
        cron="23 * * * *",
        run=lambda now: end_unpaid_orders(now=now),
    ),
    Line(
        name="forget_old_carts",
        cron="41 3 * * *",
        run=lambda now: forget_old_carts(before=now - CARTS_KEPT, limit=CARTS_MAX),
    ),
    Line(
        name="erase_deferred",
        cron="* * * * *",
        run=lambda now: erase_deferred(now=now),
    ),
    Line(
        name="reconcile_erasure_ledger",
        cron="* * * * *",
        run=lambda now: reconcile_ledger(now=now),
    ),
    Line(
        name="retain",
        cron="11 2 * * *",
        run=lambda now: sum(one.removed for one in retain(dry=False, now=now, actor=SYSTEM)),
    ),
    Line(
        name="forget_idempotency_keys",
        cron="17 3 * * *",
        run=lambda now: forget_keys(before=now - KEYS_KEPT, limit=KEYS_MAX),
    ),
    Line(
        name="learn_usual_amounts",
        cron="7 2 * * *",
        run=lambda now: learn_amounts(now=now),
    ),
    Line(
        name="forget_old_risk",
        cron="53 3 * * *",
        run=lambda now: forget_old(now=now, most=RISK_MAX),
    ),
    Line(
        name="forget_ended_limits",
        cron="29 * * * *",
        run=lambda now: forget_ended(now=now, most=COUNTS_MAX),
    ),
    Line(
        name="forget_ended_sessions",
        cron="11 * * * *",
        run=lambda now: forget_ended_sessions(now=now, limit=SESSIONS_MAX),
    ),
    Line(
        name="publish_privacy_notice",
        cron="7 3 * * *",
        run=lambda now: publish_notice(now=now),
    ),
    Line(
        name="forget_disclosures",
        cron="53 3 * * *",
        run=lambda now: forget_disclosures(before=now - DISCLOSURES_KEPT, limit=COUNTS_MAX),
    ),
    Line(
        name="reseal_old_rows",
        cron="47 3 * * *",
        run=lambda now: reseal_old_rows(now=now),
    ),
    Line(
        name="renew_keys",
        cron="37 2 * * *",
        run=lambda now: renew_keys(now=now, actor=SYSTEM),
    ),
    Line(
        name="forget_full_buckets",
        cron="*/10 * * * *",
        run=lambda now: forget_full(now=now, most=COUNTS_MAX),
    ),
)
