"""The left rail: the tasks of the house, as far as their screens exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from tresen.entrypoints.backoffice.kit.types import RailItem, Words

TASKS: Sequence[tuple[str, Words, str]] = (
    ("today", _("Today"), "sun"),
    ("orders", _("Orders"), "receipt-text"),
    ("products", _("Goods"), "package"),
    ("stock", _("Stock"), "warehouse"),
    ("customers", _("Customers"), "users"),
    ("inbox", _("Inbox"), "inbox"),
    ("marketing", _("Marketing"), "megaphone"),
    ("channels", _("Channels"), "share-2"),
    ("reports", _("Reports"), "chart-column"),
    ("trust", _("Trust"), "shield-check"),
    ("settings", _("Settings"), "settings"),
)


def rail_items(*, counts: Mapping[str, int] | None = None) -> list[RailItem]:
    """Each task whose screen `backoffice:<name>` exists, with how many things wait there."""
    waiting = counts or {}
    return [
        RailItem(name, label, icon, url, waiting.get(name, 0))
        for name, label, icon in TASKS
        if (url := _address(name))
    ]


def _address(name: str) -> str:
    try:
        return reverse(f"backoffice:{name}")
    except NoReverseMatch:
        return ""
