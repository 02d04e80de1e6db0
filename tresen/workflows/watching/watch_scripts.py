"""Our own pages up to the checkout, fetched as a customer gets them and compared with what they
should be (PCI DSS 11.6.1): a script or header that was changed on the way is told."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from tresen.foundation.http import NO_PERSONAL_DATA, Call, Client, ForbiddenAddress, OutboundError
from tresen.foundation.watches.findings import note_watch
from tresen.workflows.watching.examine_page import Expected, examine_page

NAME: Final = "checkout_scripts"
FAULTS_TOLD_MAX: Final = 3
_PRODUCT: Final = re.compile(r'href="(/[a-z]{2}/p/[^"]+)"')
_OK: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where to look: the shop's address, pages below it, the checkout and its cart's cookie."""

    base: str
    pages: tuple[str, ...]
    checkout: str
    cookie: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was looked at, and what is wrong with it."""

    pages: int
    scripts: int
    faults: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return not self.faults

    @property
    def words(self) -> str:
        if self.is_good:
            return f"{self.pages} pages and {self.scripts} scripts are as they should be."
        return "; ".join(self.faults[:FAULTS_TOLD_MAX])


def watch_scripts(visit: Visit, *, client: Client, expected: Expected, now: datetime) -> Seen:
    """Look, and note what was found. Nothing is told of a shop that could not be reached at all
    but that."""
    faults: list[str] = []
    product = ""
    pages = 0
    for path in visit.pages:
        html = _look(visit, path, client, expected, faults)
        pages += 1
        product = product or next(iter(_PRODUCT.findall(html)), "")
    for path in filter(None, (product, visit.checkout)):
        _look(visit, path, client, expected, faults)
        pages += 1
    for path, digest in expected.scripts.items():
        content = _fetch(visit, path, client, faults)
        if content and _digest(content) != digest:
            faults.append(f"the file {path} was changed")
    seen = Seen(pages, len(expected.scripts), tuple(dict.fromkeys(faults)))
    note_watch(NAME, is_good=seen.is_good, words=seen.words, now=now)
    return seen


def _look(visit: Visit, path: str, client: Client, expected: Expected, faults: list[str]) -> str:
    headers: dict[str, str] = {}
    html = _fetch(visit, path, client, faults, headers=headers).decode("utf-8", "replace")
    if html:
        faults += [f"{path}: {fault}" for fault in examine_page(html, headers, expected=expected)]
    return html


def _fetch(
    visit: Visit,
    path: str,
    client: Client,
    faults: list[str],
    *,
    headers: dict[str, str] | None = None,
) -> bytes:
    sent: Mapping[str, str] = {"Cookie": visit.cookie} if visit.cookie else {}
    call = Call(
        method="GET", url=urljoin(visit.base, path), disclosure=NO_PERSONAL_DATA, headers=sent
    )
    try:
        answer = client.send(call)
    except (OutboundError, ForbiddenAddress) as error:
        faults.append(f"{path} could not be fetched ({type(error).__name__})")
        return b""
    if answer.status != _OK:
        faults.append(f"{path} answered {answer.status}")
        return b""
    if headers is not None:
        headers.update(answer.headers)
    return answer.content


def _digest(content: bytes) -> str:
    return "sha384-" + b64encode(hashlib.sha384(content).digest()).decode("ascii")
