"""Registers the counts of limits with Django."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "tresen.foundation.limits"
    label = "limits"
