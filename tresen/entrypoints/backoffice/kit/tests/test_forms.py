"""A form page keeps what was typed and names what is wrong."""

from __future__ import annotations

from django import forms

from tresen.entrypoints.backoffice.kit.forms import render_form, section_of
from tresen.entrypoints.backoffice.kit.tests import make
from tresen.entrypoints.backoffice.kit.types import FormField, FormPage, FormSection
from tresen.entrypoints.shared.tests.markup import flat


class Goods(forms.Form):
    """Two fields and a hidden one."""

    name = forms.CharField(label="Name")
    weight = forms.IntegerField(label="Weight")
    version = forms.IntegerField(widget=forms.HiddenInput)


def _page(form: forms.Form, *, target: str = "") -> FormPage:
    return FormPage(
        title="Teapot",
        form=form,
        sections=[
            section_of(form, title="Words", names=["name"]),
            FormSection("Measures", [FormField(form["weight"], "short", "g")]),
        ],
        submit_label="Save goods",
        cancel_url="/goods/1/",
        target=target,
    )


def test_a_fresh_form_stands_with_its_hidden_fields_and_units() -> None:
    response = render_form(make.request(), _page(Goods(initial={"version": 3})))
    html = flat(response.content.decode())

    assert response.status_code == 200
    assert html.count('name="version"') == 1
    assert "<span>g</span>" in html
    assert "data-unsaved" in html


def test_a_refused_form_answers_422_and_keeps_what_was_typed() -> None:
    response = render_form(
        make.request(), _page(Goods({"name": "Pot", "weight": "heavy", "version": "3"}))
    )
    html = flat(response.content.decode())

    assert response.status_code == 422
    assert 'value="heavy"' in html
    assert 'value="Pot"' in html
    assert 'href="#id_weight"' in html


def test_in_place_of_a_section_it_carries_the_sections_id() -> None:
    request = make.request("", HX_Request="true")

    html = render_form(request, _page(Goods(), target="section-words")).content.decode()

    assert "<!DOCTYPE html>" not in html
    assert 'id="section-words" hx-post=' in html
    assert 'hx-select="#section-words"' in html
