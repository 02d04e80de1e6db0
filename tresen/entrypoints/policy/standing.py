"""What the person behind a request of the staff may do, and for which stores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from tresen.domains.accounts.queries import memberships_of
from tresen.domains.accounts.rules import may, stores_for
from tresen.domains.accounts.types import Membership, Permission, Stores
from tresen.entrypoints.policy.table import find_rule
from tresen.entrypoints.policy.types import Reach, Rule, Who

_PLACE = "_standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody of the staff with all of their roles, as they are at this request."""

    user_id: UUID
    memberships: tuple[Membership, ...]

    def may(self, permission: Permission) -> bool:
        """For some store at least."""
        return may(self.memberships, permission)

    def stores_for(self, permission: Permission) -> Stores:
        return stores_for(self.memberships, permission)

    def opens(self, rule: Rule, method: str) -> bool:
        """Does this door open for them?"""
        if rule.who is not Who.STAFF:
            return True
        permission = rule.needs(method)
        assert permission is not None
        stores = self.stores_for(permission)
        return stores.every if rule.reach is Reach.HOUSE else bool(stores)


def standing_of(request: HttpRequest) -> Standing:
    """Asked of the database once for each request. Call it only behind the door."""
    known = getattr(request, _PLACE, None)
    if known is None:
        user_id = request.user.pk
        assert isinstance(user_id, UUID)
        known = Standing(user_id, memberships_of(user_id))
        setattr(request, _PLACE, known)
    return cast("Standing", known)


def stores_of(request: HttpRequest, permission: Permission) -> tuple[str, ...] | None:
    """The codes of stores that a query is narrowed to; None: all of them."""
    return standing_of(request).stores_for(permission).narrowed


def may_follow(request: HttpRequest, url: str, *, method: str = "GET") -> bool:
    """Would this address of ours open? What would not is not offered."""
    if not hasattr(request, _PLACE):
        return True
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return False
    rule = find_rule(match.view_name)
    return rule is not None and standing_of(request).opens(rule, method.upper())
