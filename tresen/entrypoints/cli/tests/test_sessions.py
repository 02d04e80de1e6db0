"""`tresen sessions`: signing out, and whom a company's sign-in means."""

from __future__ import annotations

import argparse

import pytest
from django.conf import settings

from tresen.domains.accounts.models import Identity, Session
from tresen.domains.accounts.queries import find_identified
from tresen.entrypoints.cli import sessions
from tresen.entrypoints.shared.sessions.tests.make import shopper, signed_in, staff

pytestmark = pytest.mark.django_db
ISSUER = "https://id.firm.example"


def tresen_sessions(*words: str) -> int:
    parser = argparse.ArgumentParser()
    sessions.declare(parser)
    return sessions.act(parser.parse_args(words))


def realms() -> list[str]:
    return sorted(Session.objects.values_list("realm", flat=True))


def test_somebody_is_signed_out_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    frieda = staff()
    for user in (frieda, frieda, staff("hinnerk"), shopper()):
        signed_in(user)

    assert tresen_sessions("end", "frieda") == 0

    assert capsys.readouterr().out == "frieda: 2 sessions ended.\n"
    assert realms() == ["shop", "staff"]


@pytest.mark.parametrize(("realm", "left"), [("shop", ["staff"]), ("staff", ["shop"])])
def test_a_whole_realm_is_signed_out(realm: str, left: list[str]) -> None:
    signed_in(staff())
    signed_in(shopper())

    assert tresen_sessions("end-all", realm) == 0

    assert realms() == left


def test_a_providers_name_is_allowed_beforehand_and_forbidden_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frieda = staff()
    monkeypatch.setattr(settings, "OPENID_ISSUER", ISSUER)

    assert tresen_sessions("allow", "frieda", "u-1") == 0
    assert find_identified(issuer=ISSUER, subject="u-1") == frieda
    assert find_identified(issuer="https://other.example", subject="u-1") is None

    assert tresen_sessions("forbid", "frieda") == 0
    assert find_identified(issuer=ISSUER, subject="u-1") is None


def test_what_cannot_be_says_why_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    staff()
    staff("hinnerk")
    assert tresen_sessions("allow", "frieda", "u-1") == 1
    assert "TRESEN_OPENID_ISSUER" in capsys.readouterr().err
    monkeypatch.setattr(settings, "OPENID_ISSUER", ISSUER)
    tresen_sessions("allow", "frieda", "u-1")

    assert tresen_sessions("allow", "hinnerk", "u-1") == 1
    assert tresen_sessions("end", "nobody") == 1
    assert Identity.objects.count() == 1
