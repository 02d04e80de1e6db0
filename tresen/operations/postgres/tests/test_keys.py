"""The roles' passwords."""

import os
import stat
from pathlib import Path

import pytest

from tresen.operations.postgres.keys import (
    ROLES,
    KeyUnreadable,
    key_file,
    make_missing_keys,
    read_password,
)
from tresen.operations.postgres.layout import APP, OWNER, Layout


def test_keys_are_made_once_private_and_different(tmp_path: Path) -> None:
    layout = Layout(tmp_path)

    made = make_missing_keys(layout)
    before = {role: read_password(layout, role) for role in ROLES}
    again = make_missing_keys(layout)

    assert (made, again) == (frozenset(ROLES), frozenset())
    assert {role: read_password(layout, role) for role in ROLES} == before
    assert len(set(before.values())) == len(ROLES)
    assert {stat.S_IMODE(key_file(layout, role).stat().st_mode) for role in ROLES} == {0o400}
    assert stat.S_IMODE(layout.keys.stat().st_mode) == 0o700


def test_only_a_lost_key_is_made_anew(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    make_missing_keys(layout)
    owner = read_password(layout, OWNER)
    key_file(layout, APP).unlink()

    made = make_missing_keys(layout)

    assert made == frozenset({APP})
    assert read_password(layout, OWNER) == owner


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_key_of_another_user_is_explained(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    make_missing_keys(layout)
    key_file(layout, APP).chmod(0)

    with pytest.raises(KeyUnreadable, match="may not be read by this user"):
        read_password(layout, APP)
