"""Registers the domain with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tresen.domains.accounts"
    label = "accounts"
