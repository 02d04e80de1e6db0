"""When two spellings of an e-mail address are one mailbox; never too generous.

Whoever takes two mailboxes for one gives one person's account to another. So only what every mail
service treats alike is made alike: spaces around, the case of ASCII letters, the case and Unicode
form of the domain. Look-alikes, other forms of a letter, `ß` and `ss`, dots and `+tags` stay apart.
"""

from __future__ import annotations

import string
import unicodedata

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_AROUND = " \t\r\n"


def mailbox_of(address: str) -> str:
    """The spelling under which an address is looked up; letters go to the address as typed."""
    local, at, domain = address.strip(_AROUND).rpartition("@")
    name = local.translate(_LOWER)
    host = unicodedata.normalize("NFC", unicodedata.normalize("NFC", domain).lower())
    return f"{name}{at}{host}"
