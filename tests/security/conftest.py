"""The world of the crawl: made once for a module, each try taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.security.make import clock_of_noon, two_houses
from tests.security.objects import World, world_of
from tresen.entrypoints.shared import throttle


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once, and without a line for each 404."""
    logging.disable(logging.WARNING)
    with clock_of_noon(), django_db_blocker.unblock(), transaction.atomic():
        yield world_of(two_houses())
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture
def cheap_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the sum costs is measured elsewhere."""
    monkeypatch.setattr(throttle, "BITS", 2)
    monkeypatch.setattr(throttle, "STORM_BITS", 3)
