"""A new version of weights and thresholds; old ones stay to be read."""

from __future__ import annotations

from datetime import datetime

from tresen.domains.risk import models
from tresen.domains.risk.queries.rulesets import current_ruleset, forget_ruleset
from tresen.domains.risk.rules import ruleset_from, written_ruleset
from tresen.domains.risk.types import Ruleset
from tresen.foundation.actor import Actor


def put_ruleset(*, ruleset: Ruleset, now: datetime, actor: Actor) -> int:
    """From now on these hold; the version. The same once more makes no new one.

    Raises RulesetUnsound.
    """
    body = written_ruleset(ruleset)
    ruleset_from(body, version=0)
    current = current_ruleset()
    if written_ruleset(current) == body:
        return current.version
    row = models.Ruleset.objects.create(body=body, made_at=now, made_by=str(actor))
    forget_ruleset()
    return row.version
