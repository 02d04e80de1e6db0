"""One's own views are kept, replaced, bounded and dropped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tresen.entrypoints.backoffice.kit.shelves import (
    QUERY_LENGTH_MAX,
    VIEWS_MAX,
    SessionShelf,
    ViewRefused,
)
from tresen.entrypoints.backoffice.kit.tests import make
from tresen.entrypoints.backoffice.kit.views import drop_view, keep_view


def _titles(shelf: SessionShelf) -> list[str]:
    return [str(view.title) for view in shelf.views("parcels")]


def test_a_view_is_kept_for_its_list_alone() -> None:
    shelf = SessionShelf(make.request())

    shelf.keep("parcels", title="Late", query="late=1")

    assert [(view.title, view.query, view.own) for view in shelf.views("parcels")] == [
        ("Late", "late=1", True)
    ]
    assert shelf.views("orders") == []


def test_the_same_name_replaces_and_the_oldest_makes_room() -> None:
    shelf = SessionShelf(make.request())
    for at in range(VIEWS_MAX + 1):
        shelf.keep("parcels", title=f"V{at}", query="")

    shelf.keep("parcels", title="V5", query="late=1")

    assert len(_titles(shelf)) == VIEWS_MAX
    assert "V0" not in _titles(shelf)
    assert _titles(shelf)[-1] == "V5"


@pytest.mark.parametrize(
    ("title", "query"),
    [("", "a=1"), ("  ", ""), ("x" * 41, ""), ("V", "x" * (QUERY_LENGTH_MAX + 1))],
)
def test_what_no_shelf_should_keep_is_refused_and_nothing_changes(title: str, query: str) -> None:
    shelf = SessionShelf(make.request())

    with pytest.raises(ViewRefused):
        shelf.keep("parcels", title=title, query=query)

    assert _titles(shelf) == []


def _post(
    view: Callable[[HttpRequest, str], HttpResponse], **sent: str
) -> tuple[HttpRequest, HttpResponse]:
    request: HttpRequest = RequestFactory().post("/", sent)
    request.session = SessionStore()
    request.session["list-views:parcels"] = [["Old", "late=1"]]
    vars(request)["_messages"] = FallbackStorage(request)
    return request, view(request, "parcels")


def test_keeping_leads_back_to_the_list_as_it_stood() -> None:
    request, response = _post(keep_view, title="Open", query="state=open", list_url="/parcels/")

    assert response["Location"] == "/parcels/?state=open"
    assert _titles(SessionShelf(request)) == ["Old", "Open"]


def test_dropping_forgets_one_view() -> None:
    request, response = _post(drop_view, name="own-0", list_url="/parcels/")

    assert response["Location"] == "/parcels/"
    assert _titles(SessionShelf(request)) == []


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "", "javascript:x"])
def test_no_other_address_is_led_to(where: str) -> None:
    _, response = _post(keep_view, title="Open", query="", list_url=where)

    assert response["Location"] == "/"
