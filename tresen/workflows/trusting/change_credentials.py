"""A shopper changes how they sign in; each change keeps its former state and is told by mail."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import (
    begin_change,
    end_sessions_of,
    set_address,
    set_password,
    use_proof,
)
from tresen.domains.accounts.queries import get_shopper
from tresen.domains.accounts.types import ChangeKind, ChangeRow, Purpose, ShopperRow
from tresen.domains.privacy.commands import person_for_email
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.trusting.account_links import proof_of
from tresen.workflows.trusting.ask_by_mail import Asked, ask_for_mail
from tresen.workflows.trusting.passwords import check_new_password


def change_password(*, user_id: UUID, password: str, actor: Actor, now: datetime) -> None:
    """Other devices are signed out. Raises WeakPassword, ProofGone."""
    shopper = get_shopper(user_id)
    chosen = check_new_password(password, of=(shopper.address, shopper.name))
    with transaction.atomic():
        changing(shopper, ChangeKind.PASSWORD_CHANGED, actor=actor, now=now)
        set_password(user_id=user_id, password=chosen)
        end_other_sessions(user_id=user_id, session=actor.session)


def remove_password(*, user_id: UUID, actor: Actor, now: datetime) -> None:
    """From now on passkeys and mailed links lead in."""
    shopper = get_shopper(user_id)
    with transaction.atomic():
        changing(shopper, ChangeKind.PASSWORD_REMOVED, actor=actor, now=now)
        set_password(user_id=user_id, password="")
        end_other_sessions(user_id=user_id, session=actor.session)


def reset_password(*, token: str, password: str, now: datetime) -> UUID:
    """By a mailed link; the second step stays on, and every device is signed out.

    Raises LinkBroken, LinkExpired, ProofGone, WeakPassword.
    """
    proof_id = proof_of(token, purpose=Purpose.RESET, now=now)
    with transaction.atomic():
        proof = use_proof(proof_id, purpose=Purpose.RESET, now=now)
        assert proof.user_id is not None
        shopper = get_shopper(proof.user_id)
        chosen = check_new_password(password, of=(shopper.address, shopper.name))
        actor = Actor("customer", shopper.id)
        changing(shopper, ChangeKind.PASSWORD_RESET, actor=actor, now=now)
        set_password(user_id=shopper.id, password=chosen)
        end_other_sessions(user_id=shopper.id)
    return shopper.id


def ask_for_new_address(*, user_id: UUID, address: str, locale: str, now: datetime) -> Asked:
    """A link to the new address; nothing changes before it is opened. Raises LimitReached."""
    return ask_for_mail(
        purpose=Purpose.CHANGE_ADDRESS, address=address, locale=locale, now=now, user_id=user_id
    )


def change_address(*, token: str, session: str, now: datetime) -> UUID:
    """By the link in the new mailbox. Raises LinkBroken, LinkExpired, ProofGone, AddressTaken."""
    proof_id = proof_of(token, purpose=Purpose.CHANGE_ADDRESS, now=now)
    with transaction.atomic():
        proof = use_proof(proof_id, purpose=Purpose.CHANGE_ADDRESS, now=now)
        assert proof.user_id is not None
        shopper = get_shopper(proof.user_id)
        actor = Actor("customer", shopper.id, session=session)
        changing(shopper, ChangeKind.ADDRESS_CHANGED, actor=actor, now=now)
        person_id = person_for_email(email=proof.address, now=now)
        set_address(shopper=shopper, address=proof.address, person_id=person_id, now=now)
        end_other_sessions(user_id=shopper.id, session=session)
    return shopper.id


def changing(shopper: ShopperRow, kind: ChangeKind, *, actor: Actor, now: datetime) -> ChangeRow:
    """Keep the former state and the deed; the change itself follows in the same transaction."""
    deed = Deed(
        action=f"account.{kind}",
        actor=actor,
        object_kind="account",
        object_id=str(shopper.id),
        persons=(shopper.person_id,),
    )
    record(deed, now=now)
    return begin_change(user_id=shopper.id, generation=shopper.generation, kind=kind, now=now)


def end_other_sessions(*, user_id: UUID, session: str = "") -> None:
    """Every device is signed out, except where the change was made."""
    end_sessions_of(user_id=user_id, but=UUID(session) if session else None)
