"""A guest with a browser that needs no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tresen.domains.orders.queries import OrderFilter, list_orders
from tresen.domains.orders.types import OrderSummary
from tresen.foundation.ids import outer
from tresen.foundation.vault.links import make_link
from tresen.workflows.buying.order_links import ORDER_LINK
from tresen.workflows.buying.tests.make import NOON, SmallShop

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)"\s+value="([^"]*)"')
TYPED = {
    "email": "erika@example.com",
    "name": "Erika Beispiel",
    "country": "DE",
    "street": "Elbweg 7",
    "postcode": "22765",
    "city": "Hamburg",
    "delivery": "parcel-de",
    "payment": "bank_transfer",
}
HOSTILE = (
    "\x00",
    "a\x00b",
    "' OR 1=1 --",
    "%s %(x)s {0}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}{% debug %}",
    "../../etc/passwd",
    "\u202e\ufeff",
    "x" * 5_000,
    "9" * 400,
    "-1",
    "9e99999",
    "NaN",
    "٣",
)


@dataclass
class Guest:
    """Puts things into a cart and fills in forms."""

    shop: SmallShop
    browser: Client = field(default_factory=Client)
    language: str = "de"

    def get(self, path: str, **headers: str) -> Any:
        return self.browser.get(f"/{self.language}{path}", headers=headers)

    def post(self, path: str, **typed: object) -> Any:
        return self.browser.post(f"/{self.language}{path}", typed)

    def take(self, variant: UUID | None = None, *, quantity: object = 1, **more: object) -> Any:
        """Put one tea, or so many of that, into the cart."""
        chosen = outer("var", variant or self.shop.tea)
        return self.post("/cart/lines/", variant=chosen, quantity=quantity, **more)

    def checkout(self, **changes: str) -> dict[str, str]:
        """The checkout's form as it would be sent: what the page hides, and what is typed."""
        page = self.get("/checkout/").content.decode()
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(page)}
        assert "key" in hidden, page
        return hidden | TYPED | changes

    def order(self, **changes: str) -> str:
        """Buy one tea; the path of the order's page."""
        self.take()
        answer = self.post("/checkout/order/", **self.checkout(**changes))
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"]).removeprefix(f"/{self.language}").partition("?")[0]


def orders() -> list[OrderSummary]:
    return list_orders(narrow=OrderFilter())


def order_path(order_id: UUID, *, days: int = 30) -> str:
    """The signed page of an order, without its language."""
    until = NOON + timedelta(days=days)
    return f"/orders/{make_link(order_id, purpose=ORDER_LINK, until=until)}/"


def statements(ask: Callable[[], Any]) -> int:
    """How many, besides the marks of nested transactions that only a test has."""
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code < 400
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)
