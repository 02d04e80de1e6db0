"""Nobody finds out who has an account: not by status, words, headers, statements or hash work (S7).

No stopwatch: what takes time is counted. Over many known and unknown addresses the kinds of
statements, their number, and the calls of argon2 must be one and the same set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tresen.domains.accounts.models import User
from tresen.domains.accounts.queries import find_login_at
from tresen.entrypoints.storefront.account import by_mail
from tresen.entrypoints.storefront.account.tests.make import Shopper, Time, letters
from tresen.workflows.trusting import sign_in
from tresen.workflows.trusting.ask_by_mail import ask_for_mail

pytestmark = pytest.mark.django_db
SAMPLES = 6
_FURNITURE = re.compile(r"catalog_|compliance_|stores_|security_freeze")
"""Header, footer and the freeze switch: asked once in some seconds, whoever comes."""
_CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|[A-Za-z0-9_-]{50,}|data-passkey-options="[^"]*"'
    r'|nonce="[^"]*"'
    r"|(?:known|alien)\d+@example\.com"
)
_VALUES = re.compile(r"\"s\d+_x\d+\"|'[^']*'(?:::\w+)?|\b\d+\b|%s|NULL")

Door = Callable[[Shopper, str], Any]
DOORS: dict[str, Door] = {
    "sign in": lambda who, address: who.sign_in(address, "falsch geraten"),
    "sign up": lambda who, address: who.post("/account/sign-up/", email=address),
    "reset": lambda who, address: who.post("/account/password/forgotten/", email=address),
    "mailed link": lambda who, address: who.post("/account/sign-in/mail/", email=address),
}


def _code(who: Shopper, address: str) -> Any:
    page = who.post("/account/sign-in/mail/", email=address)["Location"]
    letters()
    return who.post(page, code="00000000")


@pytest.fixture
def known(erika: Shopper) -> list[str]:
    """Accounts, some of them without a password."""
    addresses = [f"known{number}@example.com" for number in range(SAMPLES)]
    for number, address in enumerate(addresses):
        Shopper(erika.time).open_account(address, password="" if number % 3 == 2 else "p" * 12)
    letters()
    return addresses


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often argon2 was asked to work."""
    calls: Counter[str] = Counter()
    for name in ("encode", "verify"):
        work = getattr(Argon2PasswordHasher, name)

        def counted(self: Any, *args: Any, _work: Any = work, **more: Any) -> Any:
            calls["hashed"] += 1
            return _work(self, *args, **more)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    return calls


def seen(door: Door, addresses: list[str], time: Time, hashes: Counter[str]) -> set[Any]:
    """Everything that an onlooker could measure, once for each address."""
    found = set()
    for address in addresses:
        who = Shopper(time)
        hashes.clear()
        with CaptureQueriesContext(connection) as captured:
            answer = door(who, address)
        statements = tuple(
            _VALUES.sub("?", query["sql"])
            for query in captured
            if not _FURNITURE.search(query["sql"])
        )
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name not in {"Set-Cookie", "Expires", "X-Request-Id", "Content-Security-Policy"}
        }
        body = _CHANGING.sub("…", answer.content.decode())
        place = _CHANGING.sub("…", str(sorted(headers.items())))
        cookies = tuple(sorted(answer.cookies))
        found.add((answer.status_code, body, place, cookies, statements, hashes["hashed"]))
    return found


@pytest.mark.parametrize("name", DOORS)
def test_known_and_unknown_addresses_are_answered_alike(
    name: str, known: list[str], erika: Shopper, hashes: Counter[str]
) -> None:
    unknown = [f"alien{number}@example.com" for number in range(SAMPLES)]

    of_known = seen(DOORS[name], known, erika.time, hashes)
    of_unknown = seen(DOORS[name], unknown, erika.time, hashes)

    assert len(of_known) == 1, "nor is one account told from another"
    assert of_known == of_unknown


def test_the_code_of_a_mail_is_refused_alike(
    known: list[str], erika: Shopper, hashes: Counter[str]
) -> None:
    """The letters differ, the page does not."""
    unknown = [f"alien{number}@example.com" for number in range(SAMPLES)]

    of_known = {row[:4] for row in seen(_code, known, erika.time, hashes)}
    of_unknown = {row[:4] for row in seen(_code, unknown, erika.time, hashes)}

    assert len(of_known) == 1
    assert of_known == of_unknown


def test_a_sign_in_that_hashes_for_accounts_alone_is_found_out(
    known: list[str], erika: Shopper, hashes: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the usual mistake shows in the count."""
    fits = sign_in._fits
    monkeypatch.setattr(
        sign_in, "_fits", lambda stored, password: bool(stored) and fits(stored, password)
    )

    of_known = seen(DOORS["sign in"], known, erika.time, hashes)
    of_unknown = seen(DOORS["sign in"], ["alien1@example.com"], erika.time, hashes)

    assert of_known.isdisjoint(of_unknown)


def test_a_reset_that_looks_first_is_found_out(
    known: list[str], erika: Shopper, hashes: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: so does one more statement."""

    def curious(**given: Any) -> Any:
        if find_login_at(given["address"]):
            User.objects.count()
        return ask_for_mail(**given)

    monkeypatch.setattr(by_mail, "ask_for_mail", curious)

    of_known = seen(DOORS["reset"], known, erika.time, hashes)
    of_unknown = seen(DOORS["reset"], ["alien1@example.com"], erika.time, hashes)

    assert of_known.isdisjoint(of_unknown)


def test_too_many_mails_are_refused_alike(known: list[str], erika: Shopper) -> None:
    erika.time.pass_by(hours=2)
    for address in (known[0], "alien1@example.com"):
        asked = [erika.post("/account/sign-up/", email=address).status_code for _ in range(7)]
        assert asked == [302] * 5 + [429] * 2
