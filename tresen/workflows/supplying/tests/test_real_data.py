"""The two real catalogues come in whole. Skipped where the data is not beside the checkout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tresen.domains.catalog.queries import (
    category_tree,
    count_products,
    list_attributes,
)
from tresen.domains.catalog.tests import make as goods
from tresen.domains.catalog.types import AttributeKind
from tresen.domains.pricing.commands import open_price_list
from tresen.domains.stores.commands import set_market
from tresen.domains.stores.types import MarketRow
from tresen.workflows.supplying.catalog_files.mapping_file import read_mapping
from tresen.workflows.supplying.import_types import BATCH, ImportOrder
from tresen.workflows.supplying.tests import make

CHECKOUT = Path(__file__).resolve().parents[4]
ATTRIBUTES = {AttributeKind.TEXT: 1835, AttributeKind.NUMBER: 1796, AttributeKind.BOOLEAN: 1724}
"""Counted in the files: every field that begins with attr_, and the maker's number."""
MAPPINGS = CHECKOUT / "examples" / "mappings"

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


@pytest.mark.slow
def test_the_whole_of_icecat_comes_in(shared: Path) -> None:
    folder = shared / "data" / "icecat-chorus-electronics"
    wanted = make.order(
        *(folder / f"{n}.json.zip" for n in range(1, 5)),
        mapping=(MAPPINGS / "icecat.toml").read_text(encoding="utf-8"),
        batch=BATCH,
    )

    done = make.imported(wanted)

    assert (done.result.records, done.result.added, done.result.refused) == (19_406, 19_406, 0)
    assert done.result.prices_changed == 19_406
    assert (done.result.unread, done.result.unused) == ([], [])
    assert all(fault.left_out for fault in done.faults)
    assert count_products() == (19_406, 19_406)
    kinds = [definition.kind for definition in list_attributes()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == ATTRIBUTES
    draft = make.draft_of("ICE-3920564")
    assert draft.variants[0].gtin == "0095205603217"
    assert (draft.brand, draft.listed_on) == ("xerox", date(2009, 12, 10))
    assert draft.texts["en"].name == "Xerox 006R90321 toner cartridge Original Black 6 pc(s)"
    assert draft.attributes == {
        "manufacturer_number": "006R90321",
        "type": {"en": "Original"},
        "printing_colours": {"en": "Black"},
        "print_technology": {"en": "Laser printing"},
        "compatibility": {"en": "CopyCentre C65"},
        "quantity_per_pack": 6,
        "black_toner_page_yield": 23_000,
    }


def test_the_best_buy_sample_comes_in_with_its_tree(shared: Path) -> None:
    goods.channel()
    set_market(
        market=MarketRow(
            code="us",
            country="US",
            countries=("US",),
            currency="USD",
            locales=("en",),
            prices_include_tax=False,
            time_zone="America/Chicago",
        )
    )
    open_price_list(code="retail-us", name="Retail", market="us", currency="USD")
    mapping = read_mapping(MAPPINGS / "bestbuy.toml")
    file = shared / "data" / "catalog-bestbuy-sample" / "ecommerce.json.gz"

    done = make.imported(
        ImportOrder(paths=(file,), mapping=mapping, channel=goods.CHANNEL, price_list="retail-us")
    )

    assert (done.result.records, done.result.added, done.faults) == (3_291, 3_291, [])
    tree = category_tree(locale="en")
    phones = next(node for node in tree if node.category.name == "Cell Phones")
    assert "Prepaid Phones" in {node.category.name for node in phones.children}
    first = make.draft_of("BB-4984700")
    assert first.categories == ("cell-phones/prepaid-phones/all-prepaid-phones",)
    assert first.attributes == {"popularity": 21_449}
