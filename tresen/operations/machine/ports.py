"""Network ports: is the one we want free, and does somebody answer there?"""

from __future__ import annotations

import errno
import socket

from tresen.operations.machine.trouble import Trouble
from tresen.operations.words.speaking import gettext_noop as _

ANSWER_SECONDS_MAX = 0.5
PRIVILEGED_BELOW = 1024


class PortTaken(Trouble):
    """Another program listens there."""


class PortForbidden(Trouble):
    """This user may not listen there."""


def check_port_free(host: str, port: int) -> None:
    """Raises PortTaken or PortForbidden, with a remedy."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            raise _explained(refused, host, port) from refused


def answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=ANSWER_SECONDS_MAX):
            return True
    except OSError:
        return False


def _explained(refused: OSError, host: str, port: int) -> Trouble:
    if refused.errno == errno.EADDRINUSE:
        words = _(
            "Port {port} on {host} is used by another program. Stop that program, or take "
            "another port: PORT={next_port} make run"
        )
        return PortTaken(words, port=port, host=host, next_port=port + 1)
    if refused.errno in {errno.EACCES, errno.EPERM}:
        words = _(
            "This user may not open port {port}: ports below {limit} are for root. "
            "Take a higher one: PORT=8000 make run"
        )
        return PortForbidden(words, port=port, limit=PRIVILEGED_BELOW)
    words = _("The address {host}:{port} cannot be opened: {reason}. Look at HOST.")
    return Trouble(words, host=host, port=port, reason=refused.strerror)
