"""Lists of abuse taken in as a whole: what is not in the new list is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_network

from django.db import transaction

from tresen.domains.risk.types import ListName
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal

ENTRIES_MAX = 500_000
_DOMAIN = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")


class ListUnsound(Refusal):
    """A line that no such list has."""

    code = "list_unsound"
    message = "Line %(line)s of the list is no entry of such a list: «%(text)s»."


@transaction.atomic
def replace_list(*, name: ListName, lines: Iterable[str]) -> int:
    """One entry a line; empty lines and those that begin with # are passed over.

    Domains for `disposable`, blocks of addresses (CIDR) for the others. Says how many there are.
    Raises ListUnsound; nothing is changed then.
    """
    entries = sorted(set(_read(name, lines)))
    if name is ListName.DISPOSABLE:
        sql.run("DELETE FROM risk_listed WHERE list = %s", (name.value,))
        sql.run(
            "INSERT INTO risk_listed (list, value) SELECT %s, v FROM unnest(%s::text[]) v",
            (name.value, entries),
        )
    else:
        sql.run("DELETE FROM risk_network WHERE list = %s", (name.value,))
        sql.run(
            "INSERT INTO risk_network (list, block) SELECT %s, v::inet FROM unnest(%s::text[]) v",
            (name.value, entries),
        )
    return len(entries)


def _read(name: ListName, lines: Iterable[str]) -> Iterable[str]:
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip().casefold()
        if not text:
            continue
        entry = _domain(text) if name is ListName.DISPOSABLE else _block(text)
        if not entry or number > ENTRIES_MAX:
            raise ListUnsound(field="file", params={"line": number, "text": text[:60]})
        yield entry


def _domain(text: str) -> str:
    try:
        text = text.encode("idna").decode() if not text.isascii() else text
    except UnicodeError:
        return ""
    return text if _DOMAIN.fullmatch(text) else ""


def _block(text: str) -> str:
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        return ""
