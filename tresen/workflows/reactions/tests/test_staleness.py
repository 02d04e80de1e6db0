"""How far behind the lists are, measured from the facts that wait."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tresen.domains.catalog.events import ProductChanged
from tresen.foundation import sql
from tresen.foundation.journal.events import announce
from tresen.workflows.listing.staleness import KINDS, LISTENERS, freshness, staleness_seconds
from tresen.workflows.listing.tests import make
from tresen.workflows.reactions.manners import name_of
from tresen.workflows.reactions.relay import spread
from tresen.workflows.reactions.table import LISTENERS as TABLE

pytestmark = pytest.mark.django_db

SOON = make.NOON + timedelta(seconds=3)


def test_nothing_waits_and_nothing_is_missing() -> None:
    make.shop()
    make.build()
    sql.run("DELETE FROM journal_fact")

    found = freshness(now=SOON)

    assert (found.staleness_seconds, found.pending, found.missing) == (0.0, 0, ())
    assert found.is_kept


def test_a_fact_counts_from_the_moment_it_was_told_until_it_is_heard() -> None:
    make.shop()
    make.build()
    sql.run("DELETE FROM journal_fact")
    announce(ProductChanged(happened_at=make.NOON, product_id=str(make.goods("kanne"))))
    sql.run("DELETE FROM journal_fact WHERE kind <> 'ProductChanged'")

    assert staleness_seconds(now=SOON) == 3.0
    spread(now=SOON)
    assert freshness(now=SOON).staleness_seconds == 3.0
    assert not freshness(now=SOON).is_kept

    sql.run("UPDATE journal_delivery SET heard_at = %s", (SOON,))
    assert staleness_seconds(now=SOON) == 0.0


def test_a_channel_without_lists_is_named() -> None:
    make.shop()

    assert freshness(now=make.NOON).missing == ("web-de de", "web-de en")


def test_every_listener_of_the_lists_is_measured() -> None:
    heard = {
        (kind.__name__, name_of(listener))
        for kind, listeners in TABLE.items()
        for listener in listeners
        if name_of(listener).split(".")[0] in {"product_changed", "prices_changed", "stock_changed"}
    }

    assert {kind for kind, _ in heard} == set(KINDS)
    assert {name for _, name in heard} == set(LISTENERS)
