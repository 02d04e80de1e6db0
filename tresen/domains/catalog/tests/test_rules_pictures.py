"""Pictures are taken in safely and come out small."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tresen.domains.catalog.rules import pictures
from tresen.domains.catalog.rules.pictures import render, url_of
from tresen.domains.catalog.rules.refusals import PictureTooBig, PictureUnreadable
from tresen.domains.catalog.tests import make


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("width", "widths"),
    [(2000, [320, 640, 960]), (960, [320, 640, 960]), (700, [320, 640, 700]), (100, [100])],
)
def test_versions_are_never_wider_than_the_original(width: int, widths: list[int]) -> None:
    rendered = render(make.picture_bytes(width, width // 2))

    assert sorted(rendered.versions) == widths
    assert (rendered.width, rendered.height) == (widths[-1], widths[-1] // 2)
    for wide, content in rendered.versions.items():
        assert opened(content).size == (wide, wide // 2)
        assert opened(content).format == "WEBP"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_all_usual_formats_are_read(kind: str) -> None:
    rendered = render(make.picture_bytes(50, 40, kind=kind))

    assert (rendered.width, rendered.height) == (50, 40)


def test_a_picture_taken_sideways_stands_upright_and_forgets_where_it_was_taken() -> None:
    target = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Our garden"
    Image.new("RGB", (80, 40)).save(target, "JPEG", exif=exif)

    rendered = render(target.getvalue())

    assert (rendered.width, rendered.height) == (40, 80)
    assert dict(opened(rendered.versions[40]).getexif()) == {}


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"]
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        render(content)


def test_a_picture_that_breaks_off_is_refused() -> None:
    whole = make.picture_bytes(400, 300, kind="JPEG")

    with pytest.raises(PictureUnreadable):
        render(whole[: len(whole) // 2])


def test_a_small_file_that_unpacks_to_a_huge_area_is_refused() -> None:
    with pytest.raises(PictureTooBig):
        render(make.picture_bytes(10_000, 6_001))


def test_a_file_that_is_too_long_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "PICTURE_MEGABYTES_MAX", 0)

    with pytest.raises(PictureTooBig):
        render(make.picture_bytes(10, 10))


def test_the_address_is_the_content_s_own_so_that_it_may_be_cached_for_good() -> None:
    content = make.picture_bytes(10, 10)

    assert render(content).hash == render(content).hash
    assert render(content).hash != render(make.picture_bytes(10, 10, shade=91)).hash
    assert url_of("ab", width=320) == "/media/ab/320.webp"
