"""Bank transfer: an ISO 11649 reference, and a code that banking apps read (EPC069-12)."""

from __future__ import annotations

import io

from segno.helpers import make_epc_qr

from tresen.adapters.payments.by_hand import ByHand
from tresen.domains.payments.ports import PaymentRequest, Started, TransferInstructions
from tresen.domains.payments.types import Payee
from tresen.foundation.money import Money

HOLDER_MAX = 70
EPC_MINOR_MAX = 99_999_999_999


class BankTransfer(ByHand):
    """The customer transfers; the staff marks what the account statement shows."""

    def start(self, *, request: PaymentRequest) -> Started:
        return Started(
            reference=request.creditor_reference,
            instructions=self.instructions(request=request),
        )

    def instructions(self, *, request: PaymentRequest) -> TransferInstructions | None:
        return TransferInstructions(
            payee=request.payee,
            amount=request.amount,
            reference=request.creditor_reference,
            qr_svg=epc_code(
                payee=request.payee,
                amount=request.amount,
                reference=request.creditor_reference,
            ),
        )


def epc_code(*, payee: Payee, amount: Money, reference: str) -> str:
    """An SVG (black on white, quiet zone of four modules), or an empty text where none exists.

    EPC069-12 version 002: SEPA credit transfer in euro, 0.01 to 999,999,999.99, error
    correction M, structured reference, beneficiary's name of at most 70 signs.
    """
    fits = amount.currency == "EUR" and 0 < amount.minor <= EPC_MINOR_MAX
    if not fits or not payee.iban or not payee.holder:
        return ""
    code = make_epc_qr(
        name=payee.holder[:HOLDER_MAX],
        iban=payee.iban.replace(" ", ""),
        amount=amount.amount,
        reference=reference,
        bic=payee.bic or None,
        encoding="utf-8",
    )
    out = io.BytesIO()
    code.save(
        out, kind="svg", xmldecl=False, omitsize=True, border=4, dark="#000", light="#fff", nl=False
    )
    return out.getvalue().decode()
