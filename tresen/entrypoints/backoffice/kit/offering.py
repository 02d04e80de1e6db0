"""Offers only what would open: actions that the role may not use are not drawn.

The door is what refuses; this is courtesy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest

from tresen.entrypoints.backoffice.kit.types import (
    Action,
    BulkAction,
    DetailPage,
    ListSpec,
    Row,
    Section,
)
from tresen.entrypoints.policy.standing import may_follow


def offered_page(request: HttpRequest, page: DetailPage) -> DetailPage:
    """The first action that is left takes the place of a next one that is not."""
    first = [page.next_action] if page.next_action else []
    left = offered(request, [*first, *page.actions])
    return replace(
        page,
        next_action=left[0] if left and first else None,
        actions=left[1:] if first else left,
        sections=[offered_section(request, section) for section in page.sections],
        note_url=_kept(request, page.note_url, method="POST"),
        audit_url=_kept(request, page.audit_url),
    )


def offered_section(request: HttpRequest, section: Section) -> Section:
    return replace(
        section,
        edit_url=_kept(request, section.edit_url),
        actions=offered(request, section.actions),
    )


def offered_list(request: HttpRequest, spec: ListSpec[Row]) -> ListSpec[Row]:
    empty = spec.empty
    if empty.action and not offered(request, [empty.action]):
        empty = replace(empty, action=None)
    return replace(
        spec,
        actions=offered(request, spec.actions),
        bulk=offered_bulk(request, spec.bulk),
        empty=empty,
    )


def offered(request: HttpRequest, actions: Iterable[Action]) -> list[Action]:
    return [one for one in actions if may_follow(request, one.url, method=one.method)]


def offered_bulk(request: HttpRequest, actions: Iterable[BulkAction]) -> list[BulkAction]:
    return [one for one in actions if may_follow(request, one.url, method="POST")]


def _kept(request: HttpRequest, url: str, *, method: str = "GET") -> str:
    return url if url and may_follow(request, url, method=method) else ""
