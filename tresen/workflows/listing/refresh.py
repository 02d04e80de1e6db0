"""What changed is looked at again and written where it is shown.

Every function may be called twice for the same fact: it reads the present state. Those that take
many products work in batches, each one transaction unless the caller has one open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from tresen.domains.discovery.commands import change_stock, lock_channel
from tresen.domains.discovery.queries import (
    demanded_products,
    due_products,
    list_spaces,
    products_on,
    stock_shown,
    variants_beside,
)
from tresen.domains.discovery.rules import rank_of
from tresen.domains.discovery.types import AVAILABLE_SHOWN_MAX, SpaceRow, StockShown
from tresen.domains.inventory.queries import ask_availability
from tresen.domains.stores.queries import list_channels
from tresen.domains.stores.types import ChannelRow
from tresen.workflows.listing.project import BATCH, boards_of, forget_labels, project

DUE_MAX: Final = 5_000
"""Products looked at per turn because their moment came; the rest waits for the next turn."""
DEMAND_MAX: Final = 20_000


def refresh_products(product_ids: Iterable[UUID], *, now: datetime) -> int:
    """These products in every channel and language; says how many are shown somewhere."""
    wanted = sorted(set(product_ids))
    shown = 0
    for channel, spaces in _live():
        boards = boards_of(spaces)
        shown += sum(
            project(batch, channel=channel, boards=boards, now=now) for batch in _batches(wanted)
        )
    return shown


def refresh_variants(variant_ids: Iterable[UUID], *, now: datetime) -> int:
    """The products of these variants, because a price changed."""
    return refresh_products(variants_beside(list(variant_ids)), now=now)


def refresh_stock(variant_ids: Iterable[UUID], *, now: datetime) -> int:
    """Stock only, and only where what is shown differs; says how many rows changed.

    The usual case, an order out of a full shelf, costs three reads and no write.
    """
    changed = 0
    for batch in _batches(sorted(set(variant_ids))):
        changed += _refresh_stock(batch, now=now)
    return changed


def refresh_category(category_id: UUID, *, now: datetime) -> int:
    """All products on the shelf: its name is a facet, and is searched."""
    forget_labels()
    shown, after = 0, None
    while True:
        batch = products_on(category_id, after=after, limit=BATCH)
        shown += refresh_products(batch, now=now)
        if len(batch) < BATCH:
            return shown
        after = batch[-1]


def refresh_due(*, now: datetime) -> int:
    """Products whose planned price or publication begins or ends by now."""
    return refresh_products(due_products(now=now, limit=DUE_MAX), now=now)


def refresh_demand(*, since: datetime, now: datetime) -> int:
    """Products that were sold since then, and a part of all others that ever were."""
    wanted = demanded_products(since=since, hour=now.hour, limit=DEMAND_MAX)
    return refresh_products(wanted, now=now)


@transaction.atomic
def _refresh_stock(variant_ids: Sequence[UUID], *, now: datetime) -> int:
    live = _live()
    for channel, _ in live:
        lock_channel(channel.code)
    variants = variants_beside(variant_ids)
    wanted = [variant_id for some in variants.values() for variant_id in some]
    pieces = ask_availability(wanted, locations=None).answer()
    available = {
        product_id: min(sum(max(pieces[one], 0) for one in some), AVAILABLE_SHOWN_MAX)
        for product_id, some in variants.items()
    }
    space_ids = [space.id for _, spaces in live for space in spaces]
    shown = stock_shown(space_ids=space_ids, product_ids=list(variants))
    changes = [
        StockShown(
            row.space_id,
            row.product_id,
            available[row.product_id],
            rank_of(demand=row.demand, available=available[row.product_id]),
        )
        for row in shown
        if row.available != available[row.product_id]
    ]
    change_stock(changes=changes, now=now)
    return len(changes)


def _live() -> list[tuple[ChannelRow, list[SpaceRow]]]:
    """Channels with the spaces that are read or being built, in one order everywhere."""
    by_code: dict[str, list[SpaceRow]] = defaultdict(list)
    for space in list_spaces():
        by_code[space.channel_code].append(space)
    channels = {channel.code: channel for channel in list_channels()}
    return [(channels[code], by_code[code]) for code in sorted(by_code) if code in channels]


def _batches(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
