"""Bulk actions take few, known ids and ask before they act."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from tresen.entrypoints.backoffice.kit.bulk import (
    ChoiceRefused,
    chosen_ids,
    is_confirmed,
    render_bulk_preview,
)
from tresen.entrypoints.backoffice.kit.types import BULK_MAX, BulkPreview, Linked
from tresen.entrypoints.shared.tests.markup import flat

ID = "0190b3a0-7c1e-7b6a-9f00-000000000001"


def _ticked(*ids: str) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.setlist("id", list(ids))
    return sent


def test_each_ticked_row_comes_once() -> None:
    assert chosen_ids(_ticked(ID, ID), read=UUID) == [UUID(ID)]


@pytest.mark.parametrize("ids", [[], ["x"], [ID, "1"], [str(at) for at in range(BULK_MAX + 1)]])
def test_none_too_many_or_strange_ids_are_refused_in_words(ids: list[str]) -> None:
    with pytest.raises(ChoiceRefused) as refused:
        chosen_ids(_ticked(*ids), read=UUID)

    assert str(refused.value)


def _preview(*, will: list[str]) -> str:
    preview = BulkPreview(
        title="Cancel 2 orders",
        will=will,
        skipped=[Linked("K-1", "/orders/K-1/", "already sent")],
        ids=["a", "b"],
        confirm_label="Cancel 2 orders",
        action_url="/orders/cancellations",
        cancel_url="/orders/",
        danger=True,
    )
    request = RequestFactory().post("/orders/cancellations")
    return flat(render_bulk_preview(request, preview, task="orders").content.decode())


def test_the_preview_says_in_numbers_what_will_happen_and_what_will_not() -> None:
    html = _preview(will=["2 orders are cancelled."])

    assert "2 orders are cancelled." in html
    assert "already sent" in html
    assert html.count('name="id"') == 2
    assert 'name="confirmed" value="1"' in html


def test_nothing_to_do_offers_nothing_to_press() -> None:
    assert "button-danger" not in _preview(will=[])


def test_only_the_preview_confirms() -> None:
    assert is_confirmed(QueryDict("confirmed=1"))
    assert not is_confirmed(QueryDict("confirmed=yes"))
    assert not is_confirmed(QueryDict(""))
