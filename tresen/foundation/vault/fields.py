"""Model fields whose values lie sealed in the table; to look one up, see blind_index."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from tresen.foundation.vault.sealing import seal, unseal


class _SealedField(models.Field):  # type: ignore[type-arg]
    """Base: bytes in the table; the place is `table.column`."""

    empty_strings_allowed = False

    def get_internal_type(self) -> str:
        return "BinaryField"

    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def pack(self, value: Any) -> bytes:  # noqa: ARG002 (for subclasses)
        raise AssertionError("packed by a subclass")

    def unpack(self, clear: bytes) -> Any:  # noqa: ARG002 (for subclasses)
        raise AssertionError("unpacked by a subclass")

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        sealed = None if value is None else seal(self.pack(value), place=self.place())
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, *_: object) -> Any:
        return None if value is None else self.unpack(unseal(bytes(value), place=self.place()))

    def value_to_string(self, obj: models.Model) -> str:  # noqa: ARG002 (Django's signature)
        return "***"


class SealedTextField(_SealedField):
    """A text about a person."""

    def pack(self, value: str) -> bytes:
        return value.encode()

    def unpack(self, clear: bytes) -> str:
        return clear.decode()


class SealedJSONField(_SealedField):
    """A JSON value about a person."""

    def pack(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def unpack(self, clear: bytes) -> Any:
        return json.loads(clear)
