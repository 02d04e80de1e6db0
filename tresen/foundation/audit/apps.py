"""Registers the audit with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tresen.foundation.audit"
    label = "audit"
