"""The weights and thresholds that hold, and those that held."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from tresen.domains.risk import models
from tresen.domains.risk.rules import ruleset_from
from tresen.domains.risk.types import Ruleset
from tresen.foundation.remembered import Remembered

RULESET_SECONDS = 5.0
VERSIONS_MAX = 50
DEFAULTS = Path(__file__).resolve().parent.parent / "weights" / "rules-1.json"

_remembered = Remembered[str, Ruleset](seconds=RULESET_SECONDS)


def current_ruleset() -> Ruleset:
    """The newest; a shop that never changed any has those that come along, as version 0."""
    return _remembered.find("current") or _remembered.keep("current", _newest())


def forget_ruleset() -> None:
    """For whoever made a new one."""
    _remembered.forget()


def list_rulesets() -> list[models.Ruleset]:
    """Newest first."""
    return list(models.Ruleset.objects.order_by("-version")[:VERSIONS_MAX])


@lru_cache(maxsize=1)
def default_ruleset() -> Ruleset:
    """The weights that come along."""
    return ruleset_from(json.loads(DEFAULTS.read_text(encoding="utf-8")), version=0)


def _newest() -> Ruleset:
    row = models.Ruleset.objects.order_by("-version").first()
    return ruleset_from(row.body, version=row.version) if row else default_ruleset()
