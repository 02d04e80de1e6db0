"""What every test of the house gets: no deadlines on a busy machine, nothing remembered between."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from hypothesis import settings

from tresen.foundation.remembered import forget_everything
from tresen.foundation.vault.closing import close_vault

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Each process remembers channels, options, texts and keys for seconds; tests must not."""
    forget_everything()
    close_vault()


@pytest.fixture(scope="session", autouse=True)
def _passwords_cost_little() -> Iterator[None]:
    """A real hash costs a tenth of a second, and thousands of tests sign somebody in."""
    with pytest.MonkeyPatch.context() as patch:
        for name, least in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
            patch.setattr(Argon2PasswordHasher, name, least)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and published contracts; tests that need it are skipped without."""
    beside = Path(__file__).resolve().parent.parent / "shared"
    folder = Path(os.environ.get("TRESEN_SHARED") or beside)
    if not (folder / "data").is_dir():
        pytest.skip("the real data sets are not on this machine (TRESEN_SHARED)")
    return folder
