"""What every domain declares about whole rows, beside the registry of columns."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Iterable
from functools import lru_cache

from django.apps import apps

from tresen.foundation.vault.personal import PersonalColumn, Shape, Subject, personal_columns
from tresen.foundation.vault.records import PersonalRows

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
TOLD = frozenset({Shape.TEXT, Shape.JSON, Shape.PLAIN})
"""Shapes that say something to a person; a fingerprint or a password's digest does not."""


class BadRegistry(Exception):
    """A declaration does not fit. The message names table and word."""


@lru_cache(maxsize=1)
def all_rows() -> tuple[PersonalRows, ...]:
    """Every declared kind of rows of the running house."""
    names = [f"{config.name}.personal" for config in apps.get_app_configs()]
    ours = [name for name in names if name.startswith("tresen.") and importlib.util.find_spec(name)]
    found = [rows for name in ours for rows in getattr(importlib.import_module(name), "ROWS", ())]
    check(found)
    return tuple(found)


def told_columns(rows: PersonalRows) -> tuple[PersonalColumn, ...]:
    """The columns of these rows that a person is shown."""
    return tuple(
        column
        for column in personal_columns()
        if column.table == rows.table
        and column.shape in TOLD
        and column.subject is Subject.CUSTOMER
    )


def person_of(rows: PersonalRows) -> str:
    """SQL over the row `t`: whose it is. Empty where rows cannot be told by person."""
    column, leads, there = rows.person.partition(">")
    if rows.by_email or not rows.person:
        return ""
    if not leads:
        return f"t.{column}"
    table, _dot, person = there.partition(".")
    return f"(SELECT j.{person} FROM {table} j WHERE j.id = t.{column})"  # noqa: S608


def check(found: Iterable[PersonalRows]) -> None:
    """Names go into statements, so that they must be plain. Raises BadRegistry."""
    for rows in found:
        leads = rows.person.replace(">", " ").split()
        names = [rows.table, rows.key, rows.born, rows.by_email, *leads, *rows.shows, *rows.parts]
        for name in filter(None, names):
            if not _NAME.fullmatch(name):
                raise BadRegistry(f"{rows.table}: «{name}» is no plain name")
