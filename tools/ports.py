"""A port for a server of a test. Not one of those that the system lends to outgoing connections:
between asking for it and listening on it, somebody else could be given it."""

from __future__ import annotations

import secrets
import socket

FIRST, COUNT = 20_000, 10_000
"""Below the range of outgoing connections (Linux: from 32768, macOS: from 49152)."""


def free_port() -> int:
    """Nobody listens there now, and hardly anybody else will try the same one."""
    while True:
        port = FIRST + secrets.randbelow(COUNT)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
