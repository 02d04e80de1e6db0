"""How often a name may be tried at the staff's door, without an attacker locking anybody out.

Tries from a device that this person signed in from have a count of their own; all strangers
together have another one for each name. So whoever guesses empties the strangers' count, and the
owner comes in from their own device as ever. A right password gives its try back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import ngettext

from tresen.domains.accounts.queries import is_known_device, knows_staff
from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared.sessions.devices import device_hash_of
from tresen.entrypoints.shared.throttle import ask_for_work
from tresen.foundation import clock
from tresen.foundation.throttle.buckets import Bucket, Draw, draw, give_back, wait_for

PASSWORDS = Bucket(name="staff passwords", size=6, refill=timedelta(minutes=10))
PASSWORDS_KNOWN = Bucket(name="staff passwords, own device", size=10, refill=timedelta(seconds=30))
CODES = Bucket(name="codes", size=5, refill=timedelta(minutes=15))
CODES_KNOWN = Bucket(name="codes, own device", size=10, refill=timedelta(minutes=1))
NAME_LENGTH_MAX = 60
PURPOSE = "staff sign-in"
_MINUTE_SECONDS = 60

Tries = Sequence[Draw]


def take_password_try(request: HttpRequest, *, name: str) -> Tries:
    """Before the password is looked at. Crowds of strangers are asked for some work first.

    Raises ValidationError when there is no try left, ImmediateHttpResponse with the work.
    """
    now = clock.now()
    plain = name.strip().casefold()[:NAME_LENGTH_MAX]
    device = device_hash_of(request, Realm.STAFF)
    if device and knows_staff(token_hash=device, username=plain):
        return _taken(Draw(bucket=PASSWORDS_KNOWN, key=f"{plain} {device.hex()}"), now=now)
    page = ask_for_work(request, purpose=PURPOSE, now=now)
    if page is not None:
        raise ImmediateHttpResponse(page)
    return _taken(Draw(bucket=PASSWORDS, key=plain), now=now)


def take_code_try(request: HttpRequest, *, user_id: UUID, realm: Realm) -> Tries:
    """Before a code is looked at. Raises ValidationError when there is no try left."""
    now = clock.now()
    device = device_hash_of(request, realm)
    if device and is_known_device(user_id=user_id, token_hash=device):
        return _taken(Draw(bucket=CODES_KNOWN, key=f"{user_id} {device.hex()}"), now=now)
    return _taken(Draw(bucket=CODES, key=str(user_id)), now=now)


def give_tries_back(tries: Tries) -> None:
    """It was the right one."""
    give_back(tries)


def _taken(wanted: Draw, *, now: datetime) -> Tries:
    if draw([wanted], now=now):
        seconds = wait_for(wanted, now=now).total_seconds()
        raise ValidationError(_words(max(1, -int(-seconds // _MINUTE_SECONDS))))
    return (wanted,)


def _words(minutes: int) -> str:
    return ngettext(
        "This was tried too often. Please use a device that you have signed in from before, or try "
        "again in %(minutes)s minute.",
        "This was tried too often. Please use a device that you have signed in from before, or try "
        "again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
