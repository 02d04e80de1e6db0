"""Registers the check of the policy table with Django."""

from django.apps import AppConfig
from django.core.checks import register

from tresen.entrypoints.policy.check import check_routes


class PolicyConfig(AppConfig):
    """Has no tables in the database."""

    name = "tresen.entrypoints.policy"
    label = "policy"

    def ready(self) -> None:
        register(check_routes)
