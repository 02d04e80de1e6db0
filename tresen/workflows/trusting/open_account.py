"""Whoever has proven a mailbox opens an account for it. Nothing is made before that."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.accounts.commands import open_account, use_proof
from tresen.domains.accounts.types import Purpose
from tresen.domains.privacy.commands import person_for_email
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record
from tresen.workflows.trusting.account_links import proof_of
from tresen.workflows.trusting.passwords import check_new_password
from tresen.workflows.trusting.sign_in import SignIn


def open_account_by_link(
    *, token: str, name: str, password: str, language: str, now: datetime
) -> SignIn:
    """`password` may be empty: then passkeys and mailed links lead in.

    Raises LinkBroken, LinkExpired, ProofGone, AccountExists, WeakPassword.
    """
    proof_id = proof_of(token, purpose=Purpose.SIGN_UP, now=now)
    with transaction.atomic():
        proof = use_proof(proof_id, purpose=Purpose.SIGN_UP, now=now)
        chosen = check_new_password(password, of=(proof.address, name)) if password else ""
        person_id = person_for_email(email=proof.address, now=now)
        user_id = open_account(
            address=proof.address,
            name=name,
            language=language,
            password=chosen,
            person_id=person_id,
            now=now,
        )
        _keep_deed(user_id, person_id, now=now)
    return SignIn(user_id=user_id, way=proof.way, second_step="")


def _keep_deed(user_id: UUID, person_id: UUID, *, now: datetime) -> None:
    deed = Deed(
        action="account.open",
        actor=Actor("customer", user_id),
        object_kind="account",
        object_id=str(user_id),
        persons=(person_id,),
    )
    record(deed, now=now)
