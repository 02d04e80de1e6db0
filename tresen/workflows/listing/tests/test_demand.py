"""What sells moves up, fades, and is built first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.domains.discovery.queries import most_demanded
from tresen.foundation import sql
from tresen.workflows.listing.demand import FADES_IN, coarse, count_demand, fading
from tresen.workflows.listing.keep import keep_lists, weigh_lists
from tresen.workflows.listing.tests import make


@pytest.mark.django_db
def test_what_sold_stands_first_within_the_hour() -> None:
    make.shop()
    make.goods("kanne")
    tasse = make.goods("tasse")
    make.build()

    count_demand(sold={make.variant_of("tasse"): 7}, now=make.NOON)
    weigh_lists(now=make.NOON)

    assert [entry.title for entry in make.listed().entries] == ["Tasse", "Kanne"]
    assert most_demanded(limit=5) == [tasse]


@pytest.mark.django_db
def test_pieces_add_up_and_fade() -> None:
    make.shop()
    make.goods("tasse")
    make.build()

    count_demand(sold={make.variant_of("tasse"): 10}, now=make.NOON)
    count_demand(sold={make.variant_of("tasse"): 1}, now=make.NOON + FADES_IN)

    ((pieces,),) = sql.rows("SELECT pieces FROM discovery_demand")
    assert float(str(pieces)) == pytest.approx(1 + 10 * fading(FADES_IN))


@pytest.mark.django_db
def test_a_turn_of_the_minute_builds_refreshes_and_sweeps() -> None:
    make.shop()
    product_id = make.goods("kanne", published=False)
    make.publish(product_id, from_at=make.LATER)

    assert keep_lists(now=make.NOON) == 1
    assert make.titles(make.listed()) == []
    assert keep_lists(now=make.LATER) == 1
    assert make.titles(make.listed()) == ["Kanne"]
    assert keep_lists(now=make.LATER) == 0


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_coarse_steps_keep_the_order(left: float, right: float) -> None:
    assert (coarse(left) <= coarse(right)) or left > right
    assert coarse(coarse(left)) == pytest.approx(coarse(left), rel=0.01, abs=0.01)


def test_nothing_grows_by_waiting() -> None:
    assert fading(timedelta(0)) == 1.0
    assert fading(timedelta(days=-1)) == 1.0
    assert 0 < fading(timedelta(days=60)) < fading(timedelta(days=30)) < 1
