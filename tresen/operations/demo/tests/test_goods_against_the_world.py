"""Tariff codes are real, postcodes are real, brands are not: checked against public lists."""

import csv
import gzip
import json
import os
import tarfile
from pathlib import Path

import pytest

from tresen.operations.demo.goods_types import DemoShop

BESIDE = Path(__file__).resolve().parents[4].parent / "shared"
DATA = Path(os.environ.get("TRESEN_SHARED", BESIDE)) / "data"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not beside the checkout"),
]


def test_every_tariff_code_is_in_the_combined_nomenclature(shop: DemoShop) -> None:
    with gzip.open(DATA / "eu-combined-nomenclature" / "cnCodes_2026.json.gz") as stream:
        codes = {row["code"] for row in json.load(stream)}

    assert {product.tariff_code for product in shop.products} <= codes


def test_every_postcode_belongs_to_its_city(shop: DemoShop) -> None:
    with gzip.open(DATA / "geonames-postcodes" / "DE.csv.gz", "rt", encoding="utf-8") as stream:
        places = [(row["zipcode"], row["place"]) for row in csv.DictReader(stream)]
    addresses = [location.address for location in shop.locations]
    addresses += [store.address for store in shop.stores]
    addresses += [brand.maker_address for brand in shop.brands]

    for address in addresses:
        named = [place for postcode, place in places if postcode == address.postal_code]
        assert any(address.city in place for place in named), address


def test_no_brand_bears_the_name_of_a_real_shop(shop: DemoShop) -> None:
    with tarfile.open(DATA / "retail-brands-nsi" / "brands-shop.tgz") as archive:
        files = [archive.extractfile(member) for member in archive if member.isfile()]
        known = b"".join(file.read() for file in files if file).decode("utf-8").lower()

    assert "tchibo" in known
    assert [brand.name for brand in shop.brands if f'"{brand.name.lower()}"' in known] == []
