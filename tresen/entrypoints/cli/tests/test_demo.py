"""The demo shop is filled once; a start that was cut off is finished by the next one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tresen.domains.catalog.queries import count_products
from tresen.entrypoints.cli import demo
from tresen.workflows.opening.tests import test_demo_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logins lie in a folder of the test; pictures and lists are other tests' matter."""
    settings.DATA = tmp_path
    monkeypatch.setattr(demo, "draw_demo_pictures", lambda _shop, **_: {})
    monkeypatch.setattr(demo, "rebuild_missing", lambda **_: 0)


def test_an_empty_database_is_filled_once() -> None:
    demo.fill_if_empty()
    filled = count_products()
    assert filled[0] == len(test_demo_shop.SHOP.products)
    demo.fill_if_empty()
    assert count_products() == filled
    assert any(line.startswith("  wiebke / ") for line in demo.demo_logins())


def test_a_start_that_was_cut_off_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(_shop: object, now: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as first:
        first.setattr(demo, "draw_demo_pictures", cut_off)
        with pytest.raises(KeyboardInterrupt):
            demo.fill_if_empty()
    assert count_products() == (0, 0)
    logins = demo.demo_logins()

    demo.fill_if_empty()

    assert count_products()[0] == len(test_demo_shop.SHOP.products)
    assert demo.demo_logins() == logins, "what was told is still true"


def test_a_shop_of_ones_own_without_goods_is_left_alone() -> None:
    test_demo_shop.open_demo_shop(
        shop=test_demo_shop.SHOP, logins={}, now=test_demo_shop.NOON
    )  # some channel, and no file of demo logins
    demo.fill_if_empty()
    assert count_products() == (0, 0)
