"""A letter put into words: subject, text and HTML in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from tresen.adapters.mail.letters.context import context_of
from tresen.adapters.mail.letters.enclosures import html_of, text_of
from tresen.adapters.mail.letters.templates import templates_in
from tresen.domains.conversations.types import Letter, LetterKind

SUBJECTS: Mapping[LetterKind, str] = {
    LetterKind.ORDER_PLACED: gettext_noop("Your order %(number)s at %(shop)s"),
    LetterKind.PAYMENT_RECEIVED: gettext_noop("Your payment for order %(number)s has arrived"),
    LetterKind.ORDER_SHIPPED: gettext_noop("Your order %(number)s is on its way"),
    LetterKind.ORDER_CANCELLED: gettext_noop("Your order %(number)s was cancelled"),
    LetterKind.REFUND_MADE: gettext_noop("Your refund for order %(number)s"),
    LetterKind.MY_DATA_LINK: gettext_noop("Your data at %(shop)s"),
    LetterKind.REQUEST_RECEIVED: gettext_noop("We have your request %(number)s"),
    LetterKind.REQUEST_EXTENDED: gettext_noop("Your request %(number)s takes us longer"),
    LetterKind.REQUEST_ANSWERED: gettext_noop("Our answer to your request %(number)s"),
    LetterKind.OPT_IN: gettext_noop("Please confirm your e-mail address for %(shop)s"),
    LetterKind.ORDER_REFUSED: gettext_noop("We cannot accept your order %(number)s"),
    LetterKind.SAFER_PAYMENT: gettext_noop("Your order %(number)s: please pay in advance"),
    LetterKind.PERSON_ANSWERED: gettext_noop("%(shop)s: a person has looked at your question"),
    LetterKind.BREACH_NOTICE: gettext_noop("%(shop)s: important, about the safety of your data"),
    LetterKind.ACCOUNT_SIGN_UP: gettext_noop("Confirm your address for your account at %(shop)s"),
    LetterKind.ACCOUNT_EXISTS: gettext_noop("You have an account at %(shop)s already"),
    LetterKind.ACCOUNT_SIGN_IN: gettext_noop("Sign in to %(shop)s"),
    LetterKind.ACCOUNT_NONE: gettext_noop("There is no account at %(shop)s with this address"),
    LetterKind.ACCOUNT_RESET: gettext_noop("Choose a new password for %(shop)s"),
    LetterKind.ACCOUNT_ADDRESS: gettext_noop("Confirm your new address at %(shop)s"),
    LetterKind.ACCOUNT_TAKEN: gettext_noop("This address has an account of its own at %(shop)s"),
    LetterKind.ACCOUNT_CHANGED: gettext_noop("Was this you? Your account at %(shop)s has changed"),
    LetterKind.ACCOUNT_RESTORED: gettext_noop("Your account at %(shop)s is as it was"),
    LetterKind.AUDIT_ROOT: gettext_noop("%(shop)s: seal %(number)s of the audit, please keep"),
    LetterKind.ACCOUNT_NEW_DEVICE: gettext_noop("Was this you? A new sign-in at %(shop)s"),
    LetterKind.ACCOUNT_CONFIRM_DEVICE: gettext_noop("Your code for %(shop)s"),
    LetterKind.STAFF_DISOWNED: gettext_noop("%(shop)s: a sign-in of the staff was not theirs"),
}


_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the reader gets. Both bodies say the same."""

    subject: str
    text: str
    html: str


def write(letter: Letter) -> Written:
    """Fill the templates of the letter's kind."""
    given = context_of(letter)
    shop, zone = given["shop"], ZoneInfo(str(given["zone"]))
    assert isinstance(shop, Mapping)
    if isinstance(placed_at := given.get("placed_at"), datetime):
        given["placed_on"] = placed_at.astimezone(zone).date()
    with translation.override(letter.locale), timezone.override(zone):
        subject = gettext(SUBJECTS[letter.kind]) % {
            "number": given.get("number", ""),
            "shop": shop["name"],
        }
        given["subject"] = subject
        templates = templates_in(letter.locale)
        given["enclosures"] = [text_of(enclosure) for enclosure in letter.enclosures]
        text = templates.get_template(f"mail/letters/{letter.kind}.txt").render(given)
        given["enclosures"] = [html_of(enclosure) for enclosure in letter.enclosures]
        html = templates.get_template(f"mail/letters/{letter.kind}.html").render(given).strip()
    return Written(subject=subject, text=_EMPTY_LINES.sub("\n\n", text).strip() + "\n", html=html)
