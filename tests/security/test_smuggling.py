"""One request in bytes is one request here: nothing hides a second one in its body (V4.2.1).

The shapes are those of RFC 9112, sections 5.1, 6.1 and 6.3: two lengths, a length and an encoding,
encodings nobody knows, spaces and line ends where none belong. A balancer that reads them otherwise
than the server behind it would hand a stranger's second request to somebody else's connection.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tresen.operations.running.tests.make import Web, tiny_web

HIDDEN = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
LENGTH = len(HIDDEN)
SECONDS_MAX = 1.0
HEADERS = {
    "length and encoding": "Content-Length: 5\r\nTransfer-Encoding: chunked",
    "two lengths": f"Content-Length: 0\r\nContent-Length: {LENGTH}",
    "a list of lengths": f"Content-Length: 0, {LENGTH}",
    "a length with a sign": "Content-Length: +0",
    "an unknown encoding": f"Content-Length: {LENGTH}\r\nTransfer-Encoding: xchunked",
    "a space before the colon": f"Content-Length: {LENGTH}\r\nTransfer-Encoding : chunked",
    "identity first": f"Content-Length: {LENGTH}\r\nTransfer-Encoding: identity, chunked",
    "two encodings": "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "a carriage return alone": f"X: a\rContent-Length: {LENGTH}",
    "a folded line": f"X: a\r\n Content-Length: 3\r\nContent-Length: {LENGTH}",
}


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with tiny_web() as running:
        running.wait_for_answer()
        yield running


def answers_to(port: int, sent: str) -> int:
    """How many answers come back on one connection before it ends or falls silent."""
    told = b""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS_MAX) as connection:
        connection.sendall(sent.encode("latin-1"))
        try:
            while part := connection.recv(65_536):
                told += part
        except (TimeoutError, ConnectionResetError):
            pass
    return told.count(b"HTTP/1.")


def ambiguous(headers: str) -> str:
    body = "0\r\n\r\n" if "chunked" in headers else ""
    return f"POST / HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{body}{HIDDEN}"


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
def test_no_second_request_hides_in_the_first(web: Web, headers: str) -> None:
    assert answers_to(web.port, ambiguous(headers)) <= 1


def test_control_a_server_that_takes_the_first_length_answers_twice() -> None:
    class Careless(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0").split(",")[0]))
            self.do_GET()

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Careless)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert answers_to(server.server_port, ambiguous(HEADERS["two lengths"])) == 2
    finally:
        server.shutdown()
        server.server_close()
