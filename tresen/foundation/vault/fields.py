"""The model field of sealed values: bytes in, bytes out. Commands seal, queries open."""

from __future__ import annotations

from django.db import models


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """Ciphertext of `vault.sealing`; a fixture or a debug page shows stars."""

    def value_to_string(self, obj: models.Model) -> str:  # noqa: ARG002 (Django's signature)
        return "***"
