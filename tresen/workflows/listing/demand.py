"""How well goods sell: pieces that fade, so that last week counts more than last year."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from tresen.domains.discovery.commands import add_demand
from tresen.domains.discovery.queries import variants_beside

FADES_IN: Final = timedelta(days=30)
"""After so long a piece sold counts 1/e."""
_STEPS_PER_LOG: Final = 4
"""Demand is kept in coarse steps, so that single sales seldom move rows."""


@transaction.atomic
def count_demand(*, sold: Mapping[UUID, int], now: datetime) -> None:
    """So many pieces of these variants were sold; lists follow within the hour."""
    pieces: Counter[UUID] = Counter()
    for product_id, variants in variants_beside(list(sold)).items():
        pieces[product_id] += sum(sold.get(variant_id, 0) for variant_id in variants)
    add_demand(sold=pieces, fades_in_seconds=FADES_IN.total_seconds(), now=now)


def faded(demand: Mapping[UUID, tuple[float, datetime]], *, now: datetime) -> dict[UUID, float]:
    """What the counted pieces count at this moment, in coarse steps."""
    return {
        product_id: coarse(pieces * fading(now - counted_at))
        for product_id, (pieces, counted_at) in demand.items()
    }


def fading(age: timedelta) -> float:
    """The share of a piece that is left after this time."""
    return math.exp(-max(age, timedelta()) / FADES_IN)


def coarse(pieces: float) -> float:
    """Rounded to steps of about a quarter in the logarithm."""
    assert pieces >= 0
    return round(math.expm1(round(math.log1p(pieces) * _STEPS_PER_LOG) / _STEPS_PER_LOG), 3)
