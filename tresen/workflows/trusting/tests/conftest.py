"""A small shop in Hamburg, and Erika's person."""

from __future__ import annotations

from typing import Any

import pytest

from tresen.domains.privacy.commands import publish_consent_text
from tresen.domains.privacy.types.consents import Purpose
from tresen.workflows.buying.tests.make import NOON, SmallShop, small_shop


@pytest.fixture
def shop(db: None, settings: Any) -> SmallShop:
    """With words for its newsletter."""
    settings.RESPONSIBLE_PLACE = "DE-HH"
    settings.SERVER_LOCATION = "Falkenstein, Sachsen"
    words = {"de": "Neues per E-Mail, ja bitte.", "en": "News by e-mail, yes please."}
    made = small_shop()
    publish_consent_text(purpose=Purpose.NEWSLETTER, words=words, now=NOON)
    return made
