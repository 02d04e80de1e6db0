"""`{% picture media sizes="…" %}`: an image of the right size that never shifts the page."""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tresen.entrypoints.shared.rows import Media

register = template.Library()
CARD_SIZES = "(min-width: 75rem) 18rem, (min-width: 48rem) 30vw, 46vw"


@register.simple_tag
def picture(
    media: Media, *, sizes: str = CARD_SIZES, first: bool = False, alt: str = ""
) -> SafeString:
    """`first=True` for what is seen at once: loaded eagerly and with priority."""
    widths = sorted(media.urls)
    sources = ", ".join(f"{escape(media.urls[width])} {width}w" for width in widths)
    fallback = escape(media.urls[_middle(widths)])
    haste = 'fetchpriority="high"' if first else 'loading="lazy"'
    return mark_safe(  # noqa: S308  (every value is escaped or a number)
        f'<img src="{fallback}" srcset="{sources}" sizes="{escape(sizes)}" '
        f'width="{int(media.width)}" height="{int(media.height)}" alt="{escape(alt or media.alt)}" '
        f'decoding="async" {haste}>'
    )


@register.simple_tag
def largest(media: Media) -> str:
    """The address of the biggest version, for zooming."""
    return media.urls[max(media.urls)]


def _middle(widths: list[int]) -> int:
    return widths[len(widths) // 2]
