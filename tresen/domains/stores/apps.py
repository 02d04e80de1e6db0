"""Registers the domain with Django."""

from django.apps import AppConfig


class StoresConfig(AppConfig):
    name = "tresen.domains.stores"
    label = "stores"
