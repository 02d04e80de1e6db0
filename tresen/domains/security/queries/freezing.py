"""Whether the shop is frozen: asked by every request, of the database at most once a second."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from tresen.domains.security.types.incidents import THAWED, Freeze
from tresen.foundation import sql
from tresen.foundation.audit.deeds import id_at
from tresen.foundation.remembered import Remembered

_NEWEST = 'SELECT "on", at, actor FROM security_freeze ORDER BY id DESC LIMIT 1'
_KNOWN: Remembered[str, Freeze] = Remembered(seconds=1, size_max=1)
_KEY = "freeze"


def get_freeze() -> Freeze:
    """As it stands now."""
    found = sql.rows(_NEWEST)
    if not found or not found[0][0]:
        return THAWED
    _on, at, actor = found[0]
    return Freeze(on=True, since=cast("datetime", at), actor=str(actor))


def is_frozen() -> bool:
    """As it stood at most a second ago; costs nothing in between."""
    known = _KNOWN.find(_KEY) or _KNOWN.keep(_KEY, get_freeze())
    return known.on


def keys_changed_since(moment: datetime) -> frozenset[str]:
    """Kinds of keys that were changed since then, by the audit."""
    found = sql.rows(
        "SELECT DISTINCT object_kind FROM audit_deed WHERE action = 'keys.rotate' AND id >= %s"
        " AND at >= %s",
        (id_at(moment, lowest=True), moment),
    )
    return frozenset(str(kind) for (kind,) in found)


def forget_freeze() -> None:
    """For the process that turned the switch."""
    _KNOWN.forget()
