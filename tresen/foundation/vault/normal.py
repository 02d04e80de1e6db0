"""One spelling per phone number, so that a blind index finds it. For addresses see mailboxes."""

from __future__ import annotations

import phonenumbers


def normal_phone(number: str, *, country: str) -> str:
    """E.164 (+4940…), or an empty text for what is no number."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
