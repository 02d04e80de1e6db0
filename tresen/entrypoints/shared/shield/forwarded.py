"""Whose word counts about where a request came from: our proxies' (TRESEN_TRUSTED_PROXIES).

Anybody may send X-Forwarded-For. From a proxy that is named in the settings it is believed, from
anybody else it is taken away before a view could read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from typing import Any, Final

THROUGH_PROXY: Final = "tresen.through_proxy"
"""Set in a request's META where it named a way, believed or not."""
HOPS_MAX: Final = 10
_TOLD: Final = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_REAL_IP",
    "HTTP_X_CLIENT_IP",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_REWRITE_URL",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_FORWARDED",
)


class Proxies:
    """The addresses and networks of proxies of ours. Raises ValueError for what is none."""

    def __init__(self, named: Sequence[str]) -> None:
        self.networks = tuple(ip_network(name) for name in named)

    def settle(self, meta: dict[str, Any]) -> None:
        """REMOTE_ADDR and the scheme are true from now on; the headers are gone."""
        told = {name: meta.pop(name) for name in _TOLD if name in meta}
        if not told:
            return
        meta[THROUGH_PROXY] = True
        if not self.knows(meta.get("REMOTE_ADDR", "")):
            return
        if client := self._client(str(told.get("HTTP_X_FORWARDED_FOR", ""))):
            meta["REMOTE_ADDR"] = client
        if told.get("HTTP_X_FORWARDED_PROTO") in {"http", "https"}:
            meta["wsgi.url_scheme"] = told["HTTP_X_FORWARDED_PROTO"]

    def knows(self, text: str) -> bool:
        try:
            address = ip_address(text)
        except ValueError:
            return False
        return any(address in network for network in self.networks)

    def _client(self, told: str) -> str:
        """From the right, the first that is none of ours: what stands left of it anybody wrote."""
        for hop in reversed(told.split(",")[-HOPS_MAX:]):
            address = hop.strip()
            try:
                ip_address(address)
            except ValueError:
                return ""
            if not self.knows(address):
                return address
        return ""
