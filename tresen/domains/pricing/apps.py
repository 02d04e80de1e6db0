"""Registers the domain with Django."""

from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "tresen.domains.pricing"
    label = "pricing"
