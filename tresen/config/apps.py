"""Puts the chosen adapters on their shelves once Django is ready."""

from __future__ import annotations

from django.apps import AppConfig

from tresen.config.identity import wire_identity
from tresen.config.wiring import wire


class ConfigConfig(AppConfig):
    name = "tresen.config"
    label = "config"

    def ready(self) -> None:
        wire()
        wire_identity()
