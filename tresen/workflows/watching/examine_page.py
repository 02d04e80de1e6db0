"""Reads one of our pages as a browser got it, and names what should not be in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

_NONCE: Final = re.compile(r"'nonce-([^']*)'")
_NEVER: Final = frozenset({"iframe", "frame", "object", "embed", "applet", "base", "portal"})
_ADDRESSES: Final = frozenset({"href", "src", "action", "formaction", "xlink:href"})
_RUNS: Final = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """`scripts` by address (without its query) with their digests; `policy` with an empty nonce."""

    scripts: Mapping[str, str]
    policy: str
    headers: Mapping[str, str]
    form_hosts: Sequence[str] = ()


def examine_page(html: str, headers: Mapping[str, str], *, expected: Expected) -> list[str]:
    """Faults in words, none where all is as it should be. Header names in lower case."""
    policy = headers.get("content-security-policy", "")
    faults = [
        f"header {name} is «{headers.get(name.lower(), '')[:60]}»"
        for name, value in expected.headers.items()
        if headers.get(name.lower()) != value
    ]
    nonce = _NONCE.search(policy)
    if _NONCE.sub("'nonce-'", policy) != expected.policy:
        faults.append("the content security policy is another one")
    reader = _Reader(expected, nonce.group(1) if nonce else "")
    reader.feed(html)
    reader.close()
    return faults + reader.faults


@dataclass
class _Reader(HTMLParser):
    """Walks through the tags."""

    expected: Expected
    nonce: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script":
            self._script(given)
        if tag in _NEVER:
            self.faults.append(f"a <{tag}> stands in the page")
        if tag == "meta" and "http-equiv" in given:
            self.faults.append(f"a <meta http-equiv={given['http-equiv'][:30]}> stands in the page")
        if tag == "link" and "script" in (given.get("as", ""), given.get("rel", "")):
            self.faults.append("a script is loaded ahead")
        for name, value in given.items():
            leads_to_one = name in _ADDRESSES and _RUNS.match(value)
            if name.startswith("on") or name == "srcdoc" or leads_to_one:
                self.faults.append(f"<{tag} {name}> would run a script")
        if tag == "form" or "formaction" in given:
            self._form(given.get("formaction") or given.get("action", ""))

    def _script(self, given: Mapping[str, str]) -> None:
        address = given.get("src", "")
        if not address:
            self.faults.append("a script without an address stands in the page")
            return
        parts = urlsplit(address)
        known = "" if parts.netloc or parts.scheme else self.expected.scripts.get(parts.path, "")
        if not known:
            self.faults.append(
                f"the script {parts.netloc}{parts.path[:80]} is not in the inventory"
            )
        elif given.get("integrity") != known:
            self.faults.append(f"the script {parts.path[:80]} carries another digest")
        elif not self.nonce or given.get("nonce") != self.nonce:
            self.faults.append(f"the script {parts.path[:80]} carries no valid nonce")

    def _form(self, action: str) -> None:
        host = urlsplit(action).netloc
        if host and host not in self.expected.form_hosts:
            self.faults.append(f"a form leads to {host[:80]}")
