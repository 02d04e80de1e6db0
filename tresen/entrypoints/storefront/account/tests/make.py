"""A shopper with a browser that needs no scripts, and the letters that reach them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from django.test import Client

from tresen.domains.accounts.events import CredentialsChanged, ProofAskedFor
from tresen.domains.accounts.queries import find_shopper_at
from tresen.domains.accounts.types import ShopperRow
from tresen.domains.conversations.commands import claim_letter, mark_sent
from tresen.domains.conversations.types import Letter, LetterKind
from tresen.foundation import sql
from tresen.foundation.journal.events import Event, revive
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.reactions.credentials_changed import ask_was_this_you
from tresen.workflows.reactions.proof_asked_for import write_what_fits

ERIKA = "erika@example.com"
PASSWORD = "korb moewe anker"
_HEARD: Mapping[str, tuple[type[Event], Any]] = {
    "ProofAskedFor": (ProofAskedFor, write_what_fits),
    "CredentialsChanged": (CredentialsChanged, ask_was_this_you),
}
CONFIRM = LetterKind.ACCOUNT_CONFIRM_DEVICE
_PATH = re.compile(r"https?://[^/]+(/\S*)")


@dataclass
class Time:
    """The clock of these tests; it goes on when told to."""

    now: datetime = NOON

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Shopper:
    """Somebody with a browser of their own."""

    time: Time
    browser: Client = field(default_factory=lambda: Client(headers={"accept-language": "de"}))
    language: str = "de"

    def get(self, path: str, **query: str) -> Any:
        return self.browser.get(self._whole(path), query)

    def post(self, path: str, **typed: object) -> Any:
        return self.browser.post(self._whole(path), typed)

    def open_account(
        self, address: str = ERIKA, *, password: str = PASSWORD, name: str = "Erika Beispiel"
    ) -> ShopperRow:
        """The way everybody takes: address, mail, link, account."""
        self.post("/account/sign-up/", email=address)
        answer = self.post(link_of(the_letter()), name=name, password=password)
        assert answer.status_code == 302, answer.content.decode()
        found = find_shopper_at(address)
        assert found is not None
        return found

    def sign_in(self, address: str = ERIKA, password: str = PASSWORD, **more: str) -> Any:
        """At a new device with the code that comes by mail; its letters are read then."""
        answer = self.try_password(address, password, **more)
        if "/mailed/" not in answer.headers.get("Location", ""):
            return answer
        (code,) = [code_of(one) for one in letters() if one.kind is CONFIRM]
        answer = self.post(answer["Location"], code=code)
        (told,) = letters()
        assert told.kind is LetterKind.ACCOUNT_NEW_DEVICE
        return answer

    def try_password(self, address: str = ERIKA, password: str = PASSWORD, **more: str) -> Any:
        return self.post("/account/sign-in/", email=address, password=password, **more)

    def is_in(self) -> bool:
        return bool(self.get("/account/").status_code == 200)

    def _whole(self, path: str) -> str:
        return path if path.startswith(("/de/", "/en/")) else f"/{self.language}{path}"


def hear() -> None:
    """The house hears what was announced, as its relay would."""
    facts = sql.rows("SELECT id, kind, body, happened_at FROM journal_fact ORDER BY id")
    for fact_id, kind, body, happened_at in facts:
        known = _HEARD.get(str(kind))
        if known is not None:
            event, listener = known
            at = cast("datetime", happened_at)
            listener(revive(event, body=json.loads(str(body)), happened_at=at))
        sql.run("DELETE FROM journal_fact WHERE id = %s", (fact_id,))


def letters() -> list[Letter]:
    """Everything that waits to be carried, oldest first."""
    hear()
    found, late = [], NOON + timedelta(days=400)
    while letter := claim_letter(now=late):
        mark_sent(letter_id=letter.id, now=late)
        found.append(letter)
    return found


def the_letter() -> Letter:
    """The only one."""
    (letter,) = letters()
    return letter


def link_of(letter: Letter) -> str:
    """Its path, as somebody would click it."""
    match = _PATH.fullmatch(str(letter.payload["link_url"]))
    assert match is not None
    return match[1]


def code_of(letter: Letter) -> str:
    return str(letter.payload["code"])
