"""Each try to come into the shop, and each leaving, is a row of the audit; tries are counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.risk.commands import note_login
from tresen.foundation.actor import GUEST, Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.refusals import Refusal


@contextmanager
def noting_refusals(*, device: bytes | None, now: datetime) -> Iterator[list[UUID | None]]:
    """A refusal inside is kept. Whose account it was about is put into the list, once known."""
    about: list[UUID | None] = []
    try:
        yield about
    except Refusal:
        _note_refusal(about[-1] if about else None, device=device, now=now)
        raise


@transaction.atomic
def note_sign_in(*, user_id: UUID, session: str, device: bytes | None, now: datetime) -> None:
    """Somebody is in, whichever way they took."""
    note_login(account_id=user_id, device=device_name(device), passed=True, now=now)
    _note("session.begin", Actor("customer", user_id, session=session), user_id, now=now)


@transaction.atomic
def note_sign_out(*, user_id: UUID, session: str, now: datetime) -> None:
    _note("session.end", Actor("customer", user_id, session=session), user_id, now=now)


def device_name(device: bytes | None) -> str:
    """What risk calls a browser: the digest of its own random name."""
    return device.hex() if device else ""


@transaction.atomic
def _note_refusal(user_id: UUID | None, *, device: bytes | None, now: datetime) -> None:
    """What was typed is kept nowhere."""
    note_login(account_id=user_id, device=device_name(device), passed=False, now=now)
    _note("session.refuse", GUEST, user_id, now=now)


def _note(action: str, actor: Actor, user_id: UUID | None, *, now: datetime) -> None:
    about = str(user_id) if user_id else ""
    deed = Deed(action=action, actor=actor, object_kind="account", object_id=about)
    record(deed, now=now)
