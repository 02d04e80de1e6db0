"""The generator gives the same goods for the same seed, as many as one asks for."""

import itertools
import re

from tresen.operations.demo.generator import GeneratedProduct, generate_products, generated_frame
from tresen.operations.demo.goods.checks import is_internal_gtin

MANY = 20_000


def test_the_same_seed_gives_the_same_products() -> None:
    assert list(generate_products(500, 7)) == list(generate_products(500, 7))


def test_another_seed_gives_others() -> None:
    one, other = list(generate_products(500, 7)), list(generate_products(500, 8))

    assert sum(a.name_de == b.name_de for a, b in zip(one, other, strict=True)) < 5


def test_a_product_does_not_depend_on_how_many_are_made() -> None:
    few, many = generate_products(10, 3), generate_products(1_000_000, 3)

    assert list(few) == list(itertools.islice(many, 10))


def test_it_streams_instead_of_building_a_list() -> None:
    stream = generate_products(1_000_000, 1)

    assert iter(stream) is stream
    assert next(stream).number == 1


def test_keys_are_unique_and_gtins_valid() -> None:
    rows = list(generate_products(MANY, 1))

    for key in ("sku", "gtin", "slug_de", "slug_en"):
        assert len({getattr(row, key) for row in rows}) == MANY, key
    assert all(is_internal_gtin(row.gtin) for row in rows)
    assert all(re.fullmatch(r"[a-z0-9-]+", row.slug_de + row.slug_en) for row in rows)


def test_rows_speak_only_of_what_the_frame_declares() -> None:
    frame = generated_frame()
    brands = {brand.code for brand in frame.brands}
    leaves = {category.code for category in frame.categories if category.parent}
    attributes = {attribute.code for attribute in frame.attributes}
    colours = {choice.code for choice in frame.attributes[0].choices}
    makes = {choice.code for choice in frame.attributes[1].choices}

    rows = list(generate_products(MANY, 2))

    assert len(brands) == 200
    assert len(leaves) == 60
    assert {row.brand for row in rows} == brands
    assert {row.category for row in rows} == leaves
    assert {code for row in rows for code, _ in row.attributes} == attributes
    assert {value_of(row, "gen_colour") for row in rows} == colours
    assert {value_of(row, "gen_make") for row in rows} == makes


def test_prices_weights_and_stock_are_plausible() -> None:
    rows = list(generate_products(MANY, 4))

    sold_out = sum(sum(row.stock) == 0 for row in rows)

    assert all(row.price_minor > 0 and row.price_minor % 100 == 90 for row in rows)
    assert all(row.weight_g > 0 and row.height_mm > 0 for row in rows)
    assert MANY // 20 < sold_out < MANY // 12


def value_of(row: GeneratedProduct, code: str) -> object:
    return dict(row.attributes)[code]
