"""What the shop says of itself is made from how it runs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from tresen.domains.compliance.queries import current_texts
from tresen.domains.compliance.types import TextKind
from tresen.domains.privacy.commands import save_processor
from tresen.domains.privacy.types.processors import Processor
from tresen.entrypoints.shared.cookies import cookies_of
from tresen.foundation.vault.personal import personal_columns
from tresen.workflows.buying.tests.make import NOON, small_shop
from tresen.workflows.trusting.notice import publish_notice

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).resolve().parents[3]
LABEL = Processor(
    code="etikett",
    name="Etikett GmbH",
    task="Etiketten drucken",
    country="DE",
    contract_on=date(2026, 1, 2),
    is_enabled=True,
)


def test_the_page_names_what_runs_and_changes_with_it(client: Client, settings: Any) -> None:
    small_shop()
    settings.SERVER_LOCATION = "Falkenstein, Sachsen"
    before = client.get("/de/transparency/").content.decode()
    save_processor(processor=LABEL)

    after = client.get("/de/transparency/").content.decode()

    assert "Falkenstein, Sachsen" in before
    assert "Etikett GmbH" not in before
    assert "Etikett GmbH" in after
    assert "in einer Datei, die nur der Laden lesen darf" in after


def test_the_notice_names_every_kind_of_data_about_customers() -> None:
    small_shop()
    publish_notice(now=NOON)

    text = unescape(current_texts(locale="en")[TextKind.PRIVACY].body_html)
    with override("en"):
        missing = [
            str(column.label)
            for column in personal_columns()
            if column.subject.value == "customer" and str(column.label) not in text
        ]

    assert missing == []


def test_the_notice_is_a_new_version_only_when_its_words_change() -> None:
    small_shop()
    first = publish_notice(now=NOON)
    assert publish_notice(now=NOON) == first

    save_processor(processor=LABEL)

    again = publish_notice(now=datetime(2026, 12, 1, tzinfo=UTC))
    assert again == {locale: version + 1 for locale, version in first.items()}


def test_every_cookie_that_the_code_sets_is_told() -> None:
    """Whoever sets a new one tells it in shared/cookies.py."""
    setters = {
        str(path.relative_to(HOUSE))
        for path in (HOUSE / "entrypoints").rglob("*.py")
        if "tests" not in path.parts and ".set_cookie(" in path.read_text()
    }
    assert setters == {
        "entrypoints/shared/sessions/devices.py",
        "entrypoints/shared/sessions/middleware.py",
        "entrypoints/storefront/cart_cookie.py",
    }
    assert [cookie.name for cookie in cookies_of(https=True)] == [
        "__Host-cart",
        "__Host-csrf",
        "messages",
        "__Host-shop",
        "__Host-shop-device",
    ]
