"""What the pages of the entrance need beyond the sign-in library's own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import template

from tresen.domains.accounts.ports import IDENTITY, STAFF_PROVIDER

register = template.Library()


@register.filter
def as_options(options: Mapping[str, Any] | None) -> str:
    """What the device is handed, as the text of a form's attribute."""
    return json.dumps(dict(options["publicKey"])) if options else ""


@register.filter
def as_new_passkey(options: Mapping[str, Any] | None) -> str:
    """The same for a passkey that the device keeps and opens by itself, without a name typed."""
    given = dict(options["publicKey"]) if options else {}
    given["authenticatorSelection"] = {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    return json.dumps(given)


@register.simple_tag
def company_name() -> str:
    """The company's own sign-in, where there is one."""
    return IDENTITY.take(STAFF_PROVIDER).name if STAFF_PROVIDER in IDENTITY.names() else ""
