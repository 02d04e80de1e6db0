"""What staff does about trust, for the walk: checks, incidents, the freeze, four eyes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from tests.risk.make import held
from tresen.domains.accounts.commands import ask_approval
from tresen.domains.accounts.types import ApprovalKind, Membership, Role
from tresen.domains.security.queries.incidents import list_incidents
from tresen.entrypoints.backoffice.tests.make import Counter
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import outer
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.staffing.roles import invite_member

Post = tuple[str, dict[str, object]]
Act = Callable[[Counter], Post]


def _check_decision(counter: Counter) -> Post:
    _order_id, review = held(counter.shop)
    return f"/trust/reviews/{outer('rev', review.id)}/release/", {"reason": "known_customer"}


def _check_rules(counter: Counter) -> Post:
    path, typed = (
        "/trust/reviews/rules/",
        {"stronger_from": "20", "review_from": "40", "hours": "8"},
    )
    tried = counter.post(path, **typed).content.decode()
    return path, typed | {"seen": tried.split('name="seen" value="')[1].split('"')[0]}


def _said() -> dict[str, object]:
    return {
        "title": "Cookie",
        "aware_at": "2026-11-20T17:00",
        "risk": "some",
        "software": "",
        "persons": "0",
        "records": "0",
    }


def _new_incident(counter: Counter) -> Post:
    return "/trust/incidents/new/", _said()


def _incident_path(counter: Counter) -> str:
    counter.post("/trust/incidents/new/", **_said())
    return f"/trust/incidents/{outer('inc', list_incidents()[0].id)}/"


def _incident_facts(counter: Counter) -> Post:
    return f"{_incident_path(counter)}facts/", _said() | {"persons": "3"}


def _incident_step(counter: Counter) -> Post:
    return f"{_incident_path(counter)}step/", {"kind": "note", "text": "called"}


def _incident_persons(counter: Counter) -> Post:
    return f"{_incident_path(counter)}persons/", {"words": "action:order.place"}


def _incident_letters(counter: Counter) -> Post:
    return f"{_incident_path(counter)}letters/", {"sure": "yes"}


def _freeze(counter: Counter) -> Post:  # as every act
    return "/trust/freeze/", {"turn": "on"}


def _member(counter: Counter, path: str = "") -> Post:
    user_id, _ = invite_member(
        username="jonas",
        display_name="Jonas",
        email="jonas@schapp.example",
        memberships=[Membership(Role.CLERK)],
        now=NOON,
        actor=SYSTEM,
    )
    return f"/settings/staff/{outer('usr', user_id)}/{path}/", {"roles": ["support"]}


def _invitation(counter: Counter) -> Post:
    who = {"username": "jonas", "display_name": "Jonas", "email": "jonas@schapp.example"}
    return "/settings/staff/invitation/", {**who, "roles": ["clerk"]}


def _export_wish(counter: Counter) -> Post:
    return "/approvals/lists/orders/", {"purpose": "check"}


def _wish(counter: Counter, path: str) -> Post:
    wish_id = ask_approval(
        kind=ApprovalKind.EXPORT, object_id="orders", reason="check", asked_by=uuid4(), now=NOON
    )
    return f"/approvals/{outer('apr', wish_id)}/{path}/", {}


RECORDED: dict[str, tuple[str, Act]] = {
    "backoffice:export_wish": ("export.wish", _export_wish),
    "backoffice:approval_allowance": ("approval.allow", lambda desk: _wish(desk, "allowance")),
    "backoffice:approval_refusal": ("approval.decline", lambda desk: _wish(desk, "refusal")),
    "backoffice:risk_decision": ("risk_review.decide", _check_decision),
    "backoffice:risk_rules": ("risk_rules.change", _check_rules),
    "backoffice:new_incident": ("incident.open", _new_incident),
    "backoffice:incident_facts": ("incident.change", _incident_facts),
    "backoffice:incident_step": ("incident.step", _incident_step),
    "backoffice:incident_persons": ("incident.pin", _incident_persons),
    "backoffice:incident_letters": ("incident.letters", _incident_letters),
    "backoffice:freeze": ("shop.freeze", _freeze),
    "backoffice:invitation": ("staff.invite", _invitation),
    "backoffice:member_roles": ("staff.give_roles", lambda desk: _member(desk, "roles")),
    "backoffice:member_leaving": ("staff.deactivate", lambda desk: _member(desk, "leaving")),
    "backoffice:member_return": ("staff.activate", lambda desk: _member(desk, "return")),
    "backoffice:member_invitation": (
        "staff.invite_again",
        lambda desk: _member(desk, "invitation"),
    ),
}
