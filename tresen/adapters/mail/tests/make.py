"""Letters for tests of those who write and carry them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from tresen.domains.conversations.types import Enclosure, Letter, LetterKind

LETTER_ID = UUID("01910000-0000-7000-8000-000000000001")
QUEUED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)

SHOP = {
    "name": "Kontor Altona",
    "legal_name": "Kontor Altona GmbH",
    "street": "Große Elbstraße 1",
    "place": "22767 Hamburg",
    "email": "moin@kontor.example",
    "phone": "+49 40 1234567",
    "vat_id": "DE123456789",
    "register": "Amtsgericht Hamburg, HRB 12345",
    "managers": "Jette Petersen",
}
BASICS: dict[str, object] = {
    "channel": "web-de",
    "zone": "Europe/Berlin",
    "shop": SHOP,
    "name": "Hanna Müller",
    "number": "100007",
    "placed_at": "2026-11-20T23:30:00+00:00",
    "order_url": "https://shop.example/de/orders/abc/",
    "withdrawal_url": "https://shop.example/de/withdrawal/",
}


def euro(minor: int) -> dict[str, object]:
    return {"minor": minor, "currency": "EUR"}


def line(
    title: str, *, quantity: int = 1, minor: int = 1290, options: str = ""
) -> dict[str, object]:
    return {
        "title": title,
        "options": options,
        "sku": "K-1",
        "quantity": quantity,
        "unit": euro(minor),
        "gross": euro(minor * quantity),
    }


DELIVERY: dict[str, object] = {
    "kind": "parcel",
    "name": "Standardversand",
    "carrier": "DHL",
    "place": "",
    "earliest_on": "2026-11-24",
    "latest_on": "2026-11-26",
}
PICKUP: dict[str, object] = DELIVERY | {"kind": "pickup", "place": "Kontor Altona"}
PAYMENT: dict[str, object] = {
    "method": "bank_transfer",
    "is_paid": False,
    "holder": "Kontor Altona GmbH",
    "iban": "DE02120300000000202051",
    "bic": "BYLADEM1001",
    "reference": "RF18100007",
}
REQUEST: dict[str, object] = {
    "link_url": "https://shop.example/de/my-data/abc/",
    "until_on": "2026-12-01",
    "due_on": "2026-12-24",
    "wish": "Please erase <everything> & more.",
    "answer": "It is done.",
    "reason": "There are many requests.",
    "ground": "Art. 12(3) GDPR",
}
"""What letters about somebody's data name, all of it."""
LINK: dict[str, object] = {
    "link_url": "https://shop.example/de/account/link/abc/",
    "link_host": "shop.example",
    "until_at": "2026-11-20T14:00:00+00:00",
    "code": "",
}
DEVICE: dict[str, object] = {
    "device": "Firefox, Windows",
    "seen_at": "2026-11-20T12:00:00+00:00",
    "is_staff": False,
}
MORE: dict[LetterKind, dict[str, object]] = {
    LetterKind.ORDER_PLACED: {
        "lines": [
            line("Kaffee Speicherstadt", options="Mahlgrad: Filter"),
            line("Lampe <b>«Övelgönne»</b> & Halter", quantity=2, minor=3990),
        ],
        "goods": euro(9270),
        "delivery_price": euro(490),
        "net": euro(8335),
        "gross": euro(9760),
        "taxes": [
            {"rate_bp": 700, "treatment": "reduced", "tax": euro(87)},
            {"rate_bp": 2550, "treatment": "standard", "tax": euro(1338)},
        ],
        "address": ["Hanna Müller", "Ölmühle 7", "20357 Hamburg", "DE"],
        "billing": ["Müller & Co", "Ring 1", "1010 Wien", "AT"],
        "delivery": DELIVERY,
        "payment": PAYMENT,
        "texts": {},
    },
    LetterKind.PAYMENT_RECEIVED: {"amount": euro(9760), "delivery": DELIVERY},
    LetterKind.ORDER_SHIPPED: {
        "carrier": "DHL",
        "tracking": "00340434161094",
        "lines": [line("Kaffee Speicherstadt", quantity=2)],
        "rest": [line("Becher", options="Farbe: Blau")],
        "address": ["Hanna Müller", "Ölmühle 7", "20357 Hamburg", "DE"],
        "delivery": DELIVERY,
    },
    LetterKind.ORDER_CANCELLED: {
        "was_paid": True,
        "gross": euro(9760),
        "lines": [line("Kaffee Speicherstadt")],
        "method": "demo_card",
    },
    LetterKind.REFUND_MADE: {"amount": euro(9760), "method": "demo_card"},
    LetterKind.ORDER_REFUSED: {
        "was_paid": True,
        "gross": euro(9760),
        "lines": [line("Kaffee Speicherstadt")],
    },
    LetterKind.SAFER_PAYMENT: {"gross": euro(9760)},
    LetterKind.AUDIT_ROOT: {"paragraphs": ["Keep this."], "line": "seal 7"},
    LetterKind.PERSON_ANSWERED: {"in_favour": True, "about": "order"},
    LetterKind.MY_DATA_LINK: REQUEST,
    LetterKind.REQUEST_RECEIVED: REQUEST,
    LetterKind.REQUEST_EXTENDED: REQUEST,
    LetterKind.REQUEST_ANSWERED: REQUEST,
    LetterKind.OPT_IN: REQUEST,
    LetterKind.BREACH_NOTICE: {"paragraphs": ["What happened: …", "Who answers: Wiebke & Co"]},
    LetterKind.ACCOUNT_SIGN_UP: LINK,
    LetterKind.ACCOUNT_EXISTS: LINK | {"code": "1234 5678"},
    LetterKind.ACCOUNT_SIGN_IN: LINK | {"code": "1234 5678"},
    LetterKind.ACCOUNT_NONE: LINK,
    LetterKind.ACCOUNT_RESET: LINK,
    LetterKind.ACCOUNT_ADDRESS: LINK,
    LetterKind.ACCOUNT_TAKEN: LINK,
    LetterKind.ACCOUNT_CHANGED: LINK
    | {"change": "password_changed", "changed_at": "2026-11-20T12:00:00+00:00"},
    LetterKind.ACCOUNT_RESTORED: LINK,
    LetterKind.ACCOUNT_NEW_DEVICE: LINK | DEVICE,
    LetterKind.ACCOUNT_CONFIRM_DEVICE: LINK | DEVICE | {"code": "1234 5678"},
    LetterKind.STAFF_DISOWNED: LINK | DEVICE | {"who": "Frieda"},
}
ENCLOSURES = (
    Enclosure(
        title="Widerrufsbelehrung",
        html="<h2>Widerrufsrecht</h2><p>Sie haben das Recht, binnen vierzehn Tagen ohne Angabe von"
        " Gründen diesen Vertrag zu widerrufen.</p><ul><li>Datum</li><li>Name</li></ul>"
        '<p>Online <a href="https://shop.example/de/withdrawal/">hier</a>.<br>Danke.</p>',
    ),
)


def letter(
    kind: LetterKind = LetterKind.ORDER_PLACED,
    *,
    locale: str = "de",
    recipient: str = "hanna@example.org",
    **changes: object,
) -> Letter:
    return Letter(
        id=LETTER_ID,
        kind=kind,
        locale=locale,
        person_id=LETTER_ID,
        recipient=recipient,
        payload=BASICS | MORE[kind] | changes,
        message_id="<let_1@shop.example>",
        tries=1,
        queued_at=QUEUED_AT,
        enclosures=ENCLOSURES if kind is LetterKind.ORDER_PLACED else (),
    )


def another(first: Letter, *, number: int) -> Letter:
    """The same letter under another id."""
    return replace(
        first, id=UUID(int=first.id.int + number), message_id=f"<let_{number}@x.example>"
    )
