"""ClamAV's daemon by its own protocol (INSTREAM); no file touches the disk.

https://docs.clamav.net/manual/Usage/Scanning.html#clamd
"""

from __future__ import annotations

import struct

from tresen.domains.catalog.ports import ScannerAway
from tresen.foundation.addresses import dial

CHUNK_BYTES = 65_536
ANSWER_BYTES_MAX = 1_024
SECONDS_MAX = 10.0
_LENGTH = struct.Struct(">I")


class ClamAv:
    """At `host:port`, or at a socket whose path begins with a slash."""

    def __init__(self, address: str, *, seconds: float = SECONDS_MAX) -> None:
        self.address = address
        self.seconds = seconds

    def is_infected(self, content: bytes) -> bool:
        """Anything but a plain yes or no is no answer."""
        try:
            said = self._ask(content)
        except OSError as error:
            raise ScannerAway(field="picture") from error
        if said == "stream: OK":
            return False
        if said.startswith("stream: ") and said.endswith(" FOUND"):
            return True
        raise ScannerAway(field="picture")

    def _ask(self, content: bytes) -> str:
        with dial(self.address, seconds=self.seconds) as connection:
            connection.sendall(b"zINSTREAM\0")
            for begin in range(0, len(content), CHUNK_BYTES):
                part = content[begin : begin + CHUNK_BYTES]
                connection.sendall(_LENGTH.pack(len(part)) + part)
            connection.sendall(_LENGTH.pack(0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < ANSWER_BYTES_MAX:
                part = connection.recv(ANSWER_BYTES_MAX)
                if not part:
                    break
                answer += part
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")
