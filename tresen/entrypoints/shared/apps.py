"""Registers the template tags that all faces share."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Has no tables: only template tags."""

    name = "tresen.entrypoints.shared"
    label = "shared_faces"
