"""The one door to other people's machines: time limits, bounded retries, a breaker, a guard.

Every call says whether it carries data about people, and to whom. No call is made while a
database transaction is open. Where no answer came, the caller learns whether the call surely
did nothing (`Unreachable`) or may have done something (`NoAnswer`).
"""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.db import connection

from tresen.foundation.addresses import ForbiddenAddress, GuardedTransport, Resolver, look_up
from tresen.foundation.disclosures.ledger import UndeclaredDisclosure, note, refuse_undeclared
from tresen.foundation.disclosures.types import NO_PERSONAL_DATA, Disclosure, Way

logger = logging.getLogger(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE"})
RETRY_STATUSES = frozenset({429, 502, 503, 504})
FAILURE_STATUS_MIN = 500
FAILURES_MAX = 5
REST_SECONDS = 5.0
BACK_OFF_SECONDS = 0.2
PATH_PART_MAX = 40

__all__ = [
    "NO_PERSONAL_DATA",
    "Answer",
    "Call",
    "Client",
    "Disclosure",
    "ForbiddenAddress",
    "Limits",
    "NoAnswer",
    "OutboundError",
    "Resting",
    "UndeclaredDisclosure",
    "Unreachable",
]


class OutboundError(Exception):
    """A call did not bring an answer."""


class Unreachable(OutboundError):
    """The call surely did nothing: no connection was made."""


class Resting(Unreachable):
    """Too many calls to this host failed; it is left alone for some seconds."""


class NoAnswer(OutboundError):
    """The call was sent, but no whole answer came: it may have done what it asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds, tries and bytes that one call may take. `total_s` bounds each try."""

    connect_s: float = 3.0
    answer_s: float = 10.0
    total_s: float = 20.0
    retries_max: int = 2
    answer_bytes_max: int = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. `repeatable`: doing it twice does it once (safe method or idempotency key)."""

    method: str
    url: str
    disclosure: Disclosure
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    repeatable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. Header names in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> object:
        """The content as JSON. Raises ValueError."""
        return json.loads(self.content)


class Client:
    """Sends calls. `allowed` names private hosts ("127.0.0.1:8420" or "localhost") one may call."""

    def __init__(
        self,
        *,
        allowed: Collection[str] = (),
        limits: Limits | None = None,
        resolver: Resolver = look_up,
        inner: Callable[[], httpx.BaseTransport] = httpx.HTTPTransport,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._limits = limits or Limits()
        self._sleep, self._clock, self._chance = sleep, clock, chance
        self._breakers: dict[str, _Breaker] = {}
        self._lock = threading.Lock()
        self._http = httpx.Client(
            transport=GuardedTransport(
                allowed=allowed,
                resolver=resolver,
                inner=inner,
                seconds=self._limits.connect_s,
            ),
            timeout=httpx.Timeout(
                self._limits.answer_s,
                connect=self._limits.connect_s,
                pool=self._limits.connect_s,
            ),
            follow_redirects=False,
            trust_env=False,
        )

    def send(self, call: Call) -> Answer:
        """Make the call.

        Raises UndeclaredDisclosure, ForbiddenAddress, Unreachable, Resting or NoAnswer.
        """
        assert not _is_in_transaction(), "no network call inside a database transaction"
        _let_out(call)
        breaker = self._breaker_of(call.url)
        tries = 1 + (self._limits.retries_max if _may_repeat(call) else 0)
        perhaps_done = False
        for count in range(1, tries + 1):
            breaker.enter(self._clock())
            try:
                answer = self._try(call)
            except OutboundError as error:
                breaker.failed(self._clock())
                perhaps_done = perhaps_done or isinstance(error, NoAnswer)
                if count == tries:
                    _give_up(error, perhaps_done=perhaps_done)
            else:
                breaker.told(self._clock(), well=answer.status < FAILURE_STATUS_MIN)
                if count == tries or answer.status not in RETRY_STATUSES:
                    return answer
            self._sleep(BACK_OFF_SECONDS * 2**count * (0.5 + self._chance() / 2))
        raise AssertionError("the last try returns or raises")

    def _breaker_of(self, url: str) -> _Breaker:
        with self._lock:
            return self._breakers.setdefault(urlsplit(url).netloc.lower(), _Breaker())

    def _try(self, call: Call) -> Answer:
        began = self._clock()
        status = 0
        try:
            answer = self._exchange(call, until=began + self._limits.total_s)
            status = answer.status
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreachable(type(error).__name__) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise NoAnswer(type(error).__name__) from error
        else:
            return answer
        finally:
            _log(call, status=status, seconds=self._clock() - began)

    def _exchange(self, call: Call, *, until: float) -> Answer:
        parts: list[bytes] = []
        size = 0
        with self._http.stream(
            call.method, call.url, headers=dict(call.headers), content=call.content or None
        ) as response:
            for part in response.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > self._limits.answer_bytes_max:
                    raise NoAnswer("the answer is too long")
                if self._clock() > until:
                    raise NoAnswer("the answer takes too long")
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(status=response.status_code, headers=headers, content=b"".join(parts))


def _is_in_transaction() -> bool:
    """The key server is asked before there are settings, and so no database."""
    return settings.configured and connection.in_atomic_block


class _Breaker:
    """Opens after FAILURES_MAX failures in a row; after a rest one call at a time tries again."""

    def __init__(self) -> None:
        self._failures = 0
        self._rests_until = 0.0
        self._lock = threading.Lock()

    def enter(self, at: float) -> None:
        with self._lock:
            if self._failures < FAILURES_MAX:
                return
            if at < self._rests_until:
                raise Resting("this host is left alone for a moment")
            self._rests_until = at + REST_SECONDS

    def told(self, at: float, *, well: bool) -> None:
        if not well:
            self.failed(at)
            return
        with self._lock:
            self._failures = 0

    def failed(self, at: float) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES_MAX:
                self._rests_until = at + REST_SECONDS


def _let_out(call: Call) -> None:
    """Noted before it leaves; what is not declared does not leave. Raises UndeclaredDisclosure."""
    texts: list[bytes | str] = [call.content, call.url, *call.headers.values()]
    refuse_undeclared(texts, disclosure=call.disclosure)
    if call.disclosure is not NO_PERSONAL_DATA:
        note(call.disclosure, way=Way.HTTP)


def _may_repeat(call: Call) -> bool:
    return call.repeatable or call.method in SAFE_METHODS


def _give_up(error: OutboundError, *, perhaps_done: bool) -> NoReturn:
    """If any try may have been done, the whole may have been done."""
    if perhaps_done and not isinstance(error, NoAnswer):
        raise NoAnswer("an earlier try went unanswered") from error
    raise error


def _log(call: Call, *, status: int, seconds: float) -> None:
    """Host, redacted path, status and time; never headers, bodies or queries."""
    address = urlsplit(call.url)
    logger.info(
        "Outbound call",
        extra={
            "method": call.method,
            "host": address.netloc.rpartition("@")[2],
            "path": "/".join(_redacted(part) for part in address.path.split("/")),
            "status": status,
            "milliseconds": round(seconds * 1000),
        },
    )


def _redacted(part: str) -> str:
    """A path part that may name a person or open something is hidden."""
    is_secret = "@" in part or "%" in part or len(part) > PATH_PART_MAX
    return "***" if is_secret else part
