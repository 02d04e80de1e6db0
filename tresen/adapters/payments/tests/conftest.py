"""localstripe runs once for all tests of this folder."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tresen.adapters.payments.tests.counterparts import localstripe
from tresen.foundation import http
from tresen.foundation.disclosures.types import Disclosure, Noted, Way


@pytest.fixture(scope="session")
def local_base() -> Iterator[str]:
    """The address of a running localstripe."""
    if not socket.has_ipv6:
        pytest.skip("localstripe needs IPv6")
    with localstripe() as base:
        yield base


@pytest.fixture(autouse=True)
def noted(monkeypatch: pytest.MonkeyPatch) -> list[Disclosure]:
    """What was noted, in order."""
    found: list[Disclosure] = []

    def note(disclosure: Disclosure, *, way: Way) -> Noted:
        assert way is Way.HTTP
        found.append(disclosure)
        return Noted(len(found), disclosure.reference)

    monkeypatch.setattr(http, "note", note)
    return found
