"""Publishing products in channels."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.catalog.commands.telling import touch
from tresen.domains.catalog.queries.publication import what_is_missing
from tresen.domains.catalog.rules.drafts import sound_window
from tresen.domains.catalog.types import Window
from tresen.foundation import sql
from tresen.foundation.actor import Actor


@transaction.atomic
def publish_product(
    *,
    product_id: UUID,
    channel_code: str,
    from_at: datetime,
    until_at: datetime | None = None,
    now: datetime,
    actor: Actor,
) -> None:
    """Show the product in the channel from `from_at` on, until before `until_at`.

    Raises what `what_is_missing` names first, ChannelUnknown, WindowUnsound, NoSuchProduct.
    """
    sound_window(Window(from_at=from_at, until_at=until_at), field="until_at")
    missing = what_is_missing(product_id=product_id, channel_code=channel_code)
    if missing:
        raise missing[0]
    sql.run(
        "INSERT INTO catalog_publication (product_id, channel_code, from_at, until_at)"
        " VALUES (%s, %s, %s, %s) ON CONFLICT (product_id, channel_code)"
        " DO UPDATE SET from_at = excluded.from_at, until_at = excluded.until_at",
        (product_id, channel_code, from_at, until_at),
    )
    touch(product_id, now=now, actor=actor)


@transaction.atomic
def unpublish_product(*, product_id: UUID, channel_code: str, now: datetime, actor: Actor) -> None:
    """No longer show it there. Doing it twice changes nothing.

    The row stays, with its end: an import publishes only what never was published.
    """
    gone = sql.changed(
        "UPDATE catalog_publication"
        " SET until_at = greatest(%s, from_at + interval '1 microsecond')"
        " WHERE product_id = %s AND channel_code = %s AND (until_at IS NULL OR until_at > %s)"
        " AND until_at IS DISTINCT FROM greatest(%s, from_at + interval '1 microsecond')",
        (now, product_id, channel_code, now, now),
    )
    if gone:
        touch(product_id, now=now, actor=actor)
