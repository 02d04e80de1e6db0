"""Where a person's own views of lists are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tresen.entrypoints.backoffice.kit.types import SavedView

VIEWS_MAX = 12
TITLE_LENGTH_MAX = 40
QUERY_LENGTH_MAX = 1_000


class ViewRefused(Exception):
    """The view cannot be kept; the text says why and what to do."""


class ViewShelf(Protocol):
    """One person's own views, per list."""

    def views(self, list_name: str) -> Sequence[SavedView]: ...
    def keep(self, list_name: str, *, title: str, query: str) -> None: ...
    def drop(self, list_name: str, *, name: str) -> None: ...


def shelf_of(request: HttpRequest) -> ViewShelf:
    """The shelf of who is signed in."""
    return SessionShelf(request)


class SessionShelf:
    """Keeps views as long as the session lasts; a shelf with a table may take its place."""

    def __init__(self, request: HttpRequest) -> None:
        self._session = request.session

    def views(self, list_name: str) -> Sequence[SavedView]:
        """In the order they were kept."""
        kept = self._session.get(_key(list_name), [])
        return [
            SavedView(f"own-{at}", title, query, own=True) for at, (title, query) in enumerate(kept)
        ]

    def keep(self, list_name: str, *, title: str, query: str) -> None:
        """A view of the same title is replaced."""
        check_view(title=title, query=query)
        kept = [pair for pair in self._session.get(_key(list_name), []) if pair[0] != title]
        self._session[_key(list_name)] = [*kept, [title, query]][-VIEWS_MAX:]

    def drop(self, list_name: str, *, name: str) -> None:
        """Dropping what is not there changes nothing."""
        views = self.views(list_name)
        self._session[_key(list_name)] = [
            [str(view.title), view.query] for view in views if view.name != name
        ]


def check_view(*, title: str, query: str) -> None:
    """Refuse what no shelf should keep."""
    if not title.strip() or len(title) > TITLE_LENGTH_MAX:
        raise ViewRefused(
            _("A view needs a name of at most %(most)s characters.") % {"most": TITLE_LENGTH_MAX}
        )
    if len(query) > QUERY_LENGTH_MAX:
        raise ViewRefused(_("These filters are too many for one view. Choose fewer."))


def _key(list_name: str) -> str:
    return f"list-views:{list_name}"
