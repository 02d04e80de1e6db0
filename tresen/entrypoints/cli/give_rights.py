"""After each migration the roles of the database are given their rights, never more than needed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from tresen.foundation.database.connections import DeadlineConnection
from tresen.foundation.vault.personal import personal_columns
from tresen.operations.postgres.rights import Rights, apply_rights, making_of
from tresen.operations.words.speaking import gettext as _


def give_rights() -> Rights:
    """As the owner of the tables. Says in plain words what a server of one's own lacks."""
    connection.ensure_connection()
    raw = connection.connection
    assert isinstance(raw, DeadlineConnection)
    given = apply_rights(raw, personal={(one.table, one.column) for one in personal_columns()})
    if given.absent:
        print("\n".join(_warning(given)), flush=True)
    return given


def _warning(given: Rights) -> Iterator[str]:
    yield _(
        "This database has no separate roles, so that one mistake in our code weighs more:\n"
        "  missing are {roles}. An administrator of the server can add them:",
        roles=", ".join(given.absent),
    )
    for statement in making_of(given.absent):
        yield f"    {statement}"
    yield _("  Then run: tresen migrate (docs/how-to/run.md says which address each role gets).")
