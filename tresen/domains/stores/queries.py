"""Reads. get_ raises, find_ may return None, list_ is bounded.

Channels change a few times a year and are needed by every request, so that each process
remembers them for CHANNEL_SECONDS; `forget_channels` is for whoever changed one.
"""

from __future__ import annotations

from uuid import UUID

from django.forms.models import model_to_dict

from tresen.domains.stores.models import Channel, Market, PublishableKey, Store
from tresen.domains.stores.types import ChannelKind, ChannelRow, MarketRow, StoreRow
from tresen.foundation.refusals import Refusal
from tresen.foundation.remembered import Remembered

CHANNEL_SECONDS = 5.0
STORES_MAX = 200

_remembered = Remembered[str, ChannelRow](seconds=CHANNEL_SECONDS)


class NoSuchChannel(Refusal):
    """The channel or its key is not known, or closed."""

    code = "no_such_channel"
    status = 404
    message = "There is no open shop here."


def get_channel(code: str) -> ChannelRow:
    """The channel of that code. Raises NoSuchChannel."""
    row = _remember(f"code:{code}", code=code)
    if row is None:
        raise NoSuchChannel
    return row


def find_channel_by_key(key: str) -> ChannelRow | None:
    """The channel that an active publishable key is bound to."""
    return _remember(f"key:{key}", key=key)


def get_market(code: str) -> MarketRow:
    return _market(Market.objects.get(code=code))


def list_channels() -> list[ChannelRow]:
    found = Channel.objects.select_related("store", "market").order_by("code")
    return [_channel(channel) for channel in found[:STORES_MAX]]


def list_stores() -> list[StoreRow]:
    return [_store(store) for store in Store.objects.order_by("code")[:STORES_MAX]]


def list_keys_of(channel_id: UUID) -> list[str]:
    found = PublishableKey.objects.filter(channel_id=channel_id, is_active=True).order_by("made_at")
    return list(found.values_list("key", flat=True)[:STORES_MAX])


def forget_channels() -> None:
    _remembered.forget()


def _remember(word: str, *, code: str = "", key: str = "") -> ChannelRow | None:
    known = _remembered.find(word)
    if known is not None:
        return known
    found = Channel.objects.select_related("store", "market").filter(is_open=True)
    if key:
        keys = PublishableKey.objects.filter(key=key, is_active=True).values("channel_id")
        found = found.filter(id__in=keys)
    else:
        found = found.filter(code=code)
    channel = found.first()
    return _remembered.keep(word, _channel(channel)) if channel else None


def _store(store: Store) -> StoreRow:
    return StoreRow(id=store.id, **{k: v for k, v in model_to_dict(store).items() if k != "id"})


def _market(market: Market) -> MarketRow:
    return MarketRow(
        code=market.code,
        country=market.country,
        countries=tuple(market.countries),
        currency=market.currency,
        locales=tuple(market.locales),
        prices_include_tax=market.prices_include_tax,
        time_zone=market.time_zone,
    )


def _channel(channel: Channel) -> ChannelRow:
    return ChannelRow(
        id=channel.id,
        code=channel.code,
        name=channel.name,
        kind=ChannelKind(channel.kind),
        is_open=channel.is_open,
        store=_store(channel.store),
        market=_market(channel.market),
    )
