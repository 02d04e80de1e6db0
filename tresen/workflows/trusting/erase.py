"""A person is erased: rows by the registry, the profile's key for good, the law's papers locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import close_account
from tresen.domains.accounts.queries import account_of
from tresen.domains.conversations.commands import queue_letters
from tresen.domains.orders.queries import count_unfinished_of, list_order_ids_of
from tresen.domains.payments.queries import count_in_trouble, count_moving
from tresen.domains.privacy.commands import (
    close_request,
    defer_request,
    forget_exports_of,
    forget_opt_in_of,
    lock_request,
    note_step,
    suppress,
)
from tresen.domains.privacy.queries.requests import list_deferred
from tresen.domains.privacy.queries.retention import holds_on
from tresen.domains.privacy.rules.requests import Obstacles, is_open, may_answer
from tresen.domains.privacy.types.consents import SuppressionReason
from tresen.domains.privacy.types.requests import RequestKind, RequestRow, RequestState
from tresen.domains.privacy.types.retention import KeptUntil
from tresen.domains.risk.commands import forget_person
from tresen.foundation.actor import SYSTEM, Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.trusting.engine.erasing import Outcome, erase_rows
from tresen.workflows.trusting.letters import answered_letter
from tresen.workflows.trusting.persons import email_on_file, end_profile, whose
from tresen.workflows.trusting.place import responsible_place

GROUND = "Art. 17 (1) GDPR"
GROUND_KEPT = "Art. 17 (3)(b) GDPR"


def obstacles_of(person_id: UUID) -> Obstacles:
    """What has to end first: we still owe something, or somebody else forbids it."""
    orders = list_order_ids_of(person_id)
    return Obstacles(
        open_orders=count_unfinished_of(person_id),
        open_payments=count_moving(orders),
        disputes=count_in_trouble(orders),
        holds=len(holds_on(person_id)),
    )


@transaction.atomic
def erase(*, request_id: UUID, now: datetime, actor: Actor = SYSTEM) -> RequestRow:
    """All of it in one transaction; the answer lies under its own key, so that it still goes.

    Where something stands in the way it is deferred, with the reasons, and tried again.
    """
    request = lock_request(request_id=request_id)
    wanted = request.kind is RequestKind.ERASURE and is_open(request.state)
    if not wanted or not may_answer(request.state):
        return request
    obstacles = obstacles_of(request.person_id)
    if obstacles:
        return defer_request(request_id=request_id, obstacles=obstacles, now=now, actor=actor)
    email = email_on_file(request.person_id)
    if email:
        forget_opt_in_of(email=email)
        suppress(email=email, reason=SuppressionReason.ERASURE, now=now)
    forget_exports_of(person_id=request.person_id)
    outcomes = erase_rows(whose(request.person_id), place=responsible_place(), now=now)
    forget_person(
        person_id=request.person_id,
        email=email or "",
        account_id=account_of(request.person_id),
    )
    close_account(person_id=request.person_id)
    kept = {one.table: one.kept for one in outcomes if one.kept is not None}
    closed = _close(request, outcomes, kept, now=now, actor=actor)
    if email:
        letter = answered_letter(closed, email=email, ground=closed.ground, kept=kept)
        queue_letters(letters=[letter], now=now)
    end_profile(request.person_id, now=now)
    return closed


def erase_deferred(*, now: datetime) -> int:
    """Try again what waited; says how many are done now."""
    done = 0
    for request in list_deferred():
        done += erase(request_id=request.id, now=now).state is RequestState.ANSWERED
    return done


def _close(
    request: RequestRow,
    outcomes: Sequence[Outcome],
    kept: Mapping[str, KeptUntil],
    *,
    now: datetime,
    actor: Actor,
) -> RequestRow:
    for one in outcomes:
        detail = f"{one.table}:{one.done}:{one.count}"
        note_step(request_id=request.id, kind="erased", now=now, actor=actor, detail=detail)
    deed = Deed(
        action="person.erase",
        actor=actor,
        object_kind="privacy_request",
        object_id=str(request.id),
        persons=(request.person_id,),
        after={one.table: one.count for one in outcomes},
    )
    record(deed, now=now)
    return close_request(
        request_id=request.id,
        state=RequestState.ANSWERED,
        answer="",
        ground=GROUND_KEPT if kept else GROUND,
        now=now,
        actor=actor,
    )
