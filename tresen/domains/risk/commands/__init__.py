"""Writes. Keywords only, inside the caller's transaction."""

from __future__ import annotations

from tresen.domains.risk.commands.assessing import (
    ToKeep,
    forget_old,
    forget_person,
    keep_assessments,
    note_login,
    note_orders,
    note_payment,
    note_sighting,
    refresh_amounts,
)
from tresen.domains.risk.commands.lists import ListUnsound, replace_list
from tresen.domains.risk.commands.reviews import (
    AlreadyDecided,
    ask_person,
    clear_person,
    close_appeals,
    decide,
    lock_review,
)
from tresen.domains.risk.commands.rulesets import put_ruleset

__all__ = [
    "AlreadyDecided",
    "ListUnsound",
    "ToKeep",
    "ask_person",
    "clear_person",
    "close_appeals",
    "decide",
    "forget_old",
    "forget_person",
    "keep_assessments",
    "lock_review",
    "note_login",
    "note_orders",
    "note_payment",
    "note_sighting",
    "put_ruleset",
    "refresh_amounts",
    "replace_list",
]
