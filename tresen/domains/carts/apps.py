"""Registers the domain with Django."""

from django.apps import AppConfig


class CartsConfig(AppConfig):
    name = "tresen.domains.carts"
    label = "carts"
