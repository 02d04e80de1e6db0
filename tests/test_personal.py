"""After orders, nobody who reads tables, a dump, files or logs reads who ordered; keys aside.

Hundreds of planted words: names, streets, towns, addresses, numbers, tracking numbers, notes of a
payment service. With encryption switched off the same search finds them.
"""

from __future__ import annotations

import io
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from tresen.domains.carts.types import Address, Contact
from tresen.domains.fulfilment.commands import pack_parcel
from tresen.domains.fulfilment.types import DeliveryKind, ParcelLine
from tresen.domains.orders.events import OrderPlaced
from tresen.domains.orders.queries import get_order
from tresen.domains.payments.commands import store_notice
from tresen.domains.privacy.commands import person_for_email
from tresen.domains.tax.commands import load_rates
from tresen.domains.tax.rules import shipped_rates
from tresen.entrypoints.shared.logs import configure_logs
from tresen.foundation.actor import GUEST, SYSTEM
from tresen.foundation.audit.deeds import Deed, record
from tresen.foundation.vault import sealing
from tresen.operations.postgres.binaries import packaged_binaries
from tresen.operations.postgres.layout import Layout
from tresen.operations.postgres.provision import superuser
from tresen.workflows.buying.place_order import place_order
from tresen.workflows.buying.prepare_order import address_cart, deliver_cart_by, pay_cart_by
from tresen.workflows.buying.tests.make import NOON, SmallShop, filled_cart, small_shop
from tresen.workflows.reactions.order_placed import confirm_by_mail

pytestmark = pytest.mark.django_db(transaction=True)
GUESTS = 30
WORDS_MIN = 200


@dataclass(frozen=True)
class Canary:
    """One guest, every word of whom is found nowhere else in the world."""

    number: int

    @property
    def contact(self) -> Contact:
        return Contact(email=f"kanari{self.number:03d}vogel@example.org", phone=self.phone)

    @property
    def phone(self) -> str:
        return f"+4917055{self.number:05d}"

    @property
    def address(self) -> Address:
        return Address(
            name=f"Kanarine{self.number:03d} Vogelsang",
            company=f"Käfigbau{self.number:03d}",
            street=f"Zwitscherweg{self.number:03d} 7",
            extra=f"Hinterhaus{self.number:03d}q",
            postcode="20357",
            city=f"Piepshausen{self.number:03d}",
            country="DE",
        )

    @property
    def tracking(self) -> str:
        return f"00340{self.number:04d}77661"

    def words(self) -> list[str]:
        home = self.address
        typed = (home.name, home.company, home.street, home.extra, home.city)
        more = (f"Notiz{self.number:03d}piep", f"Karte{self.number:03d}piep")
        return [*typed, self.contact.email, self.phone, self.tracking, *more]


@transaction.atomic
def _shop() -> SmallShop:
    load_rates(shipped_rates())  # an earlier test that commits has emptied the tables
    return small_shop(pieces=100)


def _lives(shop: SmallShop, canary: Canary) -> None:
    """A guest orders, gets a letter and a parcel, and is spoken of."""
    cart_id = filled_cart(shop, (shop.tea, 1))
    _address(shop, cart_id, canary)
    placed = place_order(
        cart_id=cart_id,
        channel=shop.channel,
        key=f"canary-{canary.number}",
        seen_total=None,
        texts={},
        now=NOON,
        actor=GUEST,
    )
    _is_cared_for(canary, get_order(placed.order_id).id)
    _address(shop, filled_cart(shop, (shop.tea, 1)), canary)  # and one cart stays open


def _address(shop: SmallShop, cart_id: object, canary: Canary) -> None:
    asked = {"cart_id": cart_id, "channel": shop.channel, "locale": "de", "now": NOON}
    address_cart(
        **asked, contact=canary.contact, address=canary.address, billing=None, pickup=False
    )
    deliver_cart_by(**asked, delivery_code="parcel-de")
    pay_cart_by(**asked, payment_method="bank_transfer")


@transaction.atomic
def _is_cared_for(canary: Canary, order_id: object) -> None:
    order = get_order(order_id)
    confirm_by_mail(
        [
            OrderPlaced(
                happened_at=NOON,
                order_id=str(order.id),
                channel_code=order.channel_code,
                payment_method=order.payment_method,
                gross_minor=order.gross.minor,
                currency=order.gross.currency,
            )
        ]
    )
    pack_parcel(
        order_id=order.id,
        person_id=order.person_id,
        kind=DeliveryKind.PARCEL,
        carrier="dhl",
        tracking=canary.tracking,
        location="lager",
        lines=[ParcelLine(order_line_id=order.lines[0].id, quantity=1)],
        now=NOON,
        actor=SYSTEM,
    )
    store_notice(
        provider="demo_card",
        event_id=f"evt-{canary.number}",
        kind="paid",
        body=f'{{"holder": "Karte{canary.number}piep"}}',
        now=NOON,
    )
    person = person_for_email(email=canary.contact.email, now=NOON)
    note = f"Notiz{canary.number}piep"
    record(Deed(action="order.note", actor=SYSTEM, persons=(person,), note=note), now=NOON)


def _dumped() -> bytes:
    """Every row as text, and the bytes that stand in it as digits."""
    database = settings.DATABASES["default"]
    dump = subprocess.run(
        [packaged_binaries() / "pg_dump", "--inserts", "-h", database["HOST"], "-U",
         database["USER"], "-p", str(database["PORT"]), connection.settings_dict["NAME"]],
        env={"PGPASSWORD": database["PASSWORD"]}, capture_output=True, check=True,
    ).stdout  # fmt: skip
    return dump + b"\n" + _unhexed(dump)


def _filed(*, since: float) -> bytes:
    """What was written since then: the server's own files and logs, and the data folder."""
    layout = Layout(Path(settings.DATA))
    with superuser(
        layout, port=int(settings.DATABASES["default"]["PORT"]), database="postgres"
    ) as server:
        server.execute("CHECKPOINT")
    cluster = layout.cluster.resolve()
    with connection.cursor() as cursor:  # the tests beside this one; the log, which all share, is
        cursor.execute("SELECT oid FROM pg_database WHERE datname <> current_database()")
        others = {cluster / "base" / str(oid) for (oid,) in cursor.fetchall()}
    paths = {*Path(settings.DATA).resolve().rglob("*"), *cluster.rglob("*")}
    return b"\n".join(
        path.read_bytes()
        for path in paths
        if others.isdisjoint(path.parents) and _is_worth_it(path, since=since)
    )


def _is_worth_it(path: Path, *, since: float) -> bool:
    """A file that is new or was changed; the keys aside."""
    try:
        written = path.stat().st_mtime if path.is_file() else 0
    except OSError:
        return False
    return written >= since and "keys" not in path.parts


def _unhexed(dump: bytes) -> bytes:
    """Bytes stand as hexadecimal digits in a dump; a lazy cipher would hide behind them."""
    return b"\n".join(
        bytes.fromhex(text.decode()) for text in re.findall(rb"\\x((?:[0-9a-f]{2})+)", dump)
    )


def _found(words: Sequence[str], where: bytes) -> set[str]:
    return {word for word in words if word.encode() in where}


@pytest.mark.slow
def test_nothing_that_lies_around_tells_who_ordered() -> None:
    canaries = [Canary(number) for number in range(GUESTS)]
    planted = [word for canary in canaries for word in canary.words()]
    assert len(planted) >= WORDS_MIN
    logs, begun = io.StringIO(), time.time()
    configure_logs(stream=logs)
    shop = _shop()
    for canary in canaries:
        _lives(shop, canary)

    around = _dumped() + _filed(since=begun) + logs.getvalue().encode()

    assert _found(planted, around) == set()


class _NoCipher:
    """In place of AES-GCM: what goes in comes out."""

    def __init__(self, _key: bytes) -> None:
        pass

    def encrypt(self, _nonce: bytes, clear: bytes, _data: bytes) -> bytes:
        return clear + b"0" * 16

    def decrypt(self, _nonce: bytes, sealed: bytes, _data: bytes) -> bytes:
        return sealed[:-16]


@pytest.mark.slow
def test_control_without_encryption_every_planted_word_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sealing, "AESGCM", _NoCipher)
    canary, begun = Canary(990), time.time()
    _lives(_shop(), canary)

    assert _found(canary.words(), _dumped()) == set(canary.words())
    assert len(_found(canary.words(), _filed(since=begun))) > 5, "but for what two pages share"
