"""A second factor that was shown elsewhere: at a provider whose word is configured as trusted."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

OPENID = "openid"


def is_asserted(request: HttpRequest, user: object) -> bool:
    """Whether this session began with a second factor at the provider."""
    records = (
        get_authentication_records(request, user) if isinstance(user, AbstractBaseUser) else []
    )
    return any(one["method"] == OPENID and one.get("second_factor") for one in records)
