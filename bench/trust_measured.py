"""The measuring half of bench.trust."""

from __future__ import annotations

import io
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any, cast
from unittest import mock
from uuid import UUID

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction

from tresen.domains.carts import commands as carts_commands
from tresen.domains.carts import queries as carts
from tresen.domains.privacy.commands import persons
from tresen.domains.security.commands import seal_deeds
from tresen.foundation import clock, sql
from tresen.foundation.audit import deeds
from tresen.foundation.ids import new_id
from tresen.foundation.vault import data_keys, sealing
from tresen.workflows.buying.tests.make import KEY, small_shop

WARM_UP = 40
"""Turns before anything is counted: by then statements are prepared."""
SEED, DRAWS = 20261126, 400
PIECES = 1_000_000
ADDRESS = {
    "name": "Bente Beispiel",
    "street": "Elbweg 7",
    "postcode": "22765",
    "city": "Hamburg",
    "country": "DE",
}
NO_KEY = data_keys.DataKey(UUID(int=1), UUID(int=2), "none", restricted=False, secret=bytes(32))


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU milliseconds for each order: of this process, and of the database that serves it."""

    web: float
    database: float

    @property
    def total(self) -> float:
        return self.web + self.database


@dataclass(frozen=True, slots=True)
class Order:
    """What one order cost: the placing alone, and the whole way from an empty cart."""

    placing: Spent
    journey: Spent


def measure(*, turns: int) -> dict[str, object]:
    """Each turn buys once in each manner, in changing order; single orders are compared."""
    with transaction.atomic():
        small_shop(pieces=PIECES)
    shop = _Shop()
    found: dict[str, list[Order]] = {name: [] for name in VARIANTS}
    for turn in range(WARM_UP + turns):
        at = turn % len(VARIANTS)
        for name in (*list(VARIANTS)[at:], *list(VARIANTS)[:at]):
            with VARIANTS[name]():
                order = shop.buy()
            if turn >= WARM_UP:
                found[name].append(order)
    both, neither = found["encryption_and_audit"], found["neither"]
    return {
        "orders_each": turns,
        "cpu_ms_an_order": {
            name: {
                "placing": _spread([one.placing for one in taken]),
                "journey": _spread([one.journey for one in taken]),
            }
            for name, taken in found.items()
        },
        "share_of_placing_percent": _share(
            [one.placing for one in both], [one.placing for one in neither]
        ),
        "share_of_journey_percent": _share(
            [one.journey for one in both], [one.journey for one in neither]
        ),
        "statements_of_placing": {
            name: _statements(shop, variant) for name, variant in VARIANTS.items()
        },
        "sealing_the_audit_cpu_ms_a_deed": _sealing(),
    }


class _Shop:
    """Asks the store API as a shop front does; counts what it costs here and in the database."""

    def __init__(self) -> None:
        self._app = WSGIHandler()
        self._number = 0
        connection.ensure_connection()
        ((pid,),) = sql.rows("SELECT pg_backend_pid()")
        self._backend = Path(f"/proc/{pid}/schedstat")

    def prepare(self) -> str:
        """Somebody new each time: a person, an address and keys that were not there before."""
        self._number += 1
        cart = str(self.call("POST", "/carts", {})["id"])
        for sku in ("TEA", "MUG"):
            self.call("POST", f"/carts/{cart}/lines", {"sku": sku, "quantity": 1})
        to = {"email": f"bench{self._number}@example.com", "address": ADDRESS}
        self.call("PUT", f"/carts/{cart}/address", to)
        self.call("PUT", f"/carts/{cart}/delivery", {"code": "parcel-de"})
        self.call("PUT", f"/carts/{cart}/payment", {"method": "bank_transfer"})
        return cart

    def place(self, cart: str) -> None:
        self.call("POST", "/orders", {"cart": cart}, key=f"bench-{cart}")

    def buy(self) -> Order:
        begun = self.used()
        cart = self.prepare()
        prepared = self.used()
        self.place(cart)
        placed = self.used()
        return Order(_spent(prepared, placed), _spent(begun, placed))

    def used(self) -> Spent:
        """So far, in milliseconds."""
        database = int(self._backend.read_text().split()[0]) / 1e6
        return Spent(time.process_time() * 1e3, database)

    def call(self, method: str, path: str, body: object, *, key: str = "") -> dict[str, Any]:
        raw, status = json.dumps(body).encode(), list[str]()
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": f"/api/store/v1{path}",
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(raw)),
            "HTTP_HOST": "localhost",
            "HTTP_X_PUBLISHABLE_KEY": KEY,
            "HTTP_ACCEPT_LANGUAGE": "de",
            "HTTP_IDEMPOTENCY_KEY": key,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(raw),
            "wsgi.errors": sys.stderr,
        }
        answer = self._app(environ, lambda said, *_: status.append(said))
        text = b"".join(answer)
        answer.close()
        assert status[0] < "4", f"{method} {path}: {status[0]} {text.decode()[:500]}"
        return cast("dict[str, Any]", json.loads(text))


def _spent(begun: Spent, ended: Spent) -> Spent:
    return Spent(ended.web - begun.web, ended.database - begun.database)


def _spread(spent: list[Spent]) -> dict[str, float]:
    totals = sorted(one.total for one in spent)
    return {
        "web": round(median(one.web for one in spent), 3),
        "database": round(median(one.database for one in spent), 3),
        "total": round(median(totals), 3),
        "total_quarter": round(totals[len(totals) // 4], 3),
        "total_three_quarters": round(totals[len(totals) * 3 // 4], 3),
    }


def _share(both: list[Spent], neither: list[Spent]) -> dict[str, float]:
    """How much of an order's time goes there: the median of the differences between neighbours.

    `low` and `high` hold nine tenths of what drawing the same turns anew gives.
    """
    pairs = [(a.total, b.total) for a, b in zip(both, neither, strict=True)]
    dice = random.Random(SEED)
    drawn = sorted(_part(dice.choices(pairs, k=len(pairs))) for _ in range(DRAWS))
    return {
        "median": round(_part(pairs), 1),
        "low": round(drawn[DRAWS // 20], 1),
        "high": round(drawn[-1 - DRAWS // 20], 1),
    }


def _part(pairs: list[tuple[float, float]]) -> float:
    return 100 * median(a - b for a, b in pairs) / median(a for a, _ in pairs)


def _statements(shop: _Shop, variant: Callable[[], Any]) -> int:
    with variant():
        cart = shop.prepare()
        connection.force_debug_cursor = True
        before = len(connection.queries_log)
        shop.place(cart)
        count = len(connection.queries_log) - before
        connection.force_debug_cursor = False
    return count


def _sealing() -> float:
    """The chain over all deeds so far, in this process: what the timetable does each minute."""
    begun = time.process_time()
    sealed = seal_deeds(now=clock.now())
    return round((time.process_time() - begun) * 1e3 / max(sealed, 1), 3)


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


@contextmanager
def _without_encryption() -> Iterator[None]:
    """No key is asked for, nothing is sealed or opened, and an index is the value itself."""
    plain = carts._CART.replace(data_keys.COLUMNS, "NULL, NULL, NULL, NULL, NULL, NULL").replace(  # noqa: SLF001
        "LEFT JOIN vault.data_key k ON k.subject = c.id AND k.class = 'cart'", ""
    )
    with ExitStack() as stack:
        for real, instead in _INSTEAD_OF_KEYS.items():
            _everywhere(stack, real, instead)
        stack.enter_context(mock.patch.object(carts, "_CART", plain))
        yield


@contextmanager
def _without_audit() -> Iterator[None]:
    with ExitStack() as stack:
        _everywhere(stack, deeds.record, lambda _deed, **_: UUID(int=0))
        _everywhere(stack, deeds.record_read, lambda **_: UUID(int=0))
        yield


@contextmanager
def _without_both() -> Iterator[None]:
    with _without_encryption(), _without_audit():
        yield


VARIANTS: Mapping[str, Callable[[], Any]] = {
    "encryption_and_audit": _as_it_is,
    "encryption_only": _without_audit,
    "audit_only": _without_encryption,
    "neither": _without_both,
}


class _AskedPerson:
    def __init__(self, asked: sql.Asked[UUID], names: Sequence[str]) -> None:
        self._asked, self._names = asked, names

    def answer(self) -> tuple[UUID, dict[str, data_keys.DataKey]]:
        return self._asked.answer(), dict.fromkeys(["profile", *self._names], NO_KEY)


_PLAIN_PERSON = """
WITH known AS (
  SELECT person_id FROM privacy_identifier WHERE kind = 'email' AND index = %s
), noted AS (
  INSERT INTO privacy_identifier AS i (id, person_id, kind, index, value)
  SELECT %s, %s, 'email', %s, %s WHERE NOT EXISTS (SELECT FROM known)
  ON CONFLICT (index) WHERE kind = 'email' DO UPDATE SET kind = i.kind
  RETURNING i.id, i.person_id
), fresh AS (
  INSERT INTO privacy_person (id, made_at) SELECT person_id, %s FROM noted WHERE id = %s
)
SELECT person_id FROM known UNION ALL SELECT person_id FROM noted
"""


def _ask_person(*, email: str, now: datetime, classes: Sequence[str] = ()) -> _AskedPerson:
    """A shop has a table of its customers, encrypted or not."""
    value, row = email.encode(), new_id()
    asked = sql.ask(
        _PLAIN_PERSON,
        (value, row, new_id(), value, value, now, row),
        shape=lambda rows: cast("UUID", rows[0][0]),
    )
    return _AskedPerson(asked, classes)


def _close_cart(*, cart_id: UUID, order_id: UUID, now: datetime) -> None:
    sql.run(
        "UPDATE carts_cart SET is_open = false, order_id = %s, contact = NULL, address = NULL,"
        " billing = NULL, email_index = NULL, touched_at = %s WHERE id = %s AND is_open",
        (order_id, now, cart_id),
    )


def _json(value: object, **_: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


_INSTEAD_OF_KEYS: Mapping[Callable[..., Any], Callable[..., Any]] = {
    sealing.seal: lambda clear, **_: clear,
    sealing.unseal: lambda text, **_: text,
    sealing.seal_json: _json,
    sealing.unseal_json: lambda text, **_: json.loads(text),
    sealing.prefetch: lambda _texts: None,
    sealing.blind_index: lambda value, **_: value.encode(),
    sealing.blind_indexes: lambda value, **_: [value.encode()],
    data_keys.keys_for: lambda _subject, *names: dict.fromkeys(map(str, names), NO_KEY),
    persons.ask_person: _ask_person,
    carts_commands.close_cart: _close_cart,
}


def _everywhere(stack: ExitStack, real: object, instead: object) -> None:
    """In every module of the house that has it by that name."""
    for module, place in _places_of(real):
        stack.enter_context(mock.patch.object(module, place, instead))


@lru_cache
def _places_of(real: object) -> list[tuple[ModuleType, str]]:
    return [
        (module, place)
        for name, module in list(sys.modules.items())
        if name.startswith("tresen.")
        for place, value in list(vars(module).items())
        if value is real
    ]
