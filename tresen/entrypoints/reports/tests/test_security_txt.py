"""Whoever found a hole learns whom to tell, and until when that holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tresen.foundation import clock
from tresen.workflows.buying.tests.make import NOON, small_shop


@pytest.mark.django_db
def test_it_has_the_fields_of_the_standard(
    client: Client, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    email = small_shop().channel.store.email
    settings.PUBLIC_URL = "https://laden.example"

    answer = client.get("/.well-known/security.txt")

    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == f"mailto:{email}"
    assert lines["Canonical"] == "https://laden.example/.well-known/security.txt"
    assert lines["Preferred-Languages"] == "de, en"
    until = datetime.strptime(lines["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=100) < until - NOON < timedelta(days=365)


@pytest.mark.django_db
def test_a_named_contact_comes_first(client: Client, settings) -> None:
    small_shop()
    settings.SECURITY_CONTACT = "https://laden.example/holes"
    page = client.get("/.well-known/security.txt").content.decode()
    assert page.startswith("Contact: https://laden.example/holes\n")
