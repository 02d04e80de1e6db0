"""Bulk actions: ids in, a preview in numbers, one question, then the deed and its undoing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from tresen.entrypoints.backoffice.kit.pages import render_page
from tresen.entrypoints.backoffice.kit.types import BULK_MAX, BulkPreview, Crumb

Id = TypeVar("Id")


class ChoiceRefused(Exception):
    """The ticked rows cannot be taken; the text names the remedy."""


def chosen_ids(sent: QueryDict, *, read: Callable[[str], Id]) -> list[Id]:
    """The ticked ids, each once, in order; `read` turns text into an id (`UUID`, `int`)."""
    texts = list(dict.fromkeys(sent.getlist("id")))
    if not texts:
        raise ChoiceRefused(_("Tick at least one row first."))
    if len(texts) > BULK_MAX:
        raise ChoiceRefused(_("Tick at most %(most)s rows at once.") % {"most": BULK_MAX})
    try:
        return [read(text) for text in texts]
    except ValueError as strange:
        raise ChoiceRefused(_("Reload the list and tick the rows again.")) from strange


def is_confirmed(sent: QueryDict) -> bool:
    """Whether the preview was seen and agreed to."""
    return sent.get("confirmed") == "1"


def render_bulk_preview(
    request: HttpRequest, preview: BulkPreview, *, task: str, crumbs: Sequence[Crumb] = ()
) -> HttpResponse:
    """What would happen, and the one question."""
    return render_page(
        request,
        "backoffice/kit/bulk_preview.html",
        {"preview": preview, "title": preview.title},
        task=task,
        crumbs=crumbs,
    )


def tell(request: HttpRequest, words: str, *, undo_url: str = "") -> None:
    """Say on the next page what was done; with `undo_url` it can be taken back by one press."""
    messages.success(request, words, extra_tags=undo_url)
