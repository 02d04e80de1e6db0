"""How a try must end, by the policy table alone; the doors themselves are not asked."""

from __future__ import annotations

from collections.abc import Mapping

from tests.security.cells import Cell
from tresen.entrypoints.policy.routes import Route
from tresen.entrypoints.policy.standing import Standing
from tresen.entrypoints.policy.table import TABLE
from tresen.entrypoints.policy.types import Reach, Rule, Who

OPEN, MISSING, REFUSED, METHOD = "opens", "is missing", "is refused", "has no such method"
UNREADABLE, GONE, BACK = "is unreadable", "is over", "leads back"
SIGN_IN, FACTOR, KEY, BROKEN = "leads to sign in", "leads to a factor", "wants a key", "breaks"
PROOF = "leads to a proof"
SHUT = frozenset({SIGN_IN, FACTOR, KEY, REFUSED, MISSING, METHOD, UNREADABLE, GONE, BACK, PROOF})
WHERE_CONFIGURED = {"staff_openid", "storefront:account_new_passkey"}
"""There only where the owner named a provider, or the shop has an address of its own."""
OF_THE_FRAMEWORK = {"store-v1:openapi-json", "store-v1:api-root"}
"""The API's own document: it is the same for everybody, whatever the method."""
OF_A_STORE = {f"backoffice:approval{end}" for end in ("", "_allowance", "_refusal")}
"""Wishes for refunds belong to a store, whoever may see that there are any."""
OF_ONE_ACCOUNT = {"backoffice:profile_end", "mfa_remove_webauthn", "mfa_edit_webauthn"}
"""Foreign to everybody but whose it is."""
NEEDS_PROOF = {
    f"storefront:account_{name}"
    for name in ("password", "password_removal", "email", "new_passkey", "passkey",
                 "passkey_removal", "two_steps", "two_steps_end", "codes")
}  # fmt: skip
"""Credentials: with a proof of the last minutes, or not at all."""
ME_NEEDS_PROOF = {"storefront:my_data_erasure"}
WRONG_LINKS = frozenset({"forged", "another purpose", "expired"})


def rule_of(route: Route, method: str, table: Mapping[str, Rule] = TABLE) -> Rule | None:
    """What the table says of this try; None: no such method here."""
    asked = "GET" if method == "HEAD" else method
    if route.methods:
        return table.get(f"{asked} {route.address}")
    rule = table[route.key]
    return rule if rule.takes(method) else None


def expected(cell: Cell, table: Mapping[str, Rule] = TABLE) -> frozenset[str]:
    """How it may end, by the policy table alone."""
    found = _by_rule(cell, table)
    return found | {METHOD} if cell.method == "HEAD" and METHOD not in found else found


def _by_rule(cell: Cell, table: Mapping[str, Rule]) -> frozenset[str]:
    rule = rule_of(cell.route, cell.method, table)
    first = table.get(cell.route.key)
    if first is not None and first.who is Who.STAFF:
        return _of_staff(cell, first)
    if cell.route.key in OF_THE_FRAMEWORK:
        return frozenset({OPEN, MISSING, METHOD})
    return frozenset({METHOD}) if rule is None else _of_others(cell, rule)


def _of_others(cell: Cell, rule: Rule) -> frozenset[str]:
    if rule.who in {Who.SIGNATURE, Who.TOKEN}:
        return SHUT - {SIGN_IN, PROOF}
    if rule.who is Who.SHOPPER:
        return _of_shopper(cell)
    if rule.who is Who.STAFF_LOGIN:
        return _of_staff_login(cell)
    if cell.route.methods and not cell.visitor.headers:
        return frozenset({KEY})
    if rule.who is Who.LINK and cell.kind != "own":
        return _of_wrong_link(cell)
    may_lead = cell.route.address.startswith("/staff/") or "/account/" in cell.route.address
    signing_in = {SIGN_IN} if may_lead else set()
    switched_off = {MISSING} if cell.route.key in WHERE_CONFIGURED else set()
    return _of_object(cell, shut=cell.kind in {"foreign", "mixed"}) | signing_in | switched_off


def _of_wrong_link(cell: Cell) -> frozenset[str]:
    """Neither opens nor changes anything; a form leads back to a page that says so."""
    if cell.kind == "me" and cell.visitor.is_shopper:
        proof = cell.route.key in ME_NEEDS_PROOF and not cell.visitor.is_fresh
        return frozenset({PROOF} if proof else {OPEN, BACK})
    over = {GONE} if cell.kind == "expired" else set()
    back = {BACK} if cell.method == "POST" else set()
    return frozenset({MISSING, *over, *back})


def _of_shopper(cell: Cell) -> frozenset[str]:
    if not cell.visitor.is_shopper:
        return frozenset({SIGN_IN})
    if cell.route.key in NEEDS_PROOF and not cell.visitor.is_fresh:
        return frozenset({PROOF})
    switched_off = {MISSING} if cell.route.key in WHERE_CONFIGURED else set()
    shut = cell.kind != "own" and "<" in cell.route.address
    return _of_object(cell, shut=shut) | switched_off


def _of_staff_login(cell: Cell) -> frozenset[str]:
    if not cell.visitor.is_staff:
        return frozenset({SIGN_IN})
    is_foreign = cell.kind == "foreign" and cell.route.key in OF_ONE_ACCOUNT
    return SHUT if is_foreign else SHUT | {OPEN}


def _of_staff(cell: Cell, rule: Rule) -> frozenset[str]:
    visitor = cell.visitor
    if not visitor.is_staff:
        return frozenset({SIGN_IN})
    if not visitor.second_factor:
        return frozenset({FACTOR})
    standing = Standing(user_id=None, memberships=visitor.memberships)  # type: ignore[arg-type]
    if not standing.opens(rule, cell.method):
        return frozenset({REFUSED})
    if not rule.takes(cell.method):
        return frozenset({METHOD})
    in_stores = rule.reach is Reach.OWN_STORES or cell.route.key in OF_A_STORE
    needed = rule.needs(cell.method)
    assert needed is not None
    foreign = cell.kind == "foreign" and (
        cell.route.key in OF_ONE_ACCOUNT or (in_stores and not standing.stores_for(needed).every)
    )
    return _of_object(cell, shut=cell.kind == "mixed" or foreign)


def _of_object(cell: Cell, *, shut: bool) -> frozenset[str]:
    if shut:
        return frozenset({MISSING})
    if cell.kind == "none":
        return frozenset({MISSING, OPEN, UNREADABLE, BACK})
    return frozenset({OPEN, UNREADABLE, BACK})
