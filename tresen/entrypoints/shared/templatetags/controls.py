"""Form fields: `{% control field autocomplete="email" %}`, `{% form_errors forms %}`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from django import forms, template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()
WidgetKind = Literal["hidden", "checkbox", "choices", "text"]


class FormError(NamedTuple):
    """One error in words and the address of its field; empty where no field is to blame."""

    label: str
    url: str


@register.simple_tag
def control(field: BoundField, *, autocomplete: str = "", inputmode: str = "") -> SafeString:
    """The widget. Django adds required, aria-invalid and aria-describedby by itself."""
    wanted = {"autocomplete": autocomplete, "inputmode": inputmode}
    return field.as_widget(attrs={name: value for name, value in wanted.items() if value})


@register.simple_tag
def widget_kind(field: BoundField) -> WidgetKind:
    """How a field is laid out."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "text"


@register.simple_tag
def form_errors(bound: Iterable[forms.BaseForm]) -> list[FormError]:
    """Every error of the forms, in the order of their fields."""
    return [error for form in bound if form.is_bound for error in _errors_of(form)]


def _errors_of(form: forms.BaseForm) -> Iterable[FormError]:
    for name, messages in form.errors.items():
        if name == NON_FIELD_ERRORS:
            yield from (FormError(str(message), "") for message in messages)
            continue
        field = form[name]
        address = f"#{field.id_for_label or field.auto_id}"
        yield from (FormError(f"{field.label}: {message}", address) for message in messages)
