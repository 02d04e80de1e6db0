"""The switch that freezes the shop: a new row each time, so that its story stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tresen.domains.security.models import FreezeSwitch
from tresen.domains.security.queries.freezing import forget_freeze, get_freeze
from tresen.foundation import sql
from tresen.foundation.actor import Actor

_ALONE = "SELECT pg_advisory_xact_lock(hashtext('security_freeze'))"


@transaction.atomic
def turn_freeze(*, on: bool, now: datetime, actor: Actor) -> bool:
    """False where it stood so already. Other processes know a second later."""
    sql.run(_ALONE)
    if get_freeze().on is on:
        return False
    FreezeSwitch.objects.create(on=on, at=now, actor=str(actor))
    forget_freeze()
    return True
