"""`{% script "js/theme.js" %}`: a script of the inventory, with its digest and a nonce."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tresen.entrypoints.shared.shield.inventory import script_of

register = template.Library()


@register.simple_tag(takes_context=True)
def script(context: template.Context, file: str, *, now: bool = False) -> SafeString:
    """Runs after the page was read; with `now=True` before the first paint."""
    return format_html(
        '<script src="{}" nonce="{}" integrity="{}"{}></script>',
        static(file),
        getattr(context.get("request"), "csp_nonce", ""),
        script_of(file).integrity,
        "" if now else SafeString(" defer"),
    )
