"""The back office's areas Trust and Settings: /staff/trust/…, /staff/settings/…."""

from __future__ import annotations

from tresen.entrypoints.policy.types import Rule

ROUTES: dict[str, Rule] = {}
