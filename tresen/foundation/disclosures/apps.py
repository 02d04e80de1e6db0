"""Registers the ledger of disclosures with Django."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "tresen.foundation.disclosures"
    label = "disclosures"
