"""The transfer's code says what EPC069-12 wants it to say."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import segno

from tresen.adapters.payments.bank_transfer import BankTransfer, epc_code
from tresen.adapters.payments.tests.counterparts import request
from tresen.domains.payments.types import Payee
from tresen.foundation.money import Money

PAYEE = Payee(
    holder="Käthe Öhlmann & Söhne GmbH", iban="DE75 5121 0800 1245 1261 99", bic="SOGEDEFFXXX"
)


def picture_of(payload: str) -> str:
    """The code that carries exactly this text, drawn the same way."""
    out = io.BytesIO()
    code = segno.make_qr(payload.encode(), error="m", boost_error=False)
    code.save(
        out, kind="svg", xmldecl=False, omitsize=True, border=4, dark="#000", light="#fff", nl=False
    )
    return out.getvalue().decode()


def dots_of(svg: str) -> str:
    return str(re.findall(r' d="([^"]+)"', svg)[-1])


@pytest.mark.parametrize(
    ("amount", "written"),
    [(Money(1, "EUR"), "EUR0.01"), (Money(123456, "EUR"), "EUR1234.56")],
)
def test_the_code_carries_account_amount_and_reference(amount: Money, written: str) -> None:
    svg = epc_code(payee=PAYEE, amount=amount, reference="RF08TR1001")

    expected = "\n".join(
        [
            "BCD",
            "002",
            "1",
            "SCT",
            "SOGEDEFFXXX",
            "Käthe Öhlmann & Söhne GmbH",
            "DE75512108001245126199",
            written,
            "",
            "RF08TR1001",
        ]
    )
    assert dots_of(svg) == dots_of(picture_of(expected))


def test_the_picture_is_black_on_white_and_carries_nothing_active() -> None:
    svg = epc_code(payee=PAYEE, amount=Money(100, "EUR"), reference="RF08TR1001")

    root = ET.fromstring(svg)  # noqa: S314 (our own picture)
    assert root.tag.endswith("svg")
    assert root.get("viewBox")
    assert "#fff" in svg
    assert "#000" in svg
    assert "<script" not in svg


@pytest.mark.parametrize(
    ("payee", "amount"),
    [
        (PAYEE, Money(100, "SEK")),
        (PAYEE, Money(100_000_000_000, "EUR")),
        (replace(PAYEE, iban=""), Money(100, "EUR")),
        (replace(PAYEE, holder=""), Money(100, "EUR")),
    ],
)
def test_there_is_no_code_where_the_standard_has_none(payee: Payee, amount: Money) -> None:
    assert epc_code(payee=payee, amount=amount, reference="RF08TR1001") == ""


def test_a_long_holder_is_cut_to_seventy_signs() -> None:
    long = replace(PAYEE, holder="x" * 90)

    cut = epc_code(payee=long, amount=Money(100, "EUR"), reference="RF08TR1001")

    whole = replace(PAYEE, holder="x" * 70)
    assert cut == epc_code(payee=whole, amount=Money(100, "EUR"), reference="RF08TR1001")


def test_the_customer_is_told_where_to_pay_and_stays_here() -> None:
    asked = request()

    started = BankTransfer().start(request=asked)

    assert started.redirect_url is None
    assert started.reference == asked.creditor_reference
    assert started.instructions is not None
    assert started.instructions.payee == asked.payee
    assert started.instructions.amount == asked.amount
    assert started.instructions.qr_svg.startswith("<svg")
