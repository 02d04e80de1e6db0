"""Registers the domain with Django."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "tresen.domains.conversations"
    label = "conversations"
