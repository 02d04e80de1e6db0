"""A shopper proves who they are: by password, mailed link or code, passkey; perhaps in two steps.

An address without an account costs what one with an account costs: the same statements, and one
argon2 hash. A proof that is enough leads in; where a second step is on, only a passkey is enough.
A password alone is enough at a device that the account was used from, while nothing is odd; else
a code by mail is asked for, so that a stolen password opens nothing (decision 0070).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db import transaction

from tresen.domains.accounts.commands import (
    LIFETIMES,
    ProofGone,
    WrongCode,
    ask_of,
    check_code,
    count_try,
    find_proof,
    take_app_code,
    take_recovery_code,
    use_proof,
)
from tresen.domains.accounts.queries import (
    find_login_at,
    get_shopper,
    has_second_step,
    is_known_device,
)
from tresen.domains.accounts.types import ProofRow, Purpose, ShopperRow
from tresen.domains.risk.queries import ask_login_signals
from tresen.domains.risk.rules import judge_login
from tresen.domains.risk.types import LoginStep
from tresen.foundation.limits.taking import Limit, forget, take_one
from tresen.foundation.mailboxes import mailbox_of
from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.account_links import proof_of, proof_token, waiting_proof_of
from tresen.workflows.trusting.ask_by_mail import ask_for_mail
from tresen.workflows.trusting.note_sign_in import device_name, noting_refusals

QUARTER = timedelta(minutes=15)
PASSWORD_TRIES = Limit(name="passwords of an account", max=10, window=QUARTER)
"""By strangers' devices, all together."""
DEVICE_TRIES = Limit(name="passwords from a known device", max=10, window=QUARTER)
"""By each device that the account was used from: strangers cannot use these up."""
SECOND_TRIES = Limit(name="second steps of an account", max=10, window=QUARTER)
_NOBODY = UUID(int=0)
_NO_PASSWORD = "!"  # noqa: S105  # what Django writes where there is none


class WrongPassword(Refusal):
    """Address or password, not said which."""

    code = "wrong_password"
    message = "Address and password do not fit together. Please check both."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Come in; unless `second_step` or `mailed` is a token for what is still to be proven."""

    user_id: UUID
    way: str
    second_step: str
    mailed: str = ""


def normalised_password(password: str) -> str:
    """The same word typed on another keyboard is the same word (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)


def sign_in_by_password(
    *, address: str, password: str, way: str, device: bytes | None, locale: str, now: datetime
) -> SignIn:
    """`device` is the digest of the browser's own token, `locale` of who has chosen no language.

    Raises WrongPassword, LimitReached.
    """
    login = find_login_at(address)
    with noting_refusals(device=device, now=now) as about:
        about.append(login.user_id if login else None)
        is_known = is_known_device(
            user_id=login.user_id if login else _NOBODY, token_hash=device or b""
        )
        limit, key = _tries_of(mailbox_of(address), device if is_known else None)
        take_one(limit, key=key, now=now)
        if not _fits(login.password if login else "", password):
            raise WrongPassword(field="password")
        assert login is not None
        forget([limit], key=key)
        done = _after_first_proof(get_shopper(login.user_id), way=way, now=now)
        if done.second_step or _is_enough(login.user_id, device, is_known=is_known, now=now):
            return done
        asked = ask_for_mail(
            purpose=Purpose.NEW_DEVICE, address=address, locale=locale, way=way, now=now
        )
        return replace(done, mailed=asked.token)


def _tries_of(mailbox: str, known_device: bytes | None) -> tuple[Limit, str]:
    """Devices that the account was used from have tries of their own: no stranger uses them up."""
    if known_device:
        return DEVICE_TRIES, f"{mailbox} {known_device.hex()}"
    return PASSWORD_TRIES, mailbox


def _is_enough(user_id: UUID, device: bytes | None, *, is_known: bool, now: datetime) -> bool:
    """Whether a right password leads in by itself. Where somebody connects from is not asked."""
    if not is_known:
        return False
    signals = ask_login_signals(account_id=user_id, device=device_name(device), now=now).answer()
    return judge_login(replace(signals, device_is_known=True)).step is not LoginStep.PROVE


def sign_in_by_link(*, token: str, device: bytes | None, now: datetime) -> SignIn:
    """Raises LinkBroken, LinkExpired, ProofGone."""
    with noting_refusals(device=device, now=now):
        proof_id = proof_of(token, purpose=Purpose.SIGN_IN, now=now)
        return _by_mail(use_proof(proof_id, purpose=Purpose.SIGN_IN, now=now), now=now)


def sign_in_by_code(*, token: str, code: str, device: bytes | None, now: datetime) -> SignIn:
    """Raises LinkBroken, LinkExpired, ProofGone, WrongCode.

    Where no account has the address, nothing was sent to it that would fit: every code is wrong.
    """
    with noting_refusals(device=device, now=now) as about:
        proof_id = waiting_proof_of(token, now=now)
        tried = count_try(proof_id, now=now)
        about.append(tried.user_id)
        check_code(tried, _digits(code))
        return _by_mail(use_proof(proof_id, purpose=Purpose.SIGN_IN, now=now), now=now)


def check_link(*, token: str, purpose: Purpose, now: datetime) -> ProofRow:
    """Look at a link without using it up. Raises LinkBroken, LinkExpired, ProofGone."""
    return find_proof(proof_of(token, purpose=purpose, now=now), purpose=purpose, now=now)


def prove_second_step(*, token: str, code: str, device: bytes | None, now: datetime) -> SignIn:
    """By the app's code or a recovery code.

    Raises LinkBroken, LinkExpired, ProofGone, WrongCode, LimitReached.
    """
    purpose = Purpose.SECOND_STEP
    with noting_refusals(device=device, now=now) as about:
        proof_id = proof_of(token, purpose=purpose, now=now)
        proof = count_try(proof_id, now=now)
        if proof.user_id is None or proof.purpose is not purpose:
            raise ProofGone
        about.append(proof.user_id)
        take_one(SECOND_TRIES, key=str(proof.user_id), now=now, field="code")
        prove_own_code(user_id=proof.user_id, code=code, now=now)
        use_proof(proof_id, purpose=purpose, now=now)
    return SignIn(user_id=proof.user_id, way=proof.way, second_step="")


def prove_own_code(*, user_id: UUID, code: str, now: datetime) -> None:
    """Raises WrongCode. The caller has counted the try."""
    typed = _digits(code)
    if not take_app_code(user_id=user_id, code=typed, now=now) and not take_recovery_code(
        user_id=user_id, code=typed, now=now
    ):
        raise WrongCode(field="code")


def prove_again(*, shopper: ShopperRow, password: str, code: str, now: datetime) -> str:
    """Somebody who is signed in shows that it is still them; by what, is said.

    Where a second step is on, the password alone is not enough.
    Raises WrongPassword, WrongCode, LimitReached.
    """
    take_one(SECOND_TRIES, key=str(shopper.id), now=now, field="code" if code else "password")
    if has_second_step(shopper.id) or code:
        prove_own_code(user_id=shopper.id, code=code, now=now)
        return "code"
    if not _fits(shopper.password, password):
        raise WrongPassword(field="password")
    return "password"


def _by_mail(proof: ProofRow, *, now: datetime) -> SignIn:
    if proof.user_id is None:
        raise ProofGone
    return _after_first_proof(get_shopper(proof.user_id), way=proof.way, now=now)


@transaction.atomic
def _after_first_proof(shopper: ShopperRow, *, way: str, now: datetime) -> SignIn:
    if not has_second_step(shopper.id):
        return SignIn(user_id=shopper.id, way=way, second_step="")
    purpose = Purpose.SECOND_STEP
    proof_id = ask_of(
        purpose=purpose, user_id=shopper.id, generation=shopper.generation, way=way, now=now
    )
    token = proof_token(proof_id, purpose=purpose, until=now + LIFETIMES[purpose])
    return SignIn(user_id=shopper.id, way=way, second_step=token)


def _fits(stored: str, password: str) -> bool:
    """One hash in every case: Django makes one up where there is no password to compare with."""
    return check_password(normalised_password(password), stored or _NO_PASSWORD)


def _digits(code: str) -> str:
    return "".join(sign for sign in code if sign in "0123456789")
