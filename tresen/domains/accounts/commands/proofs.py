"""What is to be proven is written down, tried and used up, each by one statement."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tresen.domains.accounts.events import ProofAskedFor
from tresen.domains.accounts.models import Proof, User
from tresen.domains.accounts.types import ProofRow, Purpose
from tresen.foundation import sql
from tresen.foundation.ids import new_id
from tresen.foundation.journal.events import announce
from tresen.foundation.refusals import Refusal
from tresen.foundation.vault.classes import KeyClass
from tresen.foundation.vault.data_keys import destroy_keys, keys_for
from tresen.foundation.vault.sealing import seal, sign, unseal

TRIES_MAX = 5
ADDRESS = "accounts_proof.address"
KEPT_AFTERWARDS = timedelta(days=1)
_ONCE = """
INSERT INTO accounts_proof (id, purpose, locale, way, tries, asked_at, expires_at, used_at)
VALUES (%s, %s, '', '', 0, %s, %s, %s) ON CONFLICT (id) DO NOTHING RETURNING 1
"""
LIFETIMES = {
    Purpose.SIGN_UP: timedelta(hours=2),
    Purpose.SIGN_IN: timedelta(minutes=20),
    Purpose.RESET: timedelta(hours=1),
    Purpose.CHANGE_ADDRESS: timedelta(hours=2),
    Purpose.SECOND_STEP: timedelta(minutes=10),
    Purpose.PASSKEY: timedelta(minutes=5),
    Purpose.NEW_DEVICE: timedelta(minutes=20),
}


class ProofGone(Refusal):
    """Used, too old, for something else, or the account has changed since."""

    code = "proof_gone"
    status = 410
    message = "This link was used already, has expired, or no longer fits the account."


class WrongCode(Refusal):
    """Not the code that was sent or shown."""

    code = "wrong_code"
    message = "This code is not right. Please check it, or ask for a new one."


def ask_by_mail(
    *,
    purpose: Purpose,
    address: str,
    locale: str,
    way: str,
    user_id: UUID | None,
    now: datetime,
) -> UUID:
    """Somebody says that this mailbox is theirs. Writes the same for known and unknown ones."""
    proof_id = new_id()
    key = keys_for(proof_id, KeyClass.OPT_IN)[KeyClass.OPT_IN]
    Proof.objects.create(
        id=proof_id,
        purpose=purpose,
        address=seal(address.encode(), key=key, place=ADDRESS, row=proof_id),
        locale=locale,
        way=way,
        user_id=user_id,
        asked_at=now,
        expires_at=now + LIFETIMES[purpose],
    )
    announce(ProofAskedFor(happened_at=now, proof_id=str(proof_id)))
    return proof_id


def ask_of(
    *,
    purpose: Purpose,
    user_id: UUID | None,
    generation: int | None,
    now: datetime,
    way: str = "",
) -> UUID:
    """Something to be proven at once, in the same browser."""
    proof = Proof.objects.create(
        purpose=purpose,
        user_id=user_id,
        generation=generation,
        way=way,
        asked_at=now,
        expires_at=now + LIFETIMES[purpose],
    )
    return proof.id


def use_once(*, proof_id: UUID, purpose: Purpose, now: datetime) -> None:
    """Something signed that is in no table counts once. Raises ProofGone."""
    ends = now + LIFETIMES[purpose]
    values = (proof_id, purpose.value, now, ends, now)
    if not sql.rows(_ONCE, values):
        raise ProofGone


def find_asked(proof_id: UUID) -> ProofRow | None:
    """What was asked by mail and is still to be answered."""
    found = Proof.objects.filter(id=proof_id, used_at=None).first()
    return _row(found) if found else None


def close_proof(proof_id: UUID) -> None:
    """Nothing is to be proven by it."""
    destroy_keys(proof_id)
    Proof.objects.filter(id=proof_id).delete()


def bind_proof(
    *, proof_id: UUID, purpose: Purpose, user_id: UUID | None, generation: int | None, code: str
) -> None:
    """Once known who was asked for: from here on it holds for this account as it is now."""
    Proof.objects.filter(id=proof_id, used_at=None).update(
        purpose=purpose,
        user_id=user_id,
        generation=generation,
        code_digest=_digest(proof_id, code) if code else None,
    )


def find_proof(proof_id: UUID, *, purpose: Purpose, now: datetime) -> ProofRow:
    """Look without using it up. Raises ProofGone."""
    found = Proof.objects.filter(
        id=proof_id, purpose=purpose, used_at=None, expires_at__gt=now
    ).first()
    if found is None or not _fits(found):
        raise ProofGone
    return _row(found)


@transaction.atomic
def use_proof(proof_id: UUID, *, purpose: Purpose, now: datetime) -> ProofRow:
    """Use it up: of many at the same moment one gets it. Raises ProofGone."""
    used = Proof.objects.filter(
        id=proof_id, purpose=purpose, used_at=None, expires_at__gt=now
    ).update(used_at=now)
    found = Proof.objects.get(id=proof_id) if used else None
    if found is None or not _fits(found):
        raise ProofGone
    return _row(found)


def count_try(proof_id: UUID, *, now: datetime) -> ProofRow:
    """One of TRIES_MAX tries, kept whether it succeeds or not. Raises ProofGone.

    Call it outside the transaction of what the code is for, else a failure gives the try back.
    """
    counted = Proof.objects.filter(
        id=proof_id, used_at=None, expires_at__gt=now, tries__lt=TRIES_MAX
    ).update(tries=F("tries") + 1)
    if not counted:
        raise ProofGone
    return _row(Proof.objects.get(id=proof_id))


def check_code(proof: ProofRow, code: str) -> None:
    """Raises WrongCode; where no account has the address, every code is wrong."""
    if not hmac.compare_digest(_digest(proof.id, code), proof.code_digest or bytes(32)):
        raise WrongCode(field="code")


def forget_proofs(*, now: datetime, most: int) -> int:
    """Delete what is long over, at most so many; says how many."""
    ended = Proof.objects.filter(expires_at__lt=now - KEPT_AFTERWARDS).order_by("expires_at")
    ids = list(ended.values_list("id", flat=True)[:most])
    if ids:
        destroy_keys(ids)
    deleted, _ = Proof.objects.filter(id__in=ids).delete()
    return deleted


def _fits(proof: Proof) -> bool:
    """The account is still as it was when it was asked."""
    if proof.user_id is None or proof.generation is None:
        return proof.user_id is None
    return User.objects.filter(
        id=proof.user_id, generation=proof.generation, is_active=True
    ).exists()


def _opened(proof: Proof) -> str:
    if proof.address is None:
        return ""
    return unseal(bytes(proof.address), place=ADDRESS, row=proof.id).decode()


def _digest(proof_id: UUID, code: str) -> bytes:
    return sign(f"{proof_id}:{code}", purpose="account code")


def _row(proof: Proof) -> ProofRow:
    return ProofRow(
        id=proof.id,
        purpose=Purpose(proof.purpose),
        user_id=proof.user_id,
        generation=proof.generation,
        address=_opened(proof),
        locale=proof.locale,
        way=proof.way,
        code_digest=bytes(proof.code_digest or b""),
        asked_at=proof.asked_at,
        expires_at=proof.expires_at,
    )
