"""The audit as a list to search, and one deed with its proof."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tresen.domains.accounts.queries import names_of
from tresen.domains.security.queries.chain import find_seal_of
from tresen.domains.security.queries.deeds import list_scope
from tresen.entrypoints.backoffice.kit.cursors import read_cursor, written_cursor
from tresen.entrypoints.backoffice.kit.details import render_detail
from tresen.entrypoints.backoffice.kit.lists import list_screen
from tresen.entrypoints.backoffice.kit.types import Found, ListQuery
from tresen.entrypoints.backoffice.trust.audit import rows, words
from tresen.entrypoints.backoffice.trust.audit.asking import scope_of
from tresen.foundation.audit.deeds import NOTE_PLACE
from tresen.foundation.audit.reading import find_deed, is_sound
from tresen.foundation.audit.rows import DeedRow
from tresen.foundation.ids import BadId, inner
from tresen.foundation.vault.sealing import CannotOpen, unseal


@list_screen(rows.DEEDS)
def audit(request: HttpRequest, asked: ListQuery) -> Found[rows.ShownDeed]:  # noqa: ARG001
    """Newest first."""
    scope = scope_of(asked.search, since=asked.day("at_from"), until=asked.day("at_to"))
    scope = replace(scope, actor_kind=asked.one("kind"))
    after = read_cursor(asked.after, kinds=(UUID,))[0] if asked.after else None
    assert after is None or isinstance(after, UUID)
    found = list_scope(scope, older_than=after, limit=asked.limit + 1)
    shown = found[: asked.limit]
    people = names_of(words.people_in(shown))
    more = len(found) > asked.limit
    cursor = written_cursor(shown[-1].id) if more else ""
    return Found(rows.shown_deeds(shown, people), next_cursor=cursor)


@require_GET
def deed(request: HttpRequest, deed: str) -> HttpResponse:
    """One deed."""
    row = _deed_of(deed)
    (shown,) = rows.shown_deeds([row], names_of(words.people_in([row])))
    page = rows.deed_page(
        shown, place=find_seal_of(row.id), is_sound=is_sound(row), note=_note_of(row)
    )
    return render_detail(request, page)


def _deed_of(text: str) -> DeedRow:
    try:
        found = find_deed(inner("deed", text))
    except BadId as error:
        raise Http404(text) from error
    if found is None:
        raise Http404(text)
    return found


def _note_of(row: DeedRow) -> str:
    if row.note is None:
        return ""
    try:
        return unseal(row.note, place=NOTE_PLACE, row=row.id).decode()
    except CannotOpen:
        return gettext("no longer readable: its key was destroyed")
