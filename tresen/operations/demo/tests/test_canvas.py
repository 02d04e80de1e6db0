"""The drawing language means the same in SVG and in pixels."""

import pytest
from PIL import Image

from tresen.operations.demo.pictures.canvas import (
    Gradient,
    Haze,
    Raised,
    Shape,
    both,
    bounds,
    box,
    clip,
    curve,
    fill,
    line,
    mirrored,
    moved,
    oval,
    poly,
    route,
    scaled,
    turned,
)
from tresen.operations.demo.pictures.raster import paint
from tresen.operations.demo.pictures.solids import against, is_dark, mix
from tresen.operations.demo.pictures.stage import extent
from tresen.operations.demo.pictures.svg import write_svg

RED = (200, 30, 40)
WHITE = (255, 255, 255)
SIDE = (100.0, 100.0)


def painted(*parts: object) -> Image.Image:
    return paint(parts, width=100, size=SIDE)  # type: ignore[arg-type]


def test_path_words_become_segments() -> None:
    outline = curve("M 10 20 L 30 -40.5 Q 1 2 3 4 C 1 2 3 4 5 6 Z")

    assert outline == (
        ("M", (10.0, 20.0)),
        ("L", (30.0, -40.5)),
        ("Q", (1.0, 2.0, 3.0, 4.0)),
        ("C", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)),
        ("Z", ()),
    )


def test_a_path_with_a_missing_number_is_refused() -> None:
    with pytest.raises(AssertionError):
        curve("M 10 20 L 30")


def test_moving_scaling_turning_and_mirroring_move_every_point() -> None:
    square = (fill(poly((10, 10), (20, 10), (20, 20), (10, 20)), "#000000"),)

    assert extent(moved(square, 5, -5)) == (15, 5, 25, 15)
    assert extent(scaled(square, 2, (10, 10))) == (10, 10, 30, 30)
    assert extent(mirrored(square, 50)) == (80, 10, 90, 20)
    assert extent(turned(square, 90, (0, 0))) == pytest.approx((-20, 10, -10, 20))


def test_a_stroke_grows_with_the_scale_and_counts_for_the_extent() -> None:
    (twice,) = scaled((line(route((0, 0), (10, 0)), "#000000", 4),), 2, (0, 0))

    assert isinstance(twice, Shape)
    assert twice.stroke is not None
    assert twice.stroke.width == 8
    assert extent((twice,)) == (-4, -4, 24, 4)


def test_a_solid_fills_its_outline_and_nothing_else() -> None:
    image = painted(fill(box(20, 20, 60, 60), "#C81E28"))

    assert image.getpixel((50, 50)) == RED
    assert image.getpixel((10, 50)) == WHITE


def test_two_rings_leave_a_hole() -> None:
    image = painted(fill(both(oval(50, 50, 40), oval(50, 50, 20)), "#C81E28"))

    assert image.getpixel((50, 50)) == WHITE
    assert image.getpixel((20, 50)) == RED


def test_half_transparent_paint_mixes_with_what_lies_below() -> None:
    image = painted(fill(box(0, 0, 100, 100), "#000000", 0.5))

    assert image.getpixel((50, 50)) == (127, 127, 127)


def test_a_gradient_with_equal_offsets_has_a_hard_edge() -> None:
    stops = (
        (0.0, "#C81E28", 1.0),
        (0.5, "#C81E28", 1.0),
        (0.5, "#0000FF", 1.0),
        (1.0, "#0000FF", 1.0),
    )
    image = painted(Shape(box(10, 10, 80, 80), Gradient((10, 0), (90, 0), stops)))

    assert image.getpixel((40, 50)) == RED
    assert image.getpixel((60, 50)) == (0, 0, 255)


def test_what_lies_outside_the_window_is_not_seen() -> None:
    image = painted(clip(box(0, 0, 50, 100), fill(box(20, 20, 60, 60), "#C81E28")))

    assert image.getpixel((40, 50)) == RED
    assert image.getpixel((60, 50)) == WHITE


def test_a_stroke_is_as_wide_as_it_says() -> None:
    image = painted(line(route((10, 50), (90, 50)), "#C81E28", 20))

    assert image.getpixel((50, 42)) == RED
    assert image.getpixel((50, 38)) == WHITE


def test_shadows_darken_beside_and_below_but_not_far_away() -> None:
    thing = (fill(box(30, 30, 30, 30), "#C81E28"),)
    image = painted(Raised(thing, (6.0, 8.0), 3.0, 0.5), Haze((80.0, 90.0), (10.0, 4.0), 2.0, 0.5))

    assert image.getpixel((45, 45)) == RED
    assert max(as_colour(image, (55, 64))) < 220
    assert max(as_colour(image, (80, 90))) < 220
    assert image.getpixel((5, 5)) == WHITE


def test_svg_defines_each_gradient_once_and_names_it_by_its_key() -> None:
    stops = ((0.0, "#000000", 1.0), (1.0, "#FFFFFF", 0.5))
    shape = Shape(box(0, 0, 10, 10), Gradient((0, 0), (10, 0), stops))

    svg = write_svg((shape, shape), key="thing", size=SIDE)

    assert svg.count("<linearGradient ") == 1
    assert svg.count('fill="url(#thing-1)"') == 2
    assert 'stop-opacity="0.5"' in svg


def test_bounds_hold_all_points_and_handles() -> None:
    assert bounds(oval(50, 60, 20, 10)) == (30, 50, 70, 70)


def test_colours_mix_evenly_and_contrast_is_kept() -> None:
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert is_dark("#26384A")
    assert not is_dark("#F6EEDC")
    assert not is_dark(against("#26384A"))
    assert is_dark(against("#F6EEDC"))


def as_colour(image: Image.Image, place: tuple[int, int]) -> tuple[int, int, int]:
    colour = image.getpixel(place)
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]
