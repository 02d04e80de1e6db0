"""The database keeps the truth, whoever writes: each test goes around the commands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from tresen.domains.catalog.models import (
    Attribute,
    Product,
    ProductPicture,
    ProductText,
    Publication,
    Variant,
)
from tresen.domains.catalog.tests import make
from tresen.foundation import sql

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_products() -> None:
    make.product("kanne")
    make.product("topf", published=False)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"gtin": "4006381333932"}, "variant_gtin_sound"),
        ({"gtin": "036000291452"}, "variant_gtin_sound"),
        ({"gtin": "abc"}, "variant_gtin_sound"),
        ({"sku": ""}, "variant_has_sku"),
        ({"sku": "topf-1"}, "catalog_variant_sku_key"),
        ({"is_archived": True}, "default_variant_is_not_archived"),
        ({"weight_g": 0}, "variant_weight_sound"),
        ({"height_mm": 100_001}, "variant_size_sound"),
        ({"origin_country": "de"}, "variant_origin_is_a_country"),
        ({"tariff_code": "12a456"}, "variant_tariff_code_sound"),
        ({"content_amount": Decimal(5)}, "variant_content_has_its_unit"),
        ({"content_amount": Decimal(0), "content_unit": "g"}, "variant_content_has_its_unit"),
        ({"content_amount": Decimal(1), "content_unit": "kg"}, "variant_content_has_its_unit"),
        ({"max_per_order": 0}, "variant_order_limit_sound"),
        ({"choices": []}, "variant_choices_are_pairs"),
    ],
)
def test_a_variant_is_always_sound(change: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Variant.objects.filter(sku="kanne-1").update(**change)

    assert sql.constraint_of(refused.value) == constraint


def test_a_product_has_one_default_variant_and_one_variant_per_choice() -> None:
    product = Product.objects.get(code="kanne")
    with pytest.raises(IntegrityError, match="one_default_variant"), transaction.atomic():
        Variant.objects.create(product=product, sku="B", is_default=True, choices={"a": "b"})
    with pytest.raises(IntegrityError, match="one_variant_per_choice"), transaction.atomic():
        Variant.objects.create(product=product, sku="B")

    Variant.objects.create(product=product, sku="B", is_archived=True)
    assert Variant.objects.filter(product=product).count() == 2


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"status": "gone"}, "product_status_known"),
        ({"tax_category": ""}, "product_has_code_and_tax"),
        ({"code": "topf"}, "one_product_per_code"),
        ({"attributes": []}, "product_attributes_are_pairs"),
    ],
)
def test_a_product_is_always_sound(change: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Product.objects.filter(code="kanne").update(**change)

    assert sql.constraint_of(refused.value) == constraint


def test_an_address_belongs_to_one_product_in_a_language() -> None:
    texts = ProductText.objects.filter(product__code="topf")
    with pytest.raises(IntegrityError, match="one_product_per_address"), transaction.atomic():
        texts.update(slug="teekanne")
    with pytest.raises(IntegrityError, match="product_has_words"), transaction.atomic():
        texts.update(name="")


def test_a_publication_ends_after_it_begins_and_only_in_a_channel() -> None:
    with pytest.raises(IntegrityError, match="publication_ends"), transaction.atomic():
        Publication.objects.update(until_at=make.NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.update(channel_id="nowhere")
        connection.check_constraints()


def test_a_picture_is_never_without_words_nor_twice_on_a_product() -> None:
    product = Product.objects.get(code="kanne")
    picture = make.picture()
    with pytest.raises(IntegrityError, match="picture_has_words"), transaction.atomic():
        ProductPicture.objects.create(product=product, picture_id=picture, alt={})
    ProductPicture.objects.create(product=product, picture_id=picture, alt={"de": "Kanne"})
    with pytest.raises(IntegrityError, match="one_picture_once"), transaction.atomic():
        ProductPicture.objects.create(product=product, picture_id=picture, alt={"de": "Kanne"})


@pytest.mark.parametrize(
    ("row", "constraint"),
    [
        ({"kind": "text", "labels": {}}, "attribute_has_words"),
        ({"kind": "text", "labels": {"de": "A"}, "unit": "mm"}, "only_numbers_have_units"),
        ({"kind": "choice", "labels": {"de": "A"}}, "choices_have_their_values"),
        ({"kind": "text", "labels": {"de": "A"}, "code": "Größe"}, "attribute_code_sound"),
    ],
)
def test_an_attribute_is_always_sound(row: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Attribute.objects.create(**{"code": "a", **row})

    assert sql.constraint_of(refused.value) == constraint
