"""localstripe runs once for all tests of this folder."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tresen.adapters.payments.tests.counterparts import localstripe


@pytest.fixture(scope="session")
def local_base() -> Iterator[str]:
    """The address of a running localstripe."""
    if not socket.has_ipv6:
        pytest.skip("localstripe needs IPv6")
    with localstripe() as base:
        yield base
