"""Registers the idempotency keys with Django."""

from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "tresen.foundation.idempotency"
    label = "idempotency"
