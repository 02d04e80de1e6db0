"""Registers the domain with Django."""

from django.apps import AppConfig


class FulfilmentConfig(AppConfig):
    name = "tresen.domains.fulfilment"
    label = "fulfilment"
