"""Writes. Only the projector (workflows.listing) calls them."""

from __future__ import annotations

from tresen.domains.discovery.commands.entries import (
    Item,
    change_offers,
    change_stock,
    fingerprint_of,
    note_words,
    put_entries,
    remember_tokens,
    remove_entries,
)
from tresen.domains.discovery.commands.numbers import (
    add_demand,
    forget_due,
    know_variants,
    note_due,
)
from tresen.domains.discovery.commands.spaces import (
    BuildOvertaken,
    leave_spaces,
    lock_channel,
    open_space,
    sweep_space,
    switch_space,
)

__all__ = [
    "BuildOvertaken",
    "Item",
    "add_demand",
    "change_offers",
    "change_stock",
    "fingerprint_of",
    "forget_due",
    "know_variants",
    "leave_spaces",
    "lock_channel",
    "note_due",
    "note_words",
    "open_space",
    "put_entries",
    "remember_tokens",
    "remove_entries",
    "sweep_space",
    "switch_space",
]
