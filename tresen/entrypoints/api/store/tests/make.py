"""A customer's program: it sends JSON with a publishable key and speaks a language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import KEY, SmallShop, small_shop

API = "/api/store/v1"
ADDRESS: Mapping[str, str] = {
    "name": "Erika Beispiel",
    "street": "Elbweg 7",
    "postcode": "22765",
    "city": "Hamburg",
    "country": "DE",
}
ADDRESSEE: Mapping[str, Any] = {"email": "erika@example.com", "address": ADDRESS}


@dataclass
class Program:
    """Sends requests; `say` is the whole exchange, the others are shorter."""

    key: str = KEY
    language: str = "de"
    client: Client = field(default_factory=Client)

    def say(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """One request with a JSON body, or with the very text or bytes that are given."""
        known = {"x-publishable-key": self.key, "accept-language": self.language}
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.generic(
            method,
            f"{API}{path}",
            data=raw,
            content_type=given.pop("content-type", JSON),
            headers={name: text for name, text in (known | given).items() if text},
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.say("GET", path, b"", **headers)

    def put(self, path: str, body: object, **headers: str) -> Any:
        return self.say("PUT", path, body, **headers)

    def delete(self, path: str) -> Any:
        return self.say("DELETE", path, b"")

    def post(self, path: str, body: object, *, key: str = "", **headers: str) -> Any:
        return self.say("POST", path, body, idempotency_key=key, **headers)


JSON = "application/json"


@dataclass(frozen=True)
class Desk:
    """A shop and a program at its door."""

    shop: SmallShop
    program: Program

    @property
    def tea(self) -> str:
        return outer("var", self.shop.tea)

    @property
    def mug(self) -> str:
        return outer("var", self.shop.mug)


def desk(*, pieces: int = 10) -> Desk:
    return Desk(small_shop(pieces=pieces), Program())


def new_cart(program: Program, *lines: Mapping[str, object]) -> str:
    """A cart with one tea, or with these lines; its id."""
    wanted = list(lines) or [{"sku": "TEA"}]
    made = program.post("/carts", {"lines": wanted})
    assert made.status_code == 201, made.content
    return str(made.json()["id"])


def ready_cart(program: Program, *lines: Mapping[str, object], payment: str = "") -> str:
    """A cart that only waits for the order."""
    cart = new_cart(program, *lines)
    steps = (
        ("address", ADDRESSEE),
        ("delivery", {"code": "parcel-de"}),
        ("payment", {"method": payment or "bank_transfer"}),
    )
    for step, body in steps:
        answer = program.put(f"/carts/{cart}/{step}", body)
        assert answer.status_code == 200, answer.content
    return cart


def placed(program: Program, *lines: Mapping[str, object], payment: str = "") -> str:
    """The token of an order."""
    cart = ready_cart(program, *lines, payment=payment)
    answer = program.post("/orders", {"cart": cart}, key=f"order-{cart}")
    assert answer.status_code == 201, answer.content
    return str(answer.json()["token"])
