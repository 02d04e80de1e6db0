"""Registers the domain with Django."""

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "tresen.domains.security"
    label = "security"
