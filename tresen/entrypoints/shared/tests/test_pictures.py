"""A picture never shifts the page and loads no more than it needs."""

from __future__ import annotations

from tresen.entrypoints.shared.templatetags.pictures import largest, picture
from tresen.entrypoints.shared.tests.samples import SampleMedia

MEDIA = SampleMedia(
    'Eine "blaue" Kanne', "teapot", urls={1280: "/m/l.webp", 320: "/m/s.webp?a=1&b=2"}
)


def test_a_picture_tells_its_size_its_versions_and_its_words() -> None:
    drawn = picture(MEDIA, sizes="46vw")

    assert 'width="800" height="1000"' in drawn
    assert 'srcset="/m/s.webp?a=1&amp;b=2 320w, /m/l.webp 1280w" sizes="46vw"' in drawn
    assert 'alt="Eine &quot;blaue&quot; Kanne"' in drawn
    assert 'loading="lazy"' in drawn


def test_what_is_seen_at_once_is_fetched_first() -> None:
    drawn = picture(MEDIA, first=True)

    assert 'fetchpriority="high"' in drawn
    assert "lazy" not in drawn


def test_zooming_takes_the_largest() -> None:
    assert largest(MEDIA) == "/m/l.webp"
