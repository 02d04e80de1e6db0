"""Registers the domain with Django."""

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "tresen.domains.inventory"
    label = "inventory"
