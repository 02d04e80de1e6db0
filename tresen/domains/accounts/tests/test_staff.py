"""Members of the staff: hired once, brought up to date, shown by name."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.contrib.auth import authenticate

from tresen.domains.accounts.commands import hire
from tresen.domains.accounts.models import User
from tresen.domains.accounts.queries import find_staff, names_of
from tresen.domains.accounts.types import Role
from tresen.foundation import sql

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LOSUNG = "eine lange Losung"


def hired(*, name: str = "Frieda Fock", role: Role = Role.CLERK, password: str = LOSUNG) -> UUID:
    return hire(
        username="frieda",
        display_name=name,
        email="frieda@tide.example",
        role=role,
        password=password,
        now=NOON,
    )


def test_who_was_hired_is_known_by_name_and_role() -> None:
    staff_id = hired()
    found = find_staff(staff_id)
    assert found is not None
    assert (found.username, found.name, found.role) == ("frieda", "Frieda Fock", Role.CLERK)
    assert names_of([staff_id, UUID(int=7)]) == {staff_id: "Frieda Fock"}
    assert find_staff(UUID(int=7)) is None


def test_hiring_again_brings_up_to_date_and_keeps_the_password() -> None:
    staff_id = hired()
    assert hired(name="Frieda Groth", role=Role.OWNER, password="eine andere Losung") == staff_id
    assert names_of([staff_id]) == {staff_id: "Frieda Groth"}
    assert authenticate(username="frieda", password=LOSUNG) == User.objects.get(id=staff_id)
    assert authenticate(username="frieda", password="eine andere Losung") is None


def test_the_password_lies_as_argon2id_and_name_and_address_sealed() -> None:
    hired()
    ((row,),) = sql.rows("SELECT u::text FROM accounts_user u")
    assert "argon2id" in str(row)
    assert not any(word in str(row) for word in (LOSUNG, "Fock", "tide.example"))
    ((sealed, length),) = sql.rows("SELECT email, length(email) FROM accounts_user")
    assert b"tide.example" not in bytes(sealed)  # type: ignore[call-overload]
    assert int(str(length)) > len("frieda@tide.example")
