"""Registers the watches with Django."""

from django.apps import AppConfig


class WatchesConfig(AppConfig):
    name = "tresen.foundation.watches"
    label = "watches"
