"""What is switched on is on the shelf, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tresen.config.wiring import wire
from tresen.domains.payments.ports import demo_desks, providers
from tresen.foundation.secret import Secret


@pytest.fixture(autouse=True)
def _empty_shelves() -> Iterator[None]:
    shelves = (providers, demo_desks)
    kept = [dict(shelf._held) for shelf in shelves]
    for shelf in shelves:
        shelf._held.clear()
    yield
    for shelf, held in zip(shelves, kept, strict=True):
        shelf._held.clear()
        shelf._held.update(held)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("demo", "key", "names"),
    [
        (False, "", {"bank_transfer", "pay_in_store"}),
        (True, "", {"bank_transfer", "pay_in_store", "demo_card"}),
        (False, "sk_test_1", {"bank_transfer", "pay_in_store", "stripe"}),
    ],
)
def test_demo_and_stripe_are_offered_only_where_they_are_switched_on(
    demo: bool, key: str, names: set[str]
) -> None:
    with override_settings(DEMO_PAYMENTS=demo, STRIPE_SECRET_KEY=Secret(key)):
        wire()

    assert set(providers.names()) == names
    assert set(demo_desks.names()) == ({"demo_card"} if demo else set())


def test_a_live_key_belongs_to_another_merchant_than_a_test_key() -> None:
    merchants = []
    for key in ("sk_test_1", "sk_live_1"):
        with override_settings(STRIPE_SECRET_KEY=Secret(key)):
            wire()
        merchants.append(providers.take("stripe").merchant)

    assert merchants == ["/test", "/live"]
