"""Registers the domain with Django."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "tresen.domains.catalog"
    label = "catalog"
