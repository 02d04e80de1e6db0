"""Which passwords may be chosen: long enough, not known to attackers, not one's own name."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tresen.foundation.refusals import Refusal
from tresen.workflows.trusting.sign_in import normalised_password

LENGTH_MAX = 1_024
"""Argon2 takes any length; nobody types more."""
_OWN_WORD_MIN = 4


class WeakPassword(Refusal):
    """`reason` is in the reader's language already."""

    code = "weak_password"
    message = "%(reason)s"


class PasswordTooLong(Refusal):
    """Longer than LENGTH_MAX."""

    code = "password_too_long"
    message = "This password is too long. Please use at most %(most)s characters."


class PasswordOfOwnWords(Refusal):
    """Made of the address or the name."""

    code = "password_of_own_words"
    message = "This password is made of your address or name. Please choose another one."


def check_new_password(password: str, *, of: Sequence[str]) -> str:
    """The password as it will be hashed; `of` are the person's own words.

    Raises WeakPassword, PasswordTooLong, PasswordOfOwnWords.
    """
    chosen = normalised_password(password)
    if len(chosen) > LENGTH_MAX:
        raise PasswordTooLong(field="password", params={"most": LENGTH_MAX})
    try:
        validate_password(chosen)
    except ValidationError as error:
        raise WeakPassword(field="password", params={"reason": " ".join(error.messages)}) from error
    if _is_own_words(chosen.lower(), of):
        raise PasswordOfOwnWords(field="password")
    return chosen


def _is_own_words(password: str, own: Sequence[str]) -> bool:
    """Nothing but the person's own words, perhaps with a few more signs around them."""
    words = [word.lower() for word in own if len(word) >= _OWN_WORD_MIN]
    parts = [part for word in words for part in (word, *word.split("@")) if part]
    return any(
        part in password and len(password) - len(part) < _OWN_WORD_MIN
        for part in parts
        if len(part) >= _OWN_WORD_MIN
    )
