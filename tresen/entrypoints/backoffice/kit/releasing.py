"""A list with people in it leaves as a file once, after a second person has allowed it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from tresen.domains.accounts.types import Permission
from tresen.entrypoints.backoffice.kit.types import ListSpec, Row
from tresen.entrypoints.policy.standing import standing_of
from tresen.entrypoints.shared.sessions.stamp import session_of
from tresen.foundation import clock
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.staffing.four_eyes import take_list

_NOT_ASKED = frozenset({"format", "after", "before"})
"""How the answer is given, not what is asked."""
QUESTION_LENGTH_MAX = 2_000


def question_of(sent: QueryDict) -> str:
    """What an address asks, in one spelling: a file is allowed for one question and no other."""
    asked = [
        (name, answer)
        for name, answers in sent.lists()
        for answer in answers
        if answer and name not in _NOT_ASKED
    ]
    return urlencode(sorted(asked))


def is_released(request: HttpRequest, name: str) -> bool:
    """Uses the allowance up."""
    if not standing_of(request).may(Permission.PERSONAL_EXPORT):
        return False
    question = question_of(request.GET)
    return take_list(name=name, question=question, now=clock.now(), actor=_actor_of(request))


def wish_url(name: str, question: str = "") -> str:
    """Where one asks for it."""
    url = reverse("backoffice:export_wish", args=[name])
    return f"{url}?{question}" if question else url


def note_taking_out(request: HttpRequest, spec: ListSpec[Row]) -> None:
    """A file that asks for a proof is a deed. Where people are in it, the allowance that is used
    up is that deed, and the list itself notes whom it shows."""
    if not spec.export_needs_proof or spec.personal:
        return
    deed = Deed(action=f"{spec.name}.export", actor=_actor_of(request))
    with transaction.atomic():
        record(deed, now=clock.now())


def _actor_of(request: HttpRequest) -> Actor:
    return Actor("staff", standing_of(request).user_id, session=session_of(request))
