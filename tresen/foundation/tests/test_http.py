"""The door to the network: what it refuses, how often it tries, and what it says afterwards."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from django.db import transaction

from tresen.foundation import http
from tresen.foundation.addresses import ForbiddenAddress
from tresen.foundation.http import (
    NO_PERSONAL_DATA,
    Answer,
    Call,
    Client,
    Disclosure,
    Limits,
    NoAnswer,
    Resting,
    Unreachable,
)

Reply = httpx.Response | Exception
URL = "https://shop.example/v1/things"


class Script(httpx.BaseTransport):
    """Answers what it was told to, in order, and remembers what was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.seen: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply


class Clock:
    """A clock that moves only when someone sleeps."""

    def __init__(self) -> None:
        self.at = 0.0
        self.naps: list[float] = []

    def __call__(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.at += seconds


def public(host: str, port: int) -> Sequence[str]:
    return ("93.184.215.14",)


def at(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    """A resolver that gives these addresses for every name."""

    def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


def client_of(
    script: Script,
    *,
    clock: Clock | None = None,
    resolver: Callable[[str, int], Sequence[str]] = public,
    allowed: Sequence[str] = (),
    limits: Limits | None = None,
) -> Client:
    clock = clock or Clock()
    return Client(
        inner=lambda: script,
        resolver=resolver,
        allowed=allowed,
        limits=limits,
        sleep=clock.sleep,
        clock=clock,
        chance=lambda: 1.0,
    )


def get(url: str = URL) -> Call:
    return Call(method="GET", url=url, disclosure=NO_PERSONAL_DATA)


def post(*, repeatable: bool) -> Call:
    return Call(
        method="POST",
        url=URL,
        disclosure=NO_PERSONAL_DATA,
        content=b"a=1",
        repeatable=repeatable,
    )


def test_an_answer_comes_back_whole() -> None:
    script = Script(httpx.Response(201, headers={"X-Kind": "yes"}, content=b'{"a": 1}'))

    answer = client_of(script).send(get())

    assert answer.status == 201
    assert answer.headers["x-kind"] == "yes"
    assert answer.json() == {"a": 1}


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_repeatable_call_is_tried_three_times_with_growing_rests(status: int) -> None:
    clock = Clock()
    script = Script(*(httpx.Response(status) for _ in range(3)))

    answer = client_of(script, clock=clock).send(post(repeatable=True))

    assert (answer.status, len(script.seen)) == (status, 3)
    assert clock.naps == [0.4, 0.8]


@pytest.mark.parametrize("failure", [httpx.ReadTimeout("late"), httpx.Response(503)])
def test_a_call_that_may_not_be_repeated_is_tried_once(failure: Reply) -> None:
    script = Script(failure, httpx.Response(200))
    client = client_of(script)

    if isinstance(failure, Exception):
        with pytest.raises(NoAnswer):
            client.send(post(repeatable=False))
    else:
        assert client.send(post(repeatable=False)).status == 503

    assert len(script.seen) == 1


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (httpx.ConnectError("refused"), Unreachable),
        (httpx.ConnectTimeout("late"), Unreachable),
        (httpx.ReadTimeout("late"), NoAnswer),
        (httpx.WriteError("broken"), NoAnswer),
        (httpx.RemoteProtocolError("cut"), NoAnswer),
    ],
)
def test_the_caller_learns_whether_it_may_have_been_done(
    failure: Exception, expected: type[Exception]
) -> None:
    with pytest.raises(expected):
        client_of(Script(failure)).send(post(repeatable=False))


def test_one_unanswered_try_leaves_the_outcome_open_even_if_the_last_found_nobody() -> None:
    script = Script(
        httpx.ReadTimeout("late"), httpx.ConnectError("refused"), httpx.ConnectError("refused")
    )

    with pytest.raises(NoAnswer):
        client_of(script).send(post(repeatable=True))


def test_a_host_that_fails_five_times_rests_and_is_then_tried_once() -> None:
    clock = Clock()
    script = Script(*(httpx.ConnectError("refused") for _ in range(6)), httpx.Response(200))
    client = client_of(script, clock=clock, limits=Limits(retries_max=0))
    for _ in range(5):
        with pytest.raises(Unreachable):
            client.send(get())

    with pytest.raises(Resting):
        client.send(get())
    assert len(script.seen) == 5

    clock.at += http.REST_SECONDS
    with pytest.raises(Unreachable) as tried:
        client.send(get())
    assert not isinstance(tried.value, Resting)
    with pytest.raises(Resting):
        client.send(get())

    clock.at += http.REST_SECONDS
    assert client.send(get()).status == 200


def test_one_tired_host_does_not_close_another() -> None:
    script = Script(*(httpx.ConnectError("refused") for _ in range(5)), httpx.Response(200))
    client = client_of(script, limits=Limits(retries_max=0))
    for _ in range(5):
        with pytest.raises(Unreachable):
            client.send(get())

    assert client.send(get("https://other.example/")).status == 200


def test_an_answer_that_is_too_long_is_cut_off() -> None:
    script = Script(httpx.Response(200, content=b"x" * 101))

    with pytest.raises(NoAnswer):
        client_of(script, limits=Limits(answer_bytes_max=100, retries_max=0)).send(get())


class Drip(httpx.SyncByteStream):
    """An answer whose every byte takes three seconds."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(100):
            self.clock.sleep(3)
            yield b"x"


def test_an_answer_that_drips_is_cut_off_by_the_whole_time_limit() -> None:
    clock = Clock()
    script = Script(httpx.Response(200, stream=Drip(clock)))

    with pytest.raises(NoAnswer):
        client_of(script, clock=clock, limits=Limits(total_s=20, retries_max=0)).send(get())

    assert clock.at == 21


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.9",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 (refused, not bound)
        "224.0.0.1",
        "::1",
        "fd00::1",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
    ],
)
def test_private_addresses_are_refused_whatever_the_name(address: str) -> None:
    script = Script(httpx.Response(200))

    with pytest.raises(ForbiddenAddress):
        client_of(script, resolver=at(address)).send(get())

    assert script.seen == []


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    script = Script(httpx.Response(200))
    addresses = ("93.184.215.14", "10.0.0.1")

    with pytest.raises(ForbiddenAddress):
        client_of(script, resolver=at(*addresses)).send(get())

    assert script.seen == []


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://2130706433/"])
def test_a_private_address_written_into_the_url_is_refused(url: str) -> None:
    client = Client(inner=lambda: Script(httpx.Response(200)))

    with pytest.raises(ForbiddenAddress):
        client.send(get(url))


def test_plain_http_is_refused_outside() -> None:
    with pytest.raises(ForbiddenAddress):
        client_of(Script(httpx.Response(200))).send(get("http://shop.example/"))


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    answers = iter([("93.184.215.14",), ("127.0.0.1",)])

    def rebinding(host: str, port: int) -> Sequence[str]:
        return next(answers)

    script = Script(httpx.Response(200))

    client_of(script, resolver=rebinding).send(get())

    (request,) = script.seen
    assert request.url.host == "93.184.215.14"
    assert request.headers["host"] == "shop.example"
    assert request.extensions["sni_hostname"] == "shop.example"


def test_control_without_the_check_a_private_address_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tresen.foundation.addresses.is_public", bool)
    script = Script(httpx.Response(200))

    client_of(script, resolver=at("10.0.0.1")).send(get())

    assert script.seen[0].url.host == "10.0.0.1"


def test_a_name_without_an_address_is_unreachable() -> None:
    def nowhere(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    with pytest.raises(Unreachable):
        client_of(Script(), resolver=nowhere, limits=Limits(retries_max=0)).send(get())


def test_redirects_are_handed_back_and_never_followed() -> None:
    script = Script(httpx.Response(302, headers={"Location": "http://169.254.169.254/"}))

    answer = client_of(script).send(get())

    assert (answer.status, len(script.seen)) == (302, 1)


@pytest.mark.django_db(transaction=True)
def test_no_call_is_made_while_a_transaction_is_open() -> None:
    script = Script(httpx.Response(200), httpx.Response(200))
    client = client_of(script)

    with transaction.atomic(), pytest.raises(AssertionError, match="transaction"):
        client.send(get())
    assert script.seen == []

    assert client.send(get()).status == 200


def test_logs_tell_host_and_outcome_but_nothing_personal(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[Disclosure] = []
    monkeypatch.setattr(http, "note", lambda one, **_: noted.append(one))
    caplog.set_level(logging.INFO, logger="tresen.foundation.http")
    disclosure = Disclosure(
        recipient="Shop", purpose="send goods", fields=("orders_order.address",)
    )
    call = Call(
        method="POST",
        url="https://shop.example/people/anna@example.org/orders?token=geheim",
        disclosure=disclosure,
        headers={"Authorization": "Bearer geheim"},
        content=b"Anna Muster",
    )

    client_of(Script(httpx.Response(200))).send(call)

    told = " ".join(str(record.__dict__) for record in caplog.records)
    assert noted == [disclosure]
    assert "shop.example" in told
    assert "/people/***/orders" in told
    for secret in ("anna@", "geheim", "Anna Muster"):
        assert secret not in told


def test_a_disclosure_that_does_not_name_its_purpose_is_refused() -> None:
    unclear = Disclosure(recipient="Shop", purpose="", fields=("orders_order.address",))
    call = Call(method="GET", url=URL, disclosure=unclear)

    with pytest.raises(AssertionError, match="purpose"):
        client_of(Script(httpx.Response(200))).send(call)


class Echo(BaseHTTPRequestHandler):
    """Gives the body back; says nothing on stderr."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        pass


def test_an_allowed_loopback_host_is_really_called() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    place = f"127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    call = Call(
        method="POST", url=f"http://{place}/", disclosure=NO_PERSONAL_DATA, content=b"hello"
    )
    try:
        answer: Answer = Client(allowed=(place,)).send(call)
    finally:
        server.shutdown()
        server.server_close()

    assert (answer.status, answer.content) == (200, b"hello")
