"""The words of the policy table: one line for each route, made by the functions at the end.

    "backoffice:orders": store_staff("GET", Permission.ORDERS_SEE),

HEAD comes with GET. A route that is in no table is closed, and the shop does not start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tresen.domains.accounts.types import Permission

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


class Who(StrEnum):
    """By what one is known at a door."""

    PUBLIC = "anybody"
    CART = "whoever holds the cart"
    LINK = "whoever holds the signed link"
    KEY = "whoever shows a publishable key"
    SHOPPER = "a signed-in shopper, for what is theirs"
    STAFF_LOGIN = "a signed-in member of the staff, before the second factor"
    STAFF = "a member of the staff with the permission"
    SIGNATURE = "a service that signs its messages"
    TOKEN = "whoever watches the machines, with the token"  # noqa: S105  # a description


class Reach(StrEnum):
    """How far a permission must be held to open a door of the staff."""

    HOUSE = "for all stores"
    OWN_STORES = "for the stores whose rows are shown"
    ANY_STORE = "for some store"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may come, and with which methods; `change` is needed for all but GET, where named."""

    who: Who
    methods: frozenset[str]
    permission: Permission | None = None
    change: Permission | None = None
    reach: Reach = Reach.HOUSE
    note: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        assert self.methods, "a rule names its methods"
        assert self.methods <= METHODS, f"unknown methods: {self.methods - METHODS}"
        assert (self.permission is not None) == (self.who is Who.STAFF)

    def takes(self, method: str | None) -> bool:
        return ("GET" if method == "HEAD" else method) in self.methods

    def needs(self, method: str) -> Permission | None:
        """The permission that a method wants."""
        reads = method in {"GET", "HEAD"}
        return self.permission if reads or self.change is None else self.change


def public(methods: str) -> Rule:
    """Anybody: goods, legal texts, the form to sign in."""
    return Rule(Who.PUBLIC, _split(methods))


def cart_holder(methods: str) -> Rule:
    """The browser whose cookie, or the program whose id, names the cart."""
    return Rule(Who.CART, _split(methods))


def link(methods: str) -> Rule:
    """The address itself is the secret: an unguessable token that was sent to one person."""
    return Rule(Who.LINK, _split(methods))


def publishable_key(methods: str) -> Rule:
    """Programs of a channel; the key opens nothing secret."""
    return Rule(Who.KEY, _split(methods))


def shopper(methods: str) -> Rule:
    """A signed-in shopper; foreign objects answer 404."""
    return Rule(Who.SHOPPER, _split(methods))


def staff_login(methods: str) -> Rule:
    """Setting up factors and changing one's password, whatever one's role."""
    return Rule(Who.STAFF_LOGIN, _split(methods))


def staff(methods: str, permission: Permission, *, change: Permission | None = None) -> Rule:
    """What concerns the whole house: the permission is held for all stores."""
    return Rule(Who.STAFF, _split(methods), permission, change, Reach.HOUSE)


def store_staff(methods: str, permission: Permission, *, change: Permission | None = None) -> Rule:
    """What lies in stores: rows of other stores answer 404 and are in no list."""
    return Rule(Who.STAFF, _split(methods), permission, change, Reach.OWN_STORES)


def any_staff(methods: str, permission: Permission, *, change: Permission | None = None) -> Rule:
    """What is the same for all stores, such as goods: held for one store is enough."""
    return Rule(Who.STAFF, _split(methods), permission, change, Reach.ANY_STORE)


def every_staff(methods: str) -> Rule:
    """Every role behind the door: the day's board, one's own saved views. Shows what each may."""
    return Rule(Who.STAFF, _split(methods), Permission.DOOR, None, Reach.ANY_STORE)


def signature(methods: str) -> Rule:
    """Messages of services, checked by their signature."""
    return Rule(Who.SIGNATURE, _split(methods))


def token(methods: str) -> Rule:
    """Figures for whoever watches the machines."""
    return Rule(Who.TOKEN, _split(methods))


def _split(methods: str) -> frozenset[str]:
    return frozenset(methods.split())
