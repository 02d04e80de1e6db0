"""The world of the crawl: made once for a module, each try taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.security.make import clock_of_noon, two_houses
from tests.security.objects import World, world_of


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once, with passwords at a fraction of their cost, and without a line for each 404."""
    logging.disable(logging.WARNING)
    with clock_of_noon(), django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Argon2PasswordHasher, "time_cost", 1)
            patch.setattr(Argon2PasswordHasher, "memory_cost", 64)
            yield world_of(two_houses())
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
