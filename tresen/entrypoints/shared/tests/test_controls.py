"""Form fields carry what browsers and screen readers need."""

from __future__ import annotations

import pytest
from django import forms
from django.template.loader import render_to_string

from tresen.entrypoints.shared.templatetags.controls import control, form_errors, widget_kind
from tresen.entrypoints.shared.tests.markup import flat


class Person(forms.Form):
    """Sample fields of each layout."""

    email = forms.EmailField(label="E-mail", help_text="For the receipt.")
    phone = forms.CharField(label="Phone", required=False)
    agreed = forms.BooleanField(label="Agreed")
    way = forms.ChoiceField(label="Way", choices=[("a", "A")], widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """Complains as a whole."""
        raise forms.ValidationError("The two do not fit.")


def _field(name: str, data: dict[str, str] | None = None, **given: object) -> str:
    form = Person(data)
    return flat(render_to_string("storefront/_parts/_field.html", {"field": form[name], **given}))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("email", "text"), ("agreed", "checkbox"), ("way", "choices"), ("key", "hidden")],
)
def test_each_widget_has_its_layout(name: str, kind: str) -> None:
    assert widget_kind(Person()[name]) == kind


def test_a_control_says_what_may_be_filled_in() -> None:
    drawn = control(Person()["email"], autocomplete="email", inputmode="email")

    assert 'autocomplete="email"' in drawn
    assert 'inputmode="email"' in drawn
    assert 'aria-describedby="id_email_helptext"' in drawn


def test_a_field_has_a_label_and_its_help() -> None:
    drawn = _field("email")

    assert '<label class="field-label" for="id_email">E-mail</label>' in drawn
    assert 'id="id_email_helptext">For the receipt.' in drawn


def test_an_error_is_bound_to_its_field_and_nothing_typed_is_lost() -> None:
    drawn = _field("email", {"email": "wrong<"})

    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_email_helptext id_email_error"' in drawn
    assert 'id="id_email_error"' in drawn
    assert 'value="wrong&lt;"' in drawn


def test_only_what_may_be_left_out_says_so() -> None:
    assert "field-optional" in _field("phone")
    assert "field-optional" not in _field("email")


def test_help_of_the_page_stands_in_for_that_of_the_form() -> None:
    drawn = _field("email", help="Only for this order.")

    assert "Only for this order." in drawn
    assert "For the receipt." not in drawn


def test_the_summary_links_each_error_to_its_field() -> None:
    form = Person({"email": "wrong", "agreed": "on", "way": "a", "key": "k"})

    errors = form_errors([form])
    drawn = flat(render_to_string("storefront/_parts/_error_summary.html", {"forms": [form]}))

    assert [error.url for error in errors] == ["#id_email", ""]
    assert '<a href="#id_email">E-mail: ' in drawn
    assert "The two do not fit." in drawn


def test_a_fresh_form_has_no_summary() -> None:
    drawn = render_to_string("storefront/_parts/_error_summary.html", {"forms": [Person()]})

    assert drawn.strip() == ""
