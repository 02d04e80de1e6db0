"""Registers the domain with Django."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "tresen.domains.compliance"
    label = "compliance"
