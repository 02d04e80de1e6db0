"""Addresses of the same list, asked a little differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.http import QueryDict

PAGING = ("after", "before")


def changed(
    sent: QueryDict,
    *,
    put: Mapping[str, str | Iterable[str]] | None = None,
    without: Iterable[str] = (),
) -> str:
    """`?…` with some words set or dropped. Paging starts anew unless `put` says otherwise."""
    query = sent.copy()
    for name in (*PAGING, "format", *without):
        query.pop(name, None)
    for name, answer in (put or {}).items():
        query.setlist(name, [answer] if isinstance(answer, str) else list(answer))
    for name in [name for name in query if not any(query.getlist(name))]:
        del query[name]
    return f"?{query.urlencode()}"


def without_answer(sent: QueryDict, *, name: str, answer: str) -> str:
    """`?…` without one of several answers to the same question."""
    return changed(sent, put={name: [kept for kept in sent.getlist(name) if kept != answer]})
