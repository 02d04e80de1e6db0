"""A signed link opens one thing for one purpose until its end, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tresen.foundation.vault.links import LinkBroken, LinkExpired, make_link, read_link

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ORDER = UUID(int=7)
LINK = make_link(ORDER, purpose="order", until=NOON)


def test_a_link_names_its_subject_until_the_last_second() -> None:
    assert read_link(LINK, purpose="order", now=NOON) == ORDER


def test_after_its_end_it_says_so() -> None:
    with pytest.raises(LinkExpired):
        read_link(LINK, purpose="order", now=NOON + timedelta(seconds=1))


def test_for_another_purpose_it_opens_nothing() -> None:
    with pytest.raises(LinkBroken):
        read_link(LINK, purpose="cart", now=NOON)


def test_every_changed_sign_is_noticed() -> None:
    for position in range(len(LINK)):
        other = "A" if LINK[position] != "A" else "B"
        with pytest.raises(LinkBroken):
            read_link(LINK[:position] + other + LINK[position + 1 :], purpose="order", now=NOON)


@pytest.mark.parametrize(
    "text", ["", "x", LINK[:-1], LINK + "A", LINK + "=", "ä", "%%%", "A" * 500]
)
def test_what_is_no_link_is_refused(text: str) -> None:
    with pytest.raises(LinkBroken):
        read_link(text, purpose="order", now=NOON)
