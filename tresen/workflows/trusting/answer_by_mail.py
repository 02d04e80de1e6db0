"""A link that was asked for goes out and says what fits: sign in, open an account, or why not.

A letter to somebody with an account goes to the address that they have proven, not to the spelling
that was typed.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from tresen.domains.accounts.commands import bind_proof, close_proof, find_asked
from tresen.domains.accounts.queries import find_shopper, find_shopper_at
from tresen.domains.accounts.types import ProofRow, Purpose, ShopperRow
from tresen.domains.conversations.types import LetterKind
from tresen.workflows.trusting.account_letters import write_about_account
from tresen.workflows.trusting.account_links import forgotten_url, proof_url, sign_in_url

CODE_DIGITS = 8
_WITH_CODE = (
    LetterKind.ACCOUNT_SIGN_IN,
    LetterKind.ACCOUNT_EXISTS,
    LetterKind.ACCOUNT_CONFIRM_DEVICE,
)


def answer_by_mail(proof_id: UUID, *, now: datetime) -> None:
    """Inside the caller's transaction; asking twice writes one letter."""
    proof = find_asked(proof_id)
    if proof is None or proof.expires_at <= now:
        return
    shopper = find_shopper_at(proof.address)
    if proof.purpose is Purpose.CHANGE_ADDRESS:
        _answer_change(proof, shopper, now=now)
    elif shopper is None and proof.purpose is Purpose.NEW_DEVICE:
        close_proof(proof.id)  # erased since the password was right
    elif shopper is None:
        _offer_account(proof, now=now)
    else:
        _lead_in(proof, shopper, now=now)


def _lead_in(proof: ProofRow, shopper: ShopperRow, *, now: datetime) -> None:
    """There is an account: a link or a code to sign in, or a link to choose a new password."""
    is_reset = proof.purpose is Purpose.RESET
    kind = {
        Purpose.RESET: LetterKind.ACCOUNT_RESET,
        Purpose.SIGN_UP: LetterKind.ACCOUNT_EXISTS,
        Purpose.NEW_DEVICE: LetterKind.ACCOUNT_CONFIRM_DEVICE,
    }.get(proof.purpose, LetterKind.ACCOUNT_SIGN_IN)
    _write(
        proof,
        kind=kind,
        purpose=Purpose.RESET if is_reset else Purpose.SIGN_IN,
        shopper=shopper,
        recipient=shopper.address,
        now=now,
    )


def _offer_account(proof: ProofRow, *, now: datetime) -> None:
    """There is none: whoever has the mailbox may open one."""
    asked_for_one = proof.purpose is Purpose.SIGN_UP
    _write(
        proof,
        kind=LetterKind.ACCOUNT_SIGN_UP if asked_for_one else LetterKind.ACCOUNT_NONE,
        purpose=Purpose.SIGN_UP,
        shopper=None,
        recipient=proof.address,
        now=now,
    )


def _answer_change(proof: ProofRow, taken_by: ShopperRow | None, *, now: datetime) -> None:
    """Somebody who is signed in wants to use another address from now on."""
    owner = find_shopper(proof.user_id) if proof.user_id else None
    if owner is None:
        close_proof(proof.id)
    elif taken_by is not None and taken_by.id != owner.id:
        close_proof(proof.id)
        write_about_account(
            key=f"account-proof:{proof.id}",
            kind=LetterKind.ACCOUNT_TAKEN,
            recipient=taken_by.address,
            locale=taken_by.language or proof.locale,
            person_id=taken_by.person_id,
            name=taken_by.name,
            link_url=sign_in_url(locale=taken_by.language or proof.locale),
            until=proof.expires_at,
            now=now,
        )
    else:
        _write(
            proof,
            kind=LetterKind.ACCOUNT_ADDRESS,
            purpose=Purpose.CHANGE_ADDRESS,
            shopper=owner,
            recipient=proof.address,
            now=now,
        )


def _write(
    proof: ProofRow,
    *,
    kind: LetterKind,
    purpose: Purpose,
    shopper: ShopperRow | None,
    recipient: str,
    now: datetime,
) -> None:
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}" if kind in _WITH_CODE else ""
    bind_proof(
        proof_id=proof.id,
        purpose=purpose,
        user_id=shopper.id if shopper else None,
        generation=shopper.generation if shopper else None,
        code=code,
    )
    locale = (shopper.language if shopper else "") or proof.locale
    url = proof_url(proof.id, purpose=purpose, until=proof.expires_at, locale=locale)
    if kind is LetterKind.ACCOUNT_CONFIRM_DEVICE:  # the code alone, typed where it is asked for
        url = forgotten_url(locale=locale)
    write_about_account(
        key=f"account-proof:{proof.id}",
        kind=kind,
        recipient=recipient,
        locale=locale,
        person_id=shopper.person_id if shopper else proof.id,
        name=shopper.name if shopper else "",
        link_url=url,
        until=proof.expires_at,
        now=now,
        more={"code": f"{code[:4]} {code[4:]}" if code else ""},
    )
