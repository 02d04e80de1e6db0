"""Which addresses may be called: public ones, by TLS, and the private ones that were allowed.

A name is looked up once, every address it has is checked, and the connection goes to the checked
address (TLS still proves the name), so that a name cannot change its mind in between.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateAnswer

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

HOSTS_MAX = 100
LOOK_UPS_MAX = 4
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network) for network in ("192.0.0.0/24", "64:ff9b:1::/48", "fec0::/10")
)
"""Special purposes (RFC 6890, 8215) that the standard library counts as public in part."""
_LOW_32_BITS = 0xFFFF_FFFF


class ForbiddenAddress(Exception):
    """The address lies in a network of ours, or is not called by TLS. Remedy: allow the host."""


def look_up(host: str, port: int) -> Sequence[str]:
    """Every address of a name, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: Address) -> bool:
    """Whether an address, and any address hidden in it, is one of the public internet."""
    return all(
        one.is_global and not one.is_multicast and not any(one in place for place in _NOT_PUBLIC)
        for one in (address, *_hidden_in(address))
    )


def dial(place: str, *, seconds: float) -> socket.socket:
    """A plain connection to a service that the operator named: `host:port` or a socket's path."""
    if place.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        try:
            connection.connect(place)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=seconds)


class GuardedTransport(httpx.BaseTransport):
    """Checks where a request goes, then hands it to a transport of its own for that host."""

    def __init__(
        self,
        *,
        allowed: Collection[str],
        resolver: Resolver,
        inner: Callable[[], httpx.BaseTransport],
        seconds: float,
    ) -> None:
        self._allowed = frozenset(name.lower() for name in allowed)
        self._resolver = resolver
        self._inner = inner
        self._seconds = seconds
        self._transports: dict[str, httpx.BaseTransport] = {}
        self._lock = threading.Lock()
        self._looking_up = ThreadPoolExecutor(LOOK_UPS_MAX, thread_name_prefix="look-up")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host, port = request.url.host.lower(), request.url.port or _port_of(request.url.scheme)
        if request.url.userinfo:
            raise ForbiddenAddress("an address holds no name and no password")
        if not {host, f"{host}:{port}"} & self._allowed:
            address = self._checked(request.url.scheme, host, port)
            request.extensions = request.extensions | {"sni_hostname": host}
            request.url = request.url.copy_with(host=address)
        return self._transport_of(f"{host}:{port}").handle_request(request)

    def close(self) -> None:
        self._looking_up.shutdown(wait=False)
        with self._lock:
            for transport in self._transports.values():
                transport.close()
            self._transports.clear()

    def _checked(self, scheme: str, host: str, port: int) -> str:
        if scheme != "https":
            raise ForbiddenAddress("only https leaves the house")
        try:
            found = self._looking_up.submit(self._resolver, host, port).result(self._seconds)
        except (OSError, LateAnswer, UnicodeError) as error:
            raise httpx.ConnectError("the name could not be looked up") from error
        addresses = [ipaddress.ip_address(text.partition("%")[0]) for text in found]
        if not addresses or not all(is_public(address) for address in addresses):
            raise ForbiddenAddress("this host lies in a private network")
        return str(addresses[0])

    def _transport_of(self, place: str) -> httpx.BaseTransport:
        """One per host: connections of two names at one address are never mixed up."""
        with self._lock:
            if place not in self._transports:
                if len(self._transports) >= HOSTS_MAX:
                    self._transports.pop(next(iter(self._transports))).close()
                self._transports[place] = self._inner()
            return self._transports[place]


def _port_of(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _hidden_in(address: Address) -> tuple[Address, ...]:
    """IPv4 addresses that an IPv6 address leads to: mapped, compatible, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    hidden: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    hidden.extend(address.teredo or ())
    if address in _NAT64 or address in _COMPATIBLE:
        hidden.append(ipaddress.IPv4Address(int(address) & _LOW_32_BITS))
    return tuple(one for one in hidden if one is not None)
