"""`{% icon "truck" %}`: a drawing beside words; `label=` when it stands alone."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from tresen.entrypoints.shared.icons import icon_svg

register = template.Library()


@register.simple_tag
def icon(name: str, *, label: str = "", size: int = 20) -> SafeString:
    """Inline SVG; decorative unless `label` says what it means."""
    return icon_svg(name, label=str(label), size=size)
