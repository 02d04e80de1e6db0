"""Two realms in one table: the database refuses whoever would be of both."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tresen.domains.accounts.models import User
from tresen.domains.accounts.queries import find_staff, names_of
from tresen.domains.accounts.types import Realm, Role

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def shopper(**other: Any) -> User:
    fields: dict[str, Any] = {
        "realm": Realm.SHOP,
        "username": f"shop:{uuid4()}",
        "login_index": uuid4().bytes * 2,
        "person_id": uuid4(),
        "role": "",
        "is_staff": False,
        "date_joined": NOON,
    }
    return User.objects.create(**fields | other)


def test_a_shopper_is_nobody_behind_the_counter() -> None:
    user = shopper(display_name=b"sealed")
    assert find_staff(user.id) is None
    assert names_of([user.id]) == {}


MIXED = (
    {"role": Role.OWNER},
    {"is_staff": True},
    {"is_superuser": True},
    {"username": "frieda"},
    {"login_index": None},
    {"realm": Realm.STAFF},
)


@pytest.mark.parametrize("mixed", MIXED)
def test_a_shopper_with_anything_of_staff_is_refused(mixed: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="realms_never_mix"), transaction.atomic():
        shopper(**mixed)
    assert not User.objects.exists()


@pytest.mark.parametrize("mixed", MIXED)
def test_without_the_constraint_it_would_be_written(mixed: dict[str, Any]) -> None:
    """The control."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user DROP CONSTRAINT realms_never_mix")
    shopper(**mixed)
    assert User.objects.count() == 1


def test_staff_need_a_role_and_a_name_for_work() -> None:
    for fault in ({"role": ""}, {"username": "shop:frieda"}):
        fields = {"username": "frieda", "role": Role.CLERK, "date_joined": NOON} | fault
        with pytest.raises(IntegrityError, match="realms_never_mix"), transaction.atomic():
            User.objects.create(**fields)


def test_one_address_and_one_person_have_one_account() -> None:
    first = shopper()
    with pytest.raises(IntegrityError, match="one_account_per_login"), transaction.atomic():
        shopper(login_index=first.login_index)
    with pytest.raises(IntegrityError, match="one_shop_account_per_person"), transaction.atomic():
        shopper(person_id=first.person_id)
    assert User.objects.count() == 1
