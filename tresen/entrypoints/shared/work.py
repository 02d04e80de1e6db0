"""A little work for machines that knock in crowds: hashcash, checked with one hash.

A task is signed, so that nothing is kept before it is solved, bound to one purpose and used once.
Whoever has no scripts waits instead: after a while the same task is good without work, for as
many people in a minute as the waiting room lets through.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tresen.foundation.throttle.buckets import Bucket, Draw, draw, take_once
from tresen.foundation.vault.sealing import sign

TASK_LASTS = timedelta(minutes=15)
CLOCKS_DIFFER = timedelta(seconds=2)
BITS_MAX = 24
DIGEST_BITS = 256
SOLUTION_LENGTH_MAX = 20
WAIT = timedelta(seconds=15)
WAITING_ROOM = Bucket(name="waiting room", size=20, refill=timedelta(seconds=2))
"""How many come in without work; a machine that waits with a thousand tasks gains nothing."""
_TIME_BYTES = 5
_NONCE_BYTES = 12
_BODY_BYTES = 1 + _TIME_BYTES + _NONCE_BYTES
_SIGNATURE_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Find a number so that SHA-256("<text>:<number>") begins with so many zero bits."""

    text: str
    bits: int
    made_at: datetime

    @property
    def wait_until(self) -> datetime:
        """From then on it is good without work."""
        return self.made_at + WAIT


def new_task(*, purpose: str, bits: int, now: datetime) -> Task:
    """Nothing is kept of it."""
    assert 0 < bits <= BITS_MAX
    made_at = int(now.timestamp())
    body = bytes([bits]) + made_at.to_bytes(_TIME_BYTES, "big") + secrets.token_bytes(_NONCE_BYTES)
    text = _text(body + _signature(body, purpose))
    return Task(text=text, bits=bits, made_at=datetime.fromtimestamp(made_at, UTC))


def read_task(text: str, *, purpose: str, now: datetime) -> Task | None:
    """A task of ours, of this purpose, that is still good."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    body, signature = raw[:_BODY_BYTES], raw[_BODY_BYTES:]
    if _text(raw) != text or not hmac.compare_digest(signature, _signature(body, purpose)):
        return None
    made_at = datetime.fromtimestamp(int.from_bytes(body[1 : 1 + _TIME_BYTES], "big"), UTC)
    is_good = made_at <= now + CLOCKS_DIFFER and now <= made_at + TASK_LASTS
    return Task(text=text, bits=body[0], made_at=made_at) if is_good else None


def is_done(task: Task, solution: str, *, now: datetime) -> bool:
    """Solved, or waited for while the waiting room lets people in; and for the first time."""
    if not fits(task, solution) and not _has_waited(task, now=now):
        return False
    return take_once(name="task", key=task.text, lasts=TASK_LASTS, now=now)


def _has_waited(task: Task, *, now: datetime) -> bool:
    return now >= task.wait_until and not draw([Draw(bucket=WAITING_ROOM, key="all")], now=now)


def solve(task: Task) -> str:
    """What the browser does; for tests and honest programs."""
    number = 0
    while not fits(task, str(number)):
        number += 1
    return str(number)


def fits(task: Task, solution: str) -> bool:
    """One hash."""
    if not solution.isascii() or not solution.isdecimal() or len(solution) > SOLUTION_LENGTH_MAX:
        return False
    digest = hashlib.sha256(f"{task.text}:{solution}".encode()).digest()
    return int.from_bytes(digest, "big") >> (DIGEST_BITS - task.bits) == 0


def _signature(body: bytes, purpose: str) -> bytes:
    return sign(body.hex(), purpose=f"work:{purpose}")[:_SIGNATURE_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
