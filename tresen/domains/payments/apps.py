"""Registers the domain with Django."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "tresen.domains.payments"
    label = "payments"
