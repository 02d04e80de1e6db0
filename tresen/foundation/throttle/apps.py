"""Registers the buckets with Django."""

from django.apps import AppConfig


class ThrottleConfig(AppConfig):
    name = "tresen.foundation.throttle"
    label = "throttle"
