"""What a letter gives out, and to whom: who carries the shop's mail sees address and words."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_noop

from tresen.domains.conversations.types import Letter, LetterKind
from tresen.foundation.disclosures.types import Disclosure

FIELDS = ("conversations_letter.recipient", "conversations_letter.payload")
NOBODY = gettext_noop("your mailbox (no mail service is between us)")
PURPOSES = {
    LetterKind.ORDER_PLACED: gettext_noop("confirm an order"),
    LetterKind.PAYMENT_RECEIVED: gettext_noop("confirm a payment"),
    LetterKind.ORDER_SHIPPED: gettext_noop("announce a parcel"),
    LetterKind.ORDER_CANCELLED: gettext_noop("confirm a cancellation"),
    LetterKind.REFUND_MADE: gettext_noop("announce a refund"),
}
OTHERS = gettext_noop("write to you about your account or your request")


def disclosure_of(letter: Letter) -> Disclosure:
    """For the ledger; recipient and purpose are words that people read."""
    return Disclosure(
        recipient=settings.EMAIL_HOST or NOBODY,
        purpose=PURPOSES.get(letter.kind, OTHERS),
        fields=FIELDS,
        person_id=letter.person_id,
        reference=str(letter.id),
    )
