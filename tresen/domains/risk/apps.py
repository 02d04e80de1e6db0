"""Registers this domain with Django."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "tresen.domains.risk"
    label = "risk"
