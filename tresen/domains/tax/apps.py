"""Registers the domain with Django."""

from django.apps import AppConfig


class TaxConfig(AppConfig):
    name = "tresen.domains.tax"
    label = "tax"
