"""Shoppers: signing in and up, their account, their data, the links they are sent."""

from __future__ import annotations

from tresen.entrypoints.policy.types import Rule

ROUTES: dict[str, Rule] = {}
