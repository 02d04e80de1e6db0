"""The left rail: the tasks of the house, as far as their screens exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import pgettext_lazy

from tresen.entrypoints.backoffice.kit.types import RailItem, Words
from tresen.entrypoints.policy.standing import may_follow

TASKS: Sequence[tuple[str, Words, str]] = (
    ("today", pgettext_lazy("task", "Today"), "sun"),
    ("orders", pgettext_lazy("task", "Orders"), "receipt-text"),
    ("products", pgettext_lazy("task", "Goods"), "package"),
    ("stock", pgettext_lazy("task", "Stock"), "warehouse"),
    ("customers", pgettext_lazy("task", "Customers"), "users"),
    ("inbox", pgettext_lazy("task", "Inbox"), "inbox"),
    ("marketing", pgettext_lazy("task", "Marketing"), "megaphone"),
    ("channels", pgettext_lazy("task", "Channels"), "share-2"),
    ("reports", pgettext_lazy("task", "Reports"), "chart-column"),
    ("trust", pgettext_lazy("task", "Trust"), "shield-check"),
    ("settings", pgettext_lazy("task", "Settings"), "settings"),
)


def rail_items(request: HttpRequest, *, counts: Mapping[str, int] | None = None) -> list[RailItem]:
    """Each task whose screen exists and opens for this role, with how many things wait there."""
    waiting = counts or {}
    return [
        RailItem(name, label, icon, url, waiting.get(name, 0))
        for name, label, icon in TASKS
        if (url := _address(name)) and may_follow(request, url)
    ]


def _address(name: str) -> str:
    try:
        return reverse(f"backoffice:{name}")
    except NoReverseMatch:
        return ""
