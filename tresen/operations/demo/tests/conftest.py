"""The demo shop, read once for all tests of this folder."""

import pytest

from tresen.operations.demo.goods.loader import load_goods
from tresen.operations.demo.goods_types import DemoShop


@pytest.fixture(scope="session")
def shop() -> DemoShop:
    return load_goods()
