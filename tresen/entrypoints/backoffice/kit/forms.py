"""A form page: labels above, help below, errors that name the remedy, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.kit.types import FormField, FormPage, FormSection, Words


def render_form(request: HttpRequest, page: FormPage) -> HttpResponse:
    """200 for a fresh form, 422 for one with errors; alone under HX-Request."""
    part = "_form.html" if request.headers.get("HX-Request") else "form.html"
    refused = page.form.is_bound and bool(page.form.errors)
    return render_page(
        request,
        f"backoffice/kit/{part}",
        {"page": page, "title": page.title, "forms": [page.form]},
        task=page.task,
        crumbs=page.crumbs,
        status=422 if refused else 200,
    )


def section_of(
    form: BaseForm,
    *,
    title: Words,
    names: Iterable[str],
    help: Words = "",  # noqa: A002
) -> FormSection:
    """Some fields of a Django form as a section, without further hints."""
    return FormSection(title, [FormField(form[name]) for name in names], help)


def hidden_fields(form: BaseForm) -> Sequence[FormField]:
    """The fields a person never sees."""
    return [FormField(field) for field in form.hidden_fields()]
