"""Writes. Each is one transaction and takes keywords only."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tresen.domains.stores.models import Channel, Market, PublishableKey, Store
from tresen.domains.stores.queries import forget_channels
from tresen.domains.stores.types import ChannelKind, MarketRow, NewStore


@transaction.atomic
def found_store(*, store: NewStore) -> UUID:
    """A new store, or the one of that code brought up to date."""
    values = asdict(store)
    made, _ = Store.objects.update_or_create(code=values.pop("code"), defaults=values)
    forget_channels()
    return made.id


@transaction.atomic
def set_market(*, market: MarketRow) -> None:
    """A new market, or the one of that code brought up to date."""
    values = asdict(market)
    code = values.pop("code")
    Market.objects.update_or_create(
        code=code,
        defaults=values | {"countries": list(market.countries), "locales": list(market.locales)},
    )
    forget_channels()


@transaction.atomic
def open_channel(*, code: str, name: str, kind: ChannelKind, store_id: UUID, market: str) -> UUID:
    """A new channel, or the one of that code opened again."""
    made, _ = Channel.objects.update_or_create(
        code=code,
        defaults={
            "name": name,
            "kind": kind,
            "store_id": store_id,
            "market_id": market,
            "is_open": True,
        },
    )
    forget_channels()
    return made.id


@transaction.atomic
def renew_publishable_keys(*, now: datetime) -> dict[str, str]:
    """Every channel that has keys gets one new key, and the others end; the new ones by channel."""
    fresh: dict[str, str] = {}
    keys = PublishableKey.objects.filter(is_active=True).select_related("channel")
    for former in keys.order_by("channel_id", "-made_at"):
        if former.channel.code not in fresh:
            fresh[former.channel.code] = make_publishable_key(
                channel_id=former.channel_id, label=former.label, now=now
            )
    PublishableKey.objects.filter(is_active=True).exclude(key__in=fresh.values()).update(
        is_active=False
    )
    forget_channels()
    return fresh


@transaction.atomic
def make_publishable_key(*, channel_id: UUID, label: str, now: datetime, key: str = "") -> str:
    """A fresh key `pk_…` for a shop front, or the given one made known."""
    key = key or f"pk_{secrets.token_urlsafe(24)}"
    PublishableKey.objects.get_or_create(
        key=key, defaults={"channel_id": channel_id, "label": label, "made_at": now}
    )
    return key
