"""A list screen draws, narrows, sorts, pages and exports what its loader finds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from tresen.entrypoints.backoffice.kit.asking import read_list
from tresen.entrypoints.backoffice.kit.cursors import read_cursor
from tresen.entrypoints.backoffice.kit.listing import ListPage, list_page
from tresen.entrypoints.backoffice.kit.lists import View, list_screen
from tresen.entrypoints.backoffice.kit.tests import make
from tresen.entrypoints.backoffice.kit.types import Column, Found, Linked, ListQuery
from tresen.entrypoints.shared.tests.markup import flat


def _screen(
    *, rows: int = 3, page_size: int = 50, export_batch: int = 200
) -> tuple[View, list[ListQuery]]:
    kept = make.parcels(rows)
    asked_for: list[ListQuery] = []

    @list_screen(make.spec(page_size=page_size, export_batch=export_batch))
    def parcels(_request: HttpRequest, asked: ListQuery) -> Found[make.Parcel]:
        asked_for.append(asked)
        start = int(asked.after or 0)
        end = start + asked.limit
        return Found(kept[start:end], next_cursor=str(end) if end < rows else "", total=rows)

    return parcels, asked_for


def _page(query: str = "", *, found: Found[make.Parcel] | None = None) -> ListPage:
    request = make.request(query)
    spec = make.spec()
    asked = read_list(request.GET, spec=spec)
    return list_page(spec, asked=asked, found=found or Found(make.parcels(2)), sent=request.GET)


def _text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return flat(response.content.decode())


def _streamed(response: HttpResponseBase) -> Iterator[bytes]:
    assert isinstance(response, StreamingHttpResponse)
    parts = response.streaming_content
    assert isinstance(parts, Iterator)
    return parts


def _words(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_a_row_links_to_its_page_and_can_be_ticked() -> None:
    screen, _ = _screen()

    html = _text(screen(make.request()))

    assert '<a class="row-link" href="/parcels/P-0000/">P-0000</a>' in html
    assert 'name="id" value="P-0002" form="bulk"' in html
    assert 'formaction="/parcels/labels"' in html


def test_a_linked_first_cell_does_not_nest_links() -> None:
    columns = [Column[make.Parcel]("number", "Number", lambda row: Linked(row.number, "/x", "n"))]

    @list_screen(replace(make.spec(), columns=columns, sort=""))
    def parcels(_request: HttpRequest, _asked: ListQuery) -> Found[make.Parcel]:
        return Found(make.parcels(1))

    html = _text(parcels(make.request()))

    assert '<a class="row-link" href="/parcels/P-0000/">P-0000<small>n</small></a>' in html


def test_htmx_gets_the_list_without_the_frame() -> None:
    screen, _ = _screen()

    whole = _text(screen(make.request()))
    part = _text(screen(make.request("", HX_Request="true")))

    assert "<!DOCTYPE html>" in whole
    assert "<!DOCTYPE html>" not in part
    assert 'id="list-result"' in part


def test_a_wrong_address_is_answered_with_400_and_the_remedy() -> None:
    screen, asked_for = _screen()

    with override("en"):
        response = screen(make.request("?state=lost"))

    assert response.status_code == 400
    assert "Choose one of the offered values." in _text(response)
    assert asked_for == []


def test_a_broken_cursor_found_by_the_loader_is_answered_with_400() -> None:
    @list_screen(make.spec())
    def parcels(_request: HttpRequest, asked: ListQuery) -> Found[make.Parcel]:
        read_cursor(asked.after, kinds=[str])
        return Found([])

    response = parcels(make.request("?after=broken"))

    assert response.status_code == 400


def test_a_list_is_only_read() -> None:
    screen, _ = _screen()

    assert screen(RequestFactory().post("/parcels/")).status_code == 405


def test_sorting_turns_around_and_starts_from_the_first_page() -> None:
    headers = {str(header.title): header for header in _page("?state=open&after=x").headers}

    assert headers["Sent"].direction == "descending"
    assert _words(headers["Sent"].sort_url) == {"state": ["open"], "sort": ["sent"]}
    assert _words(_page("?sort=sent").headers[1].sort_url) == {"sort": ["-sent"]}
    assert headers["State"].sort_url == ""


def test_each_answer_can_be_taken_back_alone() -> None:
    page = _page("?q=P&state=open&state=sent&late=1&sent_from=2026-11-01")

    left = {str(chip.label): _words(chip.remove_url) for chip in page.chips}

    assert "q" not in left["P"]
    assert left["Open"]["state"] == ["sent"]
    assert len(left) == 5
    assert _words(page.clear_url) == {}


def test_paging_keeps_the_question() -> None:
    page = _page("?state=open&after=b", found=Found(make.parcels(1), next_cursor="c"))

    assert _words(page.next_url) == {"state": ["open"], "after": ["c"]}
    assert page.previous_url == ""
    assert _words(page.first_url) == {"state": ["open"]}


def test_the_view_one_looks_at_is_marked() -> None:
    assert [view.current for view in _page("").views] == [True, False]
    assert [view.current for view in _page("?state=open&sort=-sent").views] == [False, True]
    assert [view.current for view in _page("?state=open&late=1").views] == [False, False]


def test_an_empty_list_says_why() -> None:
    with override("en"):
        screen, _ = _screen(rows=0)
        fresh = _text(screen(make.request()))
        narrowed = _text(screen(make.request("?state=open")))

    assert "No parcels yet" in fresh
    assert "Nothing fits these filters" in narrowed


def test_an_export_holds_every_row_of_the_question_in_batches() -> None:
    screen, asked_for = _screen(rows=5, export_batch=2)

    response = screen(make.request("?format=csv&state=open&column=number&column=value&after=4"))
    text = b"".join(_streamed(response)).decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Number", "Value", "Value (ISO 4217)"]
    assert rows[1] == ["P-0000", "10.00", "EUR"]
    assert len(rows) == 6
    assert [asked.after for asked in asked_for] == ["", "2", "4"]
    assert {asked.one("state") for asked in asked_for} == {"open"}
    assert response["Content-Disposition"] == 'attachment; filename="parcels.csv"'


def test_an_export_that_does_not_move_on_is_a_fault() -> None:
    @list_screen(make.spec())
    def stuck(_request: HttpRequest, _asked: ListQuery) -> Found[make.Parcel]:
        return Found(make.parcels(1), next_cursor="same")

    response = stuck(make.request("?format=csv"))

    with pytest.raises(AssertionError, match="does not move on"):
        list(_streamed(response))


def test_a_missing_amount_leaves_both_columns_empty() -> None:
    @list_screen(make.spec())
    def parcels(_request: HttpRequest, _asked: ListQuery) -> Found[make.Parcel]:
        return Found([replace(make.parcels(1)[0], value=None)])

    response = parcels(make.request("?format=csv&column=value"))

    assert b"".join(_streamed(response)).decode("utf-8-sig") == ("Value,Value (ISO 4217)\r\n,\r\n")
