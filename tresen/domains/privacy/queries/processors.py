"""Reads about services that process data for the shop."""

from __future__ import annotations

from tresen.domains.privacy import models
from tresen.domains.privacy.types.processors import Mechanism, Processor

PROCESSORS_MAX = 200


def list_processors(*, only_enabled: bool = False) -> list[Processor]:
    """By name."""
    found = models.Processor.objects.order_by("name", "code")
    if only_enabled:
        found = found.filter(is_enabled=True)
    return [_row(one) for one in found[:PROCESSORS_MAX]]


def find_processor(code: str) -> Processor | None:
    found = models.Processor.objects.filter(code=code).first()
    return None if found is None else _row(found)


def _row(one: models.Processor) -> Processor:
    return Processor(
        code=one.code,
        name=one.name,
        task=one.task,
        country=one.country,
        mechanism=Mechanism(one.mechanism),
        reference=one.reference,
        contract_on=one.contract_on,
        is_enabled=one.is_enabled,
    )
