"""Registers the table of data keys with Django."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "tresen.foundation.vault"
    label = "vault"
