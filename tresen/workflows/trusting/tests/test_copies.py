"""Copies: whole, of the right person, portable without what is ours, gone after an erasure."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tresen.domains.privacy.queries.requests import find_export, read_export
from tresen.domains.privacy.types.requests import RequestKind, RequestState
from tresen.foundation.vault.personal import Subject, personal_columns
from tresen.workflows.buying.tests.make import NOON, SmallShop
from tresen.workflows.trusting.copies import make_copy
from tresen.workflows.trusting.engine import reading
from tresen.workflows.trusting.engine.reading import read_person
from tresen.workflows.trusting.erase import erase
from tresen.workflows.trusting.persons import whose
from tresen.workflows.trusting.registry import BadRegistry, all_rows, check
from tresen.workflows.trusting.tests.make import letters, order, wish

pytestmark = pytest.mark.django_db


def _copy(person_id: UUID | None, kind: RequestKind = RequestKind.ACCESS) -> dict[str, Any]:
    assert person_id is not None
    request = wish(person_id, kind)
    assert make_copy(request_id=request.id, now=NOON).state is RequestState.ANSWERED
    export = find_export(request.id)
    assert export is not None
    _, body = read_export(export.id, now=NOON)
    found: dict[str, Any] = json.loads(body)
    return found


def _table(copy: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in copy["data"] if one["table"] == name)
    return found


def test_an_access_copy_says_in_words_how_orders_were_checked(shop: SmallShop) -> None:
    bought = order(shop)  # in the second in which the cart was made

    (check,) = _copy(bought.person_id)["checks"]

    assert check["reasons"] == [{"kind": "wie schnell die Bestellung entstand", "weight": "some"}]
    assert (check["outcome"], check["review"], check["decided_by_person"]) == ("pass", "", False)
    assert "checks" not in _copy(bought.person_id, RequestKind.PORTABILITY), "it is our own work"


def test_an_access_copy_says_everything_about_everything(shop: SmallShop) -> None:
    bought = order(shop)
    copy = _copy(bought.person_id)

    (row,) = _table(copy, "orders_order")["records"]
    assert row["number"] == bought.number
    assert row["person"]["name"] == bought.person.name
    assert row["contact"]["email"] == bought.person.email
    assert row["address"]["street"] == bought.address.street
    assert row["kept_until"] == {"day": "2034-12-31", "law": "§ 147 AO"}
    (parcel,) = _table(copy, "fulfilment_parcel")["records"]
    assert parcel["tracking"] == "00340434161094"
    fields = {one["name"]: one for one in _table(copy, "orders_order")["fields"]}
    assert fields["address"]["basis"] == "6(1)(b)"
    assert fields["address"]["purposes"] == ["die Bestellung liefern"]
    assert copy["controller"]["name"] == "Schapp GmbH"
    assert copy["storage"]["place"] == "Falkenstein, Sachsen"


def test_a_portable_file_holds_only_what_came_from_the_person(shop: SmallShop) -> None:
    bought = order(shop)
    copy = _copy(bought.person_id, RequestKind.PORTABILITY)

    tables = {one["table"] for one in copy["data"]}
    assert {"orders_order", "orders_line", "privacy_identifier"} <= tables
    assert not tables & {"conversations_letter", "fulfilment_parcel", "privacy_export"}
    assert copy.keys() & {"recipients", "consents", "storage"} == set()
    assert all("kept_until" not in row for one in copy["data"] for row in one["records"])


def test_a_copy_holds_nothing_of_anybody_else(shop: SmallShop) -> None:
    bought = order(shop)
    stranger = _copy(uuid4())

    assert stranger["data"] in ([], [_table(stranger, "privacy_request")])
    assert bought.person.email not in json.dumps(stranger)


def test_without_the_condition_a_copy_would_hold_everybody(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    bought = order(shop)
    monkeypatch.setattr(reading, "condition_of", lambda _rows, _whose: ("%s::int = 1", 1))

    assert bought.person.email in json.dumps(_copy(uuid4()))


def test_the_letter_brings_a_link_to_this_copy_for_its_days(shop: SmallShop) -> None:
    _copy(order(shop).person_id)

    (said,) = letters("request_answered")
    assert "/de/my-data/copies/" in str(said["link_url"])
    assert said["until_on"] == "2026-12-07"


def test_after_an_erasure_nothing_can_be_copied(shop: SmallShop) -> None:
    bought = order(shop)
    _copy(bought.person_id)
    assert bought.person_id is not None
    erase(request_id=wish(bought.person_id, RequestKind.ERASURE).id, now=NOON)

    found = {held.rows.table: held for held in read_person(whose(bought.person_id))}

    assert "privacy_export" not in found
    assert "privacy_identifier" not in found
    (row,) = found["orders_order"].records
    assert row.values["contact"] is None, "the way to reach them is gone with the profile"


def test_a_request_is_copied_once(shop: SmallShop) -> None:
    bought = order(shop)
    assert bought.person_id is not None
    request = wish(bought.person_id, RequestKind.ACCESS)
    for hours in (0, 1):
        make_copy(request_id=request.id, now=NOON + timedelta(hours=hours))

    export = find_export(request.id)
    assert export is not None
    assert export.made_at == NOON


def test_every_table_about_customers_says_what_becomes_of_its_rows() -> None:
    """A new table with a column of a person cannot be forgotten by copies and erasures."""
    told = {rows.table for rows in all_rows()}
    about = {
        column.table
        for column in personal_columns()
        if column.subject is Subject.CUSTOMER and column.person
    }

    assert about - told == set()


def test_rows_and_columns_name_the_same_person() -> None:
    for rows in all_rows():
        told = [column for column in personal_columns() if column.table == rows.table]
        paths = {column.person for column in told if column.person not in {"", "id"}}
        assert paths <= {rows.person, rows.person.partition(">")[0]}, rows.table


def test_only_plain_names_go_into_statements() -> None:
    rows = all_rows()[0]
    wrong = type(rows)(
        table="x; DROP TABLE y",
        retention=rows.retention,
        origin="ours",
        erasure="keep",
    )
    with pytest.raises(BadRegistry, match="DROP"):
        check([wrong])
