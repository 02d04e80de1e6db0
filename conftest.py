"""What every test of the house gets: no deadlines on a busy machine, nothing remembered between."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
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


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and published contracts; tests that need it are skipped without."""
    beside = Path(__file__).resolve().parent.parent / "shared"
    folder = Path(os.environ.get("TRESEN_SHARED") or beside)
    if not (folder / "data").is_dir():
        pytest.skip("the real data sets are not on this machine (TRESEN_SHARED)")
    return folder
