"""Products into a space and out of it, set-based, with their places, counts and words.

All need a transaction that holds `lock_channel`. A batch is some hundred products.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from tresen.domains.discovery.commands.statements import (
    CHANGE,
    CHANGE_STOCK,
    NOTE_WORDS,
    PUT,
    REMOVE,
    TOKENS,
)
from tresen.domains.discovery.rules import configuration_of, words_of
from tresen.domains.discovery.types import (
    NewToken,
    Offer,
    Portrait,
    SpaceRow,
    StockShown,
    TokenKey,
)
from tresen.foundation import sql

Item = tuple[Portrait, Offer]


def fingerprint_of(portrait: Portrait) -> bytes:
    """Equal for equal portraits: what is the same need not be written again."""
    return _digest(_json(portrait)).digest()


def remember_tokens(*, space_id: int, tokens: Iterable[NewToken]) -> dict[TokenKey, int]:
    """The ids of these values; labels that changed are brought up to date."""
    rows = sorted({token.key: token for token in tokens}.values(), key=lambda token: token.key)
    if not rows:
        return {}
    found = sql.rows(TOKENS, (space_id, f"[{','.join(map(_json, rows))}]"))
    return {
        (facet, value): token for facet, value, token in cast("list[tuple[str, str, int]]", found)
    }


def put_entries(*, space: SpaceRow, items: Sequence[Item], now: datetime) -> None:
    """Write products that are not in the space (see remove_entries)."""
    assert transaction.get_connection().in_atomic_block, "entries and counts are one"
    if not items:
        return
    rows = f"[{','.join(_row(portrait, offer) for portrait, offer in items)}]"
    configuration = configuration_of(space.locale)
    sql.run(PUT.format(configuration=configuration), (space.id, space.slot, now, rows, space.id))
    note_words(
        space_id=space.id,
        words=Counter(
            word
            for portrait, _ in items
            for word in set(words_of(f"{portrait.title} {portrait.brand}"))
        ),
    )


def remove_entries(*, space_id: int, product_ids: Sequence[UUID]) -> int:
    """Take products out of a space, with their places, counts and words."""
    assert transaction.get_connection().in_atomic_block, "entries and counts are one"
    if not product_ids:
        return 0
    gone = cast("list[tuple[str, str]]", sql.rows(REMOVE, (space_id, list(product_ids), space_id)))
    lost = Counter(word for title, brand in gone for word in set(words_of(f"{title} {brand}")))
    note_words(space_id=space_id, words=Counter({word: -count for word, count in lost.items()}))
    return len(gone)


def change_offers(*, space_id: int, offers: Sequence[Offer], now: datetime) -> None:
    """New prices and stock of products whose portraits stay; equal rows are not touched."""
    assert transaction.get_connection().in_atomic_block, "entries and counts are one"
    if offers:
        rows = f"[{','.join(map(_json, offers))}]"
        sql.run(CHANGE, (rows, now, space_id, space_id))


def change_stock(*, changes: Sequence[StockShown], now: datetime) -> None:
    """New stock, in any spaces; what is equal is not touched."""
    assert transaction.get_connection().in_atomic_block, "entries and counts are one"
    if changes:
        columns = (
            [change.space_id for change in changes],
            [change.product_id for change in changes],
            [change.available for change in changes],
            [change.rank for change in changes],
        )
        sql.run(CHANGE_STOCK, (*columns, now))


def note_words(*, space_id: int, words: Mapping[str, int]) -> None:
    """So many more (or fewer) products with each of these words in title or brand."""
    changed = sorted((word, count) for word, count in words.items() if count)
    if changed:
        sql.run(
            NOTE_WORDS,
            ([word for word, _ in changed], [count for _, count in changed], space_id),
        )


def _row(portrait: Portrait, offer: Offer) -> str:
    """Both as one JSON object, with the fingerprint of the portrait."""
    words = _json(portrait)
    mark = _digest(words).hexdigest()
    return f'{words[:-1]},{_json(offer)[1:-1]},"fingerprint":"{mark}"}}'


def _json(row: Portrait | Offer | NewToken) -> str:
    """Field by field; `asdict` would copy every text."""
    values = {name: getattr(row, name) for name in row.__slots__}
    return json.dumps(values, default=str, ensure_ascii=False)


def _digest(words: str) -> hashlib._Hash:
    return hashlib.md5(words.encode(), usedforsecurity=False)
