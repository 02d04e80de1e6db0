"""Registers the domain with Django."""

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "tresen.domains.discovery"
    label = "discovery"
