"""A channel is one store in one market; keys of a front name it and open nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tresen.domains.stores.commands import (
    found_store,
    make_publishable_key,
    open_channel,
    set_market,
)
from tresen.domains.stores.models import Channel, PublishableKey
from tresen.domains.stores.queries import (
    NoSuchChannel,
    find_channel_by_key,
    forget_channels,
    get_channel,
    get_market,
    list_channels,
    list_keys_of,
    list_stores,
)
from tresen.domains.stores.types import ChannelKind, ChannelRow, MarketRow, NewStore

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
STORE = NewStore(
    code="tide",
    name="Tide",
    legal_name="Tide GmbH",
    street="Am Priel 1",
    postcode="26506",
    city="Norden",
    country="DE",
    email="moin@tide.example",
    claims={"de": "Mit der Flut", "en": "With the tide"},
)
MARKET = MarketRow(
    code="de",
    country="DE",
    countries=("DE", "AT"),
    currency="EUR",
    locales=("de", "en"),
    prices_include_tax=True,
    time_zone="Europe/Berlin",
)


@pytest.fixture
def channel() -> ChannelRow:
    set_market(market=MARKET)
    store_id = found_store(store=STORE)
    open_channel(code="web", name="Web", kind=ChannelKind.WEB, store_id=store_id, market="de")
    return get_channel("web")


def test_a_channel_brings_its_store_and_its_market(channel: ChannelRow) -> None:
    assert channel.market == get_market("de") == MARKET
    assert (channel.store.name, channel.store.claims["en"]) == ("Tide", "With the tide")
    assert channel.default_locale == "de"
    assert list_channels() == [channel]


def test_founding_again_brings_the_store_up_to_date(channel: ChannelRow) -> None:
    found_store(store=replace(STORE, city="Norddeich"))
    assert [store.city for store in list_stores()] == ["Norddeich"]
    assert get_channel("web").store.city == "Norddeich", "what was remembered is forgotten"


def test_a_key_names_its_channel(channel: ChannelRow) -> None:
    key = make_publishable_key(channel_id=channel.id, label="front", now=NOON)
    assert key.startswith("pk_")
    assert find_channel_by_key(key) == channel
    assert list_keys_of(channel.id) == [key]
    assert find_channel_by_key(key[:-1]) is None


@pytest.mark.parametrize("switched_off", ["key", "channel"])
def test_a_closed_channel_or_key_opens_nothing(channel: ChannelRow, switched_off: str) -> None:
    key = make_publishable_key(channel_id=channel.id, label="front", now=NOON)
    if switched_off == "key":
        PublishableKey.objects.update(is_active=False)
    else:
        Channel.objects.update(is_open=False)
    forget_channels()
    assert find_channel_by_key(key) is None


def test_an_unknown_or_closed_channel_is_refused(channel: ChannelRow) -> None:
    with pytest.raises(NoSuchChannel):
        get_channel("market")
    Channel.objects.update(is_open=False)
    forget_channels()
    with pytest.raises(NoSuchChannel):
        get_channel("web")


def test_opening_again_opens_the_same_channel(channel: ChannelRow) -> None:
    Channel.objects.update(is_open=False)
    again = open_channel(
        code="web", name="Web", kind=ChannelKind.WEB, store_id=channel.store.id, market="de"
    )
    assert again == channel.id
    assert get_channel("web") == channel
