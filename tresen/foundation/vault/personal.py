"""The registry of data about people: one entry per column, declared by whoever owns the table.

From it come encryption checks, export, erasure, retention, the record of processing (Art. 30
GDPR), the privacy notice, the words of the disclosure ledger, and the redaction of logs. Each app
declares in its `personal.py`: `COLUMNS`, and `NOT_PERSONAL` for text, JSON, binary and file
columns that hold nothing about people, with the reason. A test refuses a column in neither.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import ModuleType

from django.apps import apps
from django.utils.functional import Promise

from tresen.foundation.vault.classes import KeyClass

Words = str | Promise
NotPersonal = Mapping[str, tuple[str, tuple[str, ...]]]
"""Table → the reason, and its columns that are not about people."""


class Subject(StrEnum):
    """Whose data it is."""

    CUSTOMER = "customer"
    STAFF = "staff"


class Basis(StrEnum):
    """Art. 6(1) GDPR."""

    CONSENT = "6(1)(a)"
    CONTRACT = "6(1)(b)"
    LAW = "6(1)(c)"
    INTEREST = "6(1)(f)"


class Shape(StrEnum):
    """How a value lies in its column."""

    TEXT = "text"
    JSON = "json"
    INDEX = "index"
    """A keyed fingerprint: finds, tells nothing."""
    DIGEST = "digest"
    """A one-way digest, such as a password's."""
    COOKIE = "cookie"
    """Sealed with a key that only the cookie of whoever signed in holds."""
    PLAIN = "plain"
    """In clear, with the reason in `why_clear`."""


class Recipient(StrEnum):
    """Kinds of recipients; which service it is, the running configuration says."""

    MAIL = "mail"
    PAYMENT = "payment"
    CARRIER = "carrier"
    TAX = "tax"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalColumn:
    """One column that holds data about people.

    `label` names it for the person; `purposes` say why it is kept. `person` leads from the row
    to whose it is: a column ("person_id"), or over another table
    ("order_id>orders_order.person_id"); empty where rows cannot be told by person.
    `row` is the column whose value is bound into the ciphertext, normally the primary key.
    `provided`: given by the person or made by their use (Art. 20), not derived by us.
    `names` translate the keys of a JSON value.
    """

    table: str
    column: str
    label: Words
    subject: Subject
    purposes: tuple[Words, ...]
    basis: Basis
    retention: KeyClass
    shape: Shape = Shape.TEXT
    person: str = "person_id"
    row: str = "id"
    recipients: tuple[Recipient, ...] = ()
    provided: bool = True
    why_clear: str = ""
    names: Mapping[str, Words] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert (self.shape is Shape.PLAIN) == bool(self.why_clear), f"{self.place}: why in clear?"

    @property
    def place(self) -> str:
        """The place that is bound into the ciphertext."""
        return f"{self.table}.{self.column}"

    @property
    def sealed(self) -> bool:
        return self.shape in {Shape.TEXT, Shape.JSON}


@lru_cache(maxsize=1)
def personal_columns() -> tuple[PersonalColumn, ...]:
    """Every declared column of the running house, by table and column."""
    found = [column for module in personal_modules() for column in getattr(module, "COLUMNS", ())]
    return tuple(sorted(found, key=lambda column: (column.table, column.column)))


@lru_cache(maxsize=1)
def not_personal() -> dict[str, str]:
    """`table.column` → why nothing about people is in it."""
    return {
        f"{table}.{column}": reason
        for module in personal_modules()
        for table, (reason, columns) in getattr(module, "NOT_PERSONAL", {}).items()
        for column in columns
    }


def column_of(place: str) -> PersonalColumn | None:
    """The declaration of `table.column`."""
    return next((column for column in personal_columns() if column.place == place), None)


def personal_modules() -> list[ModuleType]:
    """The `personal.py` of every app of the house that has one."""
    names = [f"{config.name}.personal" for config in apps.get_app_configs()]
    ours = [name for name in names if name.startswith("tresen.")]
    return [importlib.import_module(name) for name in ours if importlib.util.find_spec(name)]
