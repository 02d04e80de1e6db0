"""Delivery options and parcels through the real database."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tresen.domains.fulfilment.commands import pack_parcel, set_option
from tresen.domains.fulfilment.queries import find_parcel, list_options, list_parcels_of
from tresen.domains.fulfilment.tests.make import PARCEL, PICKUP
from tresen.domains.fulfilment.types import DeliveryKind, ParcelLine
from tresen.domains.orders.tests.make import NOON
from tresen.foundation.actor import SYSTEM
from tresen.foundation.journal.models import Fact

pytestmark = pytest.mark.django_db


def test_an_option_comes_back_as_it_was_set() -> None:
    for option in (PICKUP, PARCEL):
        set_option(option=option)

    assert list_options(market="de") == (PARCEL, PICKUP)
    assert list_options(market="at") == ()


def test_an_option_whose_days_are_upside_down_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        set_option(option=replace(PARCEL, transit_days_min=3, transit_days_max=2))


def test_a_parcel_keeps_its_tracking_number_sealed() -> None:
    order_id, line_id = uuid4(), uuid4()

    parcel_id = pack_parcel(
        order_id=order_id,
        person_id=order_id,
        kind=DeliveryKind.PARCEL,
        carrier="dhl",
        tracking="00340434161094",
        location="lager",
        lines=[ParcelLine(order_line_id=line_id, quantity=2)],
        now=NOON,
        actor=SYSTEM,
    )

    (parcel,) = list_parcels_of(order_id)
    assert parcel == find_parcel(parcel_id)
    assert (parcel.tracking, parcel.lines) == (
        "00340434161094",
        (ParcelLine(order_line_id=line_id, quantity=2),),
    )
    assert [fact.kind for fact in Fact.objects.all()] == ["ParcelPacked"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM fulfilment_parcel p")
        assert "034043" not in cursor.fetchone()[0]
