"""Registers the domain with Django."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "tresen.domains.privacy"
    label = "privacy"
