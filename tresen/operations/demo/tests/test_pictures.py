"""Every product has a picture of its own, the same each time, in both formats."""

import io
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tresen.operations.demo.goods_types import DemoProduct, DemoShop
from tresen.operations.demo.pictures.gallery import (
    alt_text,
    draw_picture,
    pictures_of,
    render_webp,
)
from tresen.operations.demo.pictures.headers import (
    HEADERS,
    draw_header,
    header_alt_text,
    render_header_webp,
)
from tresen.operations.demo.pictures.shapes.catalogue import SHAPES
from tresen.operations.demo.pictures.sign import draw_favicon, draw_sign, render_icon_png

SVG = "{http://www.w3.org/2000/svg}svg"


def product_named(shop: DemoShop, code: str) -> DemoProduct:
    return next(product for product in shop.products if product.code == code)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_every_picture_is_well_formed_and_unlike_any_other(shop: DemoShop) -> None:
    drawn: dict[str, str] = {}
    for product in shop.products:
        for picture in pictures_of(product):
            svg = draw_picture(product, picture)
            root = ET.fromstring(svg)  # noqa: S314 - our own text
            assert root.tag == SVG
            assert root.attrib["viewBox"] == "0 0 800 1000"
            bare = svg.replace(f"{picture.key}-", "")
            assert bare not in drawn, (picture.key, drawn.get(bare))
            drawn[bare] = picture.key

    assert len(drawn) == 390


def test_main_pictures_differ_as_pixels_too(shop: DemoShop) -> None:
    rendered = {render_webp(product, width=64) for product in shop.products}

    assert len(rendered) == len(shop.products)


def test_a_picture_is_the_same_each_time(shop: DemoShop) -> None:
    mug = product_named(shop, "becher-pier")

    assert draw_picture(mug) == draw_picture(mug)
    assert render_webp(mug, width=200) == render_webp(mug, width=200)


@pytest.mark.parametrize(("width", "height"), [(800, 1000), (320, 400), (97, 121)])
def test_webp_opens_with_the_size_asked_for(shop: DemoShop, width: int, height: int) -> None:
    image = opened(render_webp(product_named(shop, "teekanne-boje"), width=width))

    assert image.format == "WEBP"
    assert image.size == (width, height)


def test_the_thing_is_drawn_in_its_colour_on_light_paper(shop: DemoShop) -> None:
    pot = product_named(shop, "teekanne-boje")
    blue, red, _ = pictures_of(pot)

    first = opened(render_webp(pot, width=200, picture=blue)).convert("RGB")
    second = opened(render_webp(pot, width=200, picture=red)).convert("RGB")

    corner, middle = (10, 10), (90, 140)
    assert min(colour_at(first, corner)) > 200
    assert colour_at(first, middle)[2] > colour_at(first, middle)[0]
    assert colour_at(second, middle)[0] > colour_at(second, middle)[2]


def test_each_colour_has_a_picture_that_says_which_variants_it_shows(shop: DemoShop) -> None:
    shirt = product_named(shop, "t-shirt-kajuete")

    pictures = pictures_of(shirt)

    assert [picture.colours for picture in pictures] == [("ink",), ("white",)]
    assert [len(picture.skus) for picture in pictures] == [5, 5]
    assert {sku for picture in pictures for sku in picture.skus} == {
        variant.sku for variant in shirt.variants
    }


def test_options_that_change_nothing_share_one_picture(shop: DemoShop) -> None:
    coffee = product_named(shop, "hafenmischung")

    assert len(pictures_of(coffee)) == 1
    assert len(pictures_of(coffee)[0].skus) == 9


def test_alt_texts_say_what_is_drawn_in_both_languages(shop: DemoShop) -> None:
    mug = alt_text(product_named(shop, "becher-pier"))
    bag = alt_text(product_named(shop, "hafenmischung"))

    assert mug.de == "Becher mit Henkel, Hafenblau, gesprenkelt"
    assert mug.en == "Mug with handle, harbour blue, speckled"
    assert bag.de == (
        "Beutel mit umgeschlagener Oberkante und Etikett, Ziegelrot und Packpapier, "
        "darauf drei Wellen"
    )
    assert bag.en == (
        "Bag with folded top and label, brick red and kraft paper, with three waves on it"
    )


def test_no_two_pictures_of_one_product_have_the_same_alt_text(shop: DemoShop) -> None:
    for product in shop.products:
        texts = [picture.alt for picture in pictures_of(product)]
        assert len(set(texts)) == len(texts), product.code


def test_every_kind_that_can_be_drawn_is_sold(shop: DemoShop) -> None:
    assert {product.picture.shape for product in shop.products} == set(SHAPES)
    assert len(SHAPES) == 165


def test_each_shelf_has_a_header_with_words_for_it(shop: DemoShop) -> None:
    tops = {category.code for category in shop.categories if category.parent is None}

    assert set(HEADERS) == tops
    for shelf in sorted(tops):
        assert ET.fromstring(draw_header(shelf)).attrib["viewBox"] == "0 0 1200 800"  # noqa: S314
        assert header_alt_text(shelf).de
    assert opened(render_header_webp("toys", width=300)).size == (300, 200)
    assert header_alt_text("toys").en == (
        "Soft toy, wooden engine with two waggons, stacking tower of coloured rings"
    )


def test_the_sign_and_the_icons_are_drawn_without_fonts() -> None:
    assert ET.fromstring(draw_sign()).tag == SVG  # noqa: S314
    assert "<text" not in draw_sign() + draw_favicon()
    assert opened(render_icon_png(width=180)).size == (180, 180)
    assert draw_sign(ink="#EDE8DF") != draw_sign()


def colour_at(image: Image.Image, place: tuple[int, int]) -> tuple[int, int, int]:
    colour = image.getpixel(place)
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]
