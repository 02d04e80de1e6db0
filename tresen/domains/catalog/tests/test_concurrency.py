"""Writers of products take turns: what one looked up is still so when it writes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tresen.domains.catalog.commands import put_products
from tresen.domains.catalog.queries import count_products, list_drafts
from tresen.domains.catalog.tests import make
from tresen.domains.catalog.types import Written
from tresen.foundation.actor import SYSTEM

WRITERS = 6
PRODUCTS = 40


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_many_imports_of_the_same_goods_at_once_write_each_product_once() -> None:
    batch = [make.draft(f"p{n}", name=f"Ding {n % 5}") for n in range(PRODUCTS)]

    def take(_writer: int) -> Written:
        try:
            return put_products(batch, now=make.NOON, actor=SYSTEM)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        written = list(pool.map(take, range(WRITERS)))

    assert sorted(one.added for one in written) == [0] * (WRITERS - 1) + [PRODUCTS]
    assert [one.faults for one in written] == [()] * WRITERS
    assert count_products() == (PRODUCTS, PRODUCTS)
    slugs = [draft.texts["de"].slug for draft, _ in list_drafts()]
    assert len(set(slugs)) == PRODUCTS
