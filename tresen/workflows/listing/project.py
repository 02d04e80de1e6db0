"""One batch of products into the live spaces of a channel: read the truth, write what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from tresen.domains.catalog.queries import projection_rows
from tresen.domains.catalog.types import ProjectionRow
from tresen.domains.discovery.commands import (
    Item,
    change_offers,
    fingerprint_of,
    forget_due,
    know_variants,
    lock_channel,
    note_due,
    put_entries,
    remember_tokens,
    remove_entries,
)
from tresen.domains.discovery.queries import demand_of, kept_entries
from tresen.domains.discovery.types import KeptEntry, NewToken, Offer, SpaceRow, TokenKey
from tresen.domains.inventory.queries import ask_availability
from tresen.domains.pricing.queries import ask_prices
from tresen.domains.stores.types import ChannelRow
from tresen.foundation import sql
from tresen.foundation.remembered import Remembered
from tresen.workflows.listing.demand import faded
from tresen.workflows.listing.describe import (
    is_shown,
    next_window,
    offer_of,
    portrait_of,
    tokens_of,
    variants_of,
)
from tresen.workflows.listing.labels import Labels, fixed_tokens, labels_in
from tresen.workflows.listing.moments import next_price_moments

BATCH: Final = 500
"""Products per transaction; whoever waits for the channel's lock waits for one batch."""
LABELS_SECONDS: Final = 5.0
"""So long the definitions of facets are remembered between single refreshes."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """A live space with its labels, and the ids of its tokens as far as they were met."""

    space: SpaceRow
    labels: Labels
    ids: dict[TokenKey, int] = field(default_factory=dict)


def boards_of(spaces: Sequence[SpaceRow]) -> list[Board]:
    """What is needed to project into these spaces."""
    return [Board(space=space, labels=_labels(space)) for space in spaces]


def forget_labels() -> None:
    _remembered.forget()


@transaction.atomic
def project(
    product_ids: Sequence[UUID],
    *,
    channel: ChannelRow,
    boards: Sequence[Board],
    now: datetime,
    among_others: bool = False,
) -> int:
    """Write the products as they are now; says how many of them are shown.

    Whoever holds the channel's lock read last what he writes, so that the newest truth stays.
    """
    assert len(product_ids) <= BATCH, "a batch is one short transaction"
    lock_channel(channel.code, among_others=among_others)
    locales = [board.space.locale for board in boards]
    rows = projection_rows(product_ids, channel_code=channel.code, locales=locales)
    shown = [row for row in rows if is_shown(row, now=now)]
    offers = _offers(shown, channel=channel, now=now)
    know_variants(
        product_ids=[row.product_id for row in rows],
        variants=[variant for row in rows for variant in variants_of(row)],
    )
    _note_moments(rows, product_ids, channel=channel, now=now)
    for place, board in enumerate(boards):
        _write(board, place, product_ids=product_ids, rows=shown, offers=offers, now=now)
    return len(offers)


def _offers(
    rows: Sequence[ProjectionRow], *, channel: ChannelRow, now: datetime
) -> dict[UUID, Offer]:
    variant_ids = [variant.variant_id for row in rows for variant in row.variants]
    with sql.pipelined():
        asked_prices = ask_prices(
            [(variant_id, 1) for variant_id in variant_ids], market=channel.market.code, at=now
        )
        asked_stock = ask_availability(variant_ids, locations=None)
        prices, stock = asked_prices.answer(), asked_stock.answer()
    demand = faded(demand_of([row.product_id for row in rows]), now=now)
    offers = {
        row.product_id: offer_of(
            row, prices=prices, stock=stock, demand=demand.get(row.product_id, 0.0)
        )
        for row in rows
    }
    return {product_id: offer for product_id, offer in offers.items() if offer is not None}


def _write(
    board: Board,
    place: int,
    *,
    product_ids: Sequence[UUID],
    rows: Sequence[ProjectionRow],
    offers: Mapping[UUID, Offer],
    now: datetime,
) -> None:
    """Portraits that differ are written anew, of the others price and stock only."""
    space = board.space
    kept = kept_entries(space.id, product_ids=product_ids)
    tokens = {row.product_id: tokens_of(row, board.labels) for row in rows}
    _learn(board, tokens)
    items: list[Item] = [
        (
            portrait_of(
                row,
                row.texts[place],
                labels=board.labels,
                tokens=tokens[row.product_id],
                ids=board.ids,
            ),
            offers[row.product_id],
        )
        for row in rows
        if row.product_id in offers
    ]
    new = [item for item in items if not _is_kept(item, kept)]
    same = {item[0].product_id for item in items} - {item[0].product_id for item in new}
    remove_entries(space_id=space.id, product_ids=[one for one in kept if one not in same])
    put_entries(space=space, items=new, now=now)
    change_offers(space_id=space.id, offers=[offers[one] for one in sorted(same)], now=now)


def _is_kept(item: Item, kept: Mapping[UUID, KeptEntry]) -> bool:
    known = kept.get(item[0].product_id)
    return known is not None and fingerprint_of(item[0]) == known.fingerprint


def _learn(board: Board, tokens: Mapping[UUID, Sequence[NewToken]]) -> None:
    """The ids of tokens that were not met before; new and renamed ones are written."""
    wanted = {token.key: token for some in tokens.values() for token in some}
    wanted |= {token.key: token for token in fixed_tokens(board.labels)}
    missing = [token for key, token in wanted.items() if key not in board.ids]
    board.ids.update(remember_tokens(space_id=board.space.id, tokens=missing))


def _note_moments(
    rows: Sequence[ProjectionRow],
    product_ids: Sequence[UUID],
    *,
    channel: ChannelRow,
    now: datetime,
) -> None:
    """When these products must be looked at again although nobody changes anything."""
    moments = next_price_moments(rows, market=channel.market.code, now=now)
    for row in rows:
        at = next_window(row, now=now)
        if at is not None:
            moments[row.product_id] = min(at, moments.get(row.product_id, at))
    forget_due(product_ids=product_ids)
    note_due(moments=moments)


_remembered = Remembered[tuple[str, str], Labels](seconds=LABELS_SECONDS)


def _labels(space: SpaceRow) -> Labels:
    key = space.channel_code, space.locale
    known = _remembered.find(key)
    if known is not None:
        return known
    return _remembered.keep(key, labels_in(space.locale, channel_code=space.channel_code))
