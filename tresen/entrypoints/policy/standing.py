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
from tresen.domains.accounts.types import EVERY_STORE, Membership, Permission, Stores
from tresen.entrypoints.policy.table import find_rule
from tresen.entrypoints.policy.types import Reach, Rule, Who

_PLACE, _SCOPE = "_standing", "_scope"


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

    @property
    def stores(self) -> Stores:
        """All stores that some role of theirs is for."""
        codes = frozenset(one.store for one in self.memberships)
        return EVERY_STORE if "" in codes else Stores(codes=codes)

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


def scope_of(request: HttpRequest) -> tuple[str, ...] | None:
    """The codes of stores that this route is about for this person; None: all of them.

    Never an excuse: where nothing was settled at the door, there is nothing to see.
    """
    settled = getattr(request, _SCOPE, Stores())
    return cast("Stores", settled).narrowed


def settle_scope(request: HttpRequest, rule: Rule) -> Stores:
    """At the door, once it opens: for which stores. What is the house's is not narrowed."""
    standing = standing_of(request)
    permission = rule.needs(request.method or "")
    if permission is None or rule.reach is Reach.HOUSE:
        stores = EVERY_STORE
    elif rule.reach is Reach.OWN_STORES:
        stores = standing.stores_for(permission)
    else:
        stores = standing.stores
    setattr(request, _SCOPE, stores)
    return stores


def may_follow(request: HttpRequest, url: str, *, method: str = "GET") -> bool:
    """Would this address of ours open? What would not is not offered."""
    if not hasattr(request, _PLACE):
        return True
    try:
        match = resolve(urlsplit(str(url)).path)
    except Resolver404:
        return False
    rule = find_rule(match.view_name)
    return rule is not None and standing_of(request).opens(rule, method.upper())
