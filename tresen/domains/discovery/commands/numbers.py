"""What is kept of products for all spaces alike: their numbers, due moments and demand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tresen.domains.discovery.commands.statements import (
    ADD_DEMAND,
    FORGET_DUE,
    KNOW_VARIANTS,
    NOTE_DUE,
)
from tresen.domains.discovery.types import NewVariant
from tresen.foundation import sql


def know_variants(*, product_ids: Sequence[UUID], variants: Sequence[NewVariant]) -> None:
    """The variants of these products are exactly these."""
    rows = [
        {"variant_id": one.variant_id, "product_id": one.product_id, "codes": one.codes}
        for one in variants
    ]
    sql.run(KNOW_VARIANTS, (json.dumps(rows, default=str), list(product_ids)))


def forget_due(*, product_ids: Sequence[UUID]) -> None:
    """They are being looked at now."""
    sql.run(FORGET_DUE, (list(product_ids),))


def note_due(*, moments: Mapping[UUID, datetime]) -> None:
    """Look at these products again then, or earlier where that was noted before."""
    if moments:
        sql.run(NOTE_DUE, (list(moments), list(moments.values())))


def add_demand(*, sold: Mapping[UUID, int], fades_in_seconds: float, now: datetime) -> None:
    """So many more pieces of each product; what was counted before has faded meanwhile."""
    assert fades_in_seconds > 0
    rows = sorted(sold.items())
    if rows:
        ids, pieces = [one for one, _ in rows], [count for _, count in rows]
        sql.run(ADD_DEMAND, (now, ids, pieces, fades_in_seconds))
