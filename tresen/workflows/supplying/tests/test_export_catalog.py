"""What goes out comes back in, byte for byte."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from tresen.domains.catalog.commands import archive_product, put_categories, put_products
from tresen.domains.catalog.queries import variant_ids_by_sku
from tresen.domains.catalog.tests import make as goods
from tresen.domains.catalog.types import (
    AttributeKind,
    CategoryDef,
    CategoryText,
    Choice,
    ContentUnit,
    MediaDraft,
    Window,
)
from tresen.domains.pricing.commands import open_price_list, set_prices
from tresen.domains.pricing.types import NewPrice
from tresen.foundation.actor import SYSTEM
from tresen.foundation.money import Money
from tresen.workflows.supplying.export_catalog import Format
from tresen.workflows.supplying.tests import make

pytestmark = pytest.mark.django_db
NOON = goods.NOON
LATER = goods.NOON + timedelta(days=1)
TABLES = (
    "catalog_product_picture, catalog_publication, catalog_product_category, catalog_variant,"
    " catalog_old_slug, catalog_product_text, catalog_product, catalog_picture,"
    " catalog_old_category_slug, catalog_category_text, catalog_category, catalog_option_value,"
    " catalog_option, catalog_attribute, catalog_brand"
)


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {TABLES}, pricing_price")


@pytest.fixture
def _shop() -> None:
    """Everything that a catalogue can hold."""
    channel = goods.channel()
    open_price_list(code="retail-de", name="Retail", market="de", currency="EUR")
    open_price_list(
        code="sale-de", name="Sale", market="de", currency="EUR", priority=1, valid_from=LATER
    )
    _vocabulary()
    _kanne(channel)
    flat = [goods.draft("", name="Zange", variants=(goods.variant(sku),)) for sku in ("Z-1", "Z-2")]
    put_products(flat, now=LATER, actor=SYSTEM)
    archive_product(product_id=goods.product("weg", published=False), now=LATER, actor=SYSTEM)
    _prices()


def _vocabulary() -> None:
    goods.brand()
    goods.colours()
    goods.attribute("material", is_filterable=True, position=3)
    goods.attribute("volume", AttributeKind.NUMBER, unit="ml")
    goods.attribute("new", AttributeKind.BOOLEAN)
    goods.attribute("since", AttributeKind.DATE)
    tone = Choice(code="red", labels={"de": "Rot"}, swatch="#aa0000")
    goods.attribute("tone", AttributeKind.CHOICE, choices=(tone,))
    for path in ("kueche", "kueche/tee", "alt"):
        goods.category(path)
    hidden = CategoryText(name="Alt", slug="alt", summary='Weg, "für" immer')
    put_categories(
        [CategoryDef(path="alt", texts={"de": hidden}, position=7, is_visible=False)], now=LATER
    )


def _kanne(channel: str) -> None:
    one, two = goods.picture(1), goods.picture(2)
    goods.product(
        "kanne",
        published=False,
        brand="hafen",
        categories=("kueche/tee", "kueche"),
        options=("colour",),
        listed_on=goods.NOON.date(),
        attributes={
            "material": {"de": "Ton", "en": "Clay"},
            "volume": 0.75,
            "new": True,
            "since": "2027-02-28",
            "tone": "red",
        },
        texts={
            "de": goods.text("Teekanne", summary='Für "zwei", gut', description="<p>a<br>b</p>"),
            "en": goods.text("Tea pot", meta_title="Pot", meta_description="A pot"),
        },
        variants=(
            goods.variant("K-2", choices={"colour": "red"}, gtin=goods.GTIN, weight_g=850,
                          length_mm=1, width_mm=2, height_mm=3, origin_country="DE",
                          tariff_code="691110", content_amount=Decimal("0.750"),
                          content_unit=ContentUnit.METRE, max_per_order=5),
            goods.variant("K-1", choices={"colour": "blue"}, is_default=True,
                          other_gtins=(goods.OTHER_GTIN,)),
            goods.variant("K-0", choices={"colour": "red"}, is_archived=True),
        ),
        media=(
            MediaDraft(picture=two, alt={"de": "Kanne", "en": "Pot"}),
            MediaDraft(picture=one, alt={"de": "Blau", "en": "Blue"}, sku="K-1"),
        ),
        channels={channel: Window(from_at=goods.NOON, until_at=LATER)},
        old_slugs={"de": ("alte-kanne", "kanne")},
    )  # fmt: skip


def _prices() -> None:
    ids = variant_ids_by_sku(["K-1", "K-2"])
    steps = [
        NewPrice(variant_id=ids["K-1"], amount=Money(1999, "EUR")),
        NewPrice(variant_id=ids["K-1"], amount=Money(1899, "EUR"), min_quantity=10),
        NewPrice(variant_id=ids["K-2"], amount=Money(5, "EUR"), valid_from=NOON, valid_to=LATER),
    ]
    set_prices(steps, list_code="retail-de", now=goods.NOON, actor=SYSTEM)
    sale = [steps[0], NewPrice(variant_id=ids["K-2"], amount=Money(1999, "EUR"))]
    set_prices(sale, list_code="sale-de", now=goods.NOON, actor=SYSTEM)


@pytest.mark.parametrize("format_", ["jsonl", "csv"])
@pytest.mark.usefixtures("_shop")
def test_an_export_taken_into_an_empty_shop_gives_the_same_bytes(
    format_: Format, tmp_path: Path
) -> None:
    """All but the names of pictures, which are named by their bytes and drawn anew."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    first = make.exported(format=format_, media=pictures)
    file = tmp_path / f"catalog.{format_}"
    file.write_text(first, encoding="utf-8", newline="")
    empty()
    assert make.exported(format=format_) != first

    done = make.take(file, mapping=None, media=pictures, channel="")

    assert (done.faults, done.result.unread) == ([], [])
    assert done.result.added == 4
    taken = make.exported(format=format_)
    assert _without_names(taken) == _without_names(first)
    (tmp_path / "again").mkdir()
    file.write_text(
        make.exported(format=format_, media=tmp_path / "again"), encoding="utf-8", newline=""
    )
    again = make.take(file, mapping=None, media=tmp_path / "again", channel="")
    assert again.result.prices_changed == 0


def _without_names(exported: str) -> str:
    return re.sub(r"[0-9a-f]{64}", "picture", exported)


@pytest.mark.usefixtures("_shop")
def test_both_formats_say_the_same() -> None:
    lines = [json.loads(line) for line in make.exported().splitlines()]
    rows = list(csv.DictReader(io.StringIO(make.exported(format="csv"))))

    kinds = [kind for line in lines for kind in line]
    assert kinds[0] == "tresen_catalog"
    assert [row["record"] for row in rows if row["record"] not in ("product", "variant")] == [
        kind for kind in kinds if kind not in ("tresen_catalog", "product")
    ]
    products = [line["product"] for line in lines if "product" in line]
    kanne = next(product for product in products if product["code"] == "kanne")
    first = next(row for row in rows if row["record"] == "product" and row["code"] == "kanne")
    assert first["name.de"] == kanne["texts"]["de"]["name"] == "Teekanne"
    assert json.loads(first["attributes"]) == kanne["attributes"]
    assert [row["sku"] for row in rows if row["code"] == "kanne"] == ["K-2", "K-1", "K-0"]
    assert kanne["variants"][1]["prices"] == [
        {"list": "retail-de", "amount": "19.99", "currency": "EUR"},
        {"list": "retail-de", "amount": "18.99", "currency": "EUR", "min_quantity": 10},
        {"list": "sale-de", "amount": "19.99", "currency": "EUR"},
    ]


@pytest.mark.usefixtures("_shop")
def test_an_edited_export_changes_the_shop(tmp_path: Path) -> None:
    file = tmp_path / "catalog.csv"
    text = make.exported(format="csv").replace("Teekanne,teekanne,", "Kanne,teekanne,")
    file.write_text(text.replace('""volume"":0.75', '""volume"":0.8'), encoding="utf-8", newline="")

    done = make.take(file, mapping=None, channel="")

    assert (done.faults, done.result.changed) == ([], 1)
    kanne = make.drafts()["kanne"]
    assert kanne.texts["de"].name == "Kanne"
    assert kanne.attributes["volume"] == 0.8


@pytest.mark.usefixtures("_shop")
def test_broken_records_of_our_own_are_told_and_the_rest_is_taken(tmp_path: Path) -> None:
    product = {"code": "x", "status": "active", "tax_category": "standard"}
    words = {"texts": {"de": {"name": "X"}}}
    records: list[object] = [
        {"tresen_catalog": 1},
        {"brand": {"code": "neu", "name": "Neu"}},
        {"attribute": {"code": "volume", "kind": "text", "labels": {"de": "V"}}},
        {"attribute": {"code": "fine", "kind": "colourful", "labels": {"de": "F"}}},
        {"product": {**product, **words, "variants": [{"sku": 3}]}},
        {"product": {**product, **words, "variants": []}},
        {"product": {**product, **words, "status": "sold", "variants": [{"sku": "X"}]}},
        {"product": {**product, **words, "variants": [{"sku": "X", "prices": [
            {"list": "nowhere", "amount": "1", "currency": "EUR"}]}]}},
        {"product": {**product, **words, "variants": [{"sku": "X", "prices": [
            {"list": "retail-de", "amount": "1.234", "currency": "EUR"}]}]}},
        {"product": {**product, **words, "variants": [{"sku": "Z", "prices": [
            {"list": "retail-de", "amount": "1", "currency": "USD"}]}]}},
        {"product": {**product, **words, "channels": {"web-de": {}}, "variants": [{"sku": "X"}]}},
        {"prodcut": {}},
        {"product": 3},
        {"product": {**product, **words, "brand": "neu", "variants": [{"sku": "Y"}]}},
    ]  # fmt: skip
    file = tmp_path / "catalog.jsonl"
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")

    done = make.take(file, mapping=None, channel="")

    assert done.told == [
        (0, "kind_fixed", True),
        (4, "value_unreadable", False),
        (5, "value_unreadable", False),
        (6, "sku_missing", False),
        (7, "value_unreadable", False),
        (8, "price_list_unknown", False),
        (9, "value_unreadable", False),
        (10, "wrong_currency", False),
        (11, "value_unreadable", False),
        (12, "not_a_record", False),
        (13, "value_unreadable", False),
    ]
    assert make.drafts()["x"].brand == "neu"


def test_a_foreign_file_without_a_mapping_is_not_read(tmp_path: Path) -> None:
    goods.channel()

    done = make.take(make.json_file(tmp_path, [{"sku": "A"}]), mapping=None)

    (told,) = done.result.unread
    assert "foreign files need --mapping" in told
    assert make.drafts() == {}


def test_a_picture_that_is_here_needs_no_file(tmp_path: Path) -> None:
    goods.channel()
    medium = MediaDraft(picture=goods.picture(), alt={"de": "Kanne"})
    goods.product("kanne", published=False, media=(medium,))
    file = tmp_path / "catalog.jsonl"
    file.write_text(make.exported(), encoding="utf-8")

    done = make.take(file, mapping=None, channel="")

    assert (done.faults, done.result.unchanged) == ([], 1)
