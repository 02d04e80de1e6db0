"""S10: one client speaks to the world, it refuses what lies inside, and nothing else connects."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Iterator, Sequence

import httpx
import pytest

from tests.security.asking import ask, one_connection
from tests.security.shop import open_shop
from tresen.foundation.addresses import ForbiddenAddress
from tresen.foundation.http import NO_PERSONAL_DATA, Call, Client, OutboundError

INSIDE = (
    "127.0.0.1", "127.1.2.3", "0.0.0.0",  # noqa: S104
    "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "169.254.169.254", "169.254.170.2", "100.64.0.1", "192.0.0.192", "198.18.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
    "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
    "2002:a9fe:a9fe::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1", "192.0.2.1",
)  # fmt: skip
"""What a name may answer with."""
ADDRESSES = (
    "https://127.0.0.1/", "https://localhost/", "https://LOCALHOST./", "https://[::1]/",
    "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/",
    "https://0x7f.1/", "https://017700000001/", "https://[::ffff:127.0.0.1]/",
    "https://[0:0:0:0:0:ffff:7f00:1]/", "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/", "https://public.example@127.0.0.1/",
    "https://127.0.0.1#@public.example/", "https://public.example:443@169.254.169.254/",
    "https://127.0.0.1:443\\@public.example/", "https://127。0。0。1/", "https://①②⑦.0.0.1/",
    "http://public.example/", "ftp://public.example/", "file:///etc/passwd", "gopher://127.0.0.1/",
    "dict://127.0.0.1:6379/", "unix:///var/run/docker.sock", "data:text/html,x", "//127.0.0.1/",
    "https:///", "https://", "jar:https://public.example!/", "netdoc:///etc/passwd",
)  # fmt: skip
"""What somebody may write into a field for an address."""
PUBLIC = "93.184.216.34"


def system_like(host: str, _port: int) -> Sequence[str]:
    """Names as a resolver of this machine would answer, the odd spellings of numbers included."""
    if host.rstrip(".").endswith("public.example"):
        return (PUBLIC,)
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except OSError:
        return ("127.0.0.1",)
    return tuple(str(entry[4][0]) for entry in found)


class Ears(httpx.BaseTransport):
    """Hears where a request would have gone."""

    heard: list[str]

    def __init__(self) -> None:
        self.heard = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.heard.append(str(request.url))
        return httpx.Response(302, headers={"Location": "https://169.254.169.254/"})


def _call(url: str, *, resolver: object = system_like, allowed: Sequence[str] = ()) -> list[str]:
    """Where it went; empty where it was refused."""
    ears = Ears()
    client = Client(resolver=resolver, inner=lambda: ears, allowed=allowed)  # type: ignore[arg-type]
    try:
        client.send(Call(method="GET", url=url, disclosure=NO_PERSONAL_DATA))
    except (ForbiddenAddress, OutboundError, httpx.HTTPError, httpx.InvalidURL, ValueError):
        assert ears.heard == []
    return ears.heard


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    assert _call("https://shop.public.test/", resolver=lambda *_: (address,)) == []


@pytest.mark.parametrize("url", ADDRESSES)
def test_no_way_of_writing_it_leads_inside(url: str) -> None:
    assert _call(url) == []


def test_a_public_address_is_called_at_the_address_that_was_checked() -> None:
    """Control: the corpus is refused for what it is."""
    assert _call("https://www.public.example/x") == [f"https://{PUBLIC}/x"]


def test_without_the_guard_the_corpus_would_be_called() -> None:
    """Control: allowed by name, the same address is called."""
    assert _call("https://127.0.0.1/", allowed=("127.0.0.1",)) == ["https://127.0.0.1/"]


def test_a_name_that_changes_its_mind_is_asked_once() -> None:
    """DNS rebinding: public when it is checked, inside when it is called."""
    answers = [(PUBLIC,), ("127.0.0.1",), ("127.0.0.1",)]
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    assert _call("https://rebind.test/", resolver=rebinding) == [f"https://{PUBLIC}/"]
    assert asked == ["rebind.test"]
    assert _call("https://rebind.test/", resolver=rebinding) == []


def test_a_redirect_is_never_followed() -> None:
    assert len(_call("https://www.public.example/")) == 1


HEARD: list[tuple[str, object]] = []
LISTENING = {"now": False}
EVENTS = {
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.dlopen",
    "urllib.Request", "ftplib.connect", "smtplib.connect", "pickle.find_class", "exec.source",
}  # fmt: skip


def _listen(event: str, arguments: object) -> None:
    if LISTENING["now"] and event in EVENTS:
        HEARD.append((event, repr(arguments)[:200]))


sys.addaudithook(_listen)


@pytest.fixture
def ears() -> Iterator[list[tuple[str, object]]]:
    """The interpreter itself tells of connections, names and programs that it is asked for."""
    HEARD.clear()
    LISTENING["now"] = True
    yield HEARD
    LISTENING["now"] = False


@pytest.mark.django_db
def test_in_a_whole_journey_nothing_but_the_database_is_connected(
    monkeypatch: pytest.MonkeyPatch, ears: list[tuple[str, object]]
) -> None:
    """The database's library connects below the interpreter, so that not even it is heard."""
    LISTENING["now"] = False
    guest = open_shop(monkeypatch)
    LISTENING["now"] = True
    path = guest.order()
    for place in ("/", "/search/?q=tee", "/p/tee/", "/cart/", path, "/safe-shopping/"):
        assert guest.get(place).status_code == 200, place
    assert guest.get("/search/suggestions/?q=te").status_code == 200
    with one_connection():
        for place in ("/api/store/v1/openapi.json", "/staff/", "/health/ready", "/reports/csp"):
            ask(place)
        ask("/webhooks/payments/demo_card", method="POST", body=b"{}", kind="application/json")
    assert ears == []


def test_a_connection_would_be_heard(ears: list[tuple[str, object]]) -> None:
    """Control."""
    with socket.socket() as planted, contextlib.suppress(OSError):
        planted.settimeout(0.1)
        planted.connect(("127.0.0.1", 9))
    assert [event for event, _ in ears] == ["socket.connect"]
