"""A service that processes data for the shop is noted, enabled or disabled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tresen.domains.privacy.commands import save_processor
from tresen.domains.privacy.queries.processors import find_processor
from tresen.domains.privacy.types.processors import Processor
from tresen.foundation.actor import Actor
from tresen.foundation.audit.deeds import Deed, record


@transaction.atomic
def set_processor(*, processor: Processor, now: datetime, actor: Actor) -> None:
    """Raises TransferRefused where data must not go there."""
    before = find_processor(processor.code)
    save_processor(processor=processor)
    deed = Deed(
        action="processor.save",
        actor=actor,
        object_kind="processor",
        object_id=processor.code,
        before=_plain(before) if before else None,
        after=_plain(processor),
    )
    record(deed, now=now)


def _plain(one: Processor) -> dict[str, object]:
    return {
        "country": one.country,
        "mechanism": one.mechanism.value,
        "reference": one.reference,
        "contract_on": one.contract_on.isoformat() if one.contract_on else None,
        "is_enabled": one.is_enabled,
    }
