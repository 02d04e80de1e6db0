"""Before what is dear to answer: crowds of strangers work a little first, people come straight in.

Three signals, by weight. A device that somebody signed in from before is let in, at a person's
pace. A burst from one neighbourhood of the network, or from strangers altogether, is asked for a
little work (`shared/work.py`) for each try: nobody is refused for their address, so that people
behind a VPN, Tor or one company's door are served. Costs are those of a password's hash: 1.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tresen.domains.accounts.types import Realm
from tresen.entrypoints.shared import work
from tresen.entrypoints.shared.sessions.devices import device_hash_of
from tresen.entrypoints.shared.sessions.realms import realm_of_request
from tresen.foundation import clock
from tresen.foundation.throttle.buckets import Bucket, Draw, draw

DEVICE = Bucket(name="device", size=30, refill=timedelta(seconds=10))
NEIGHBOURHOOD = Bucket(name="neighbourhood", size=40, refill=timedelta(seconds=3))
STRANGERS = Bucket(name="strangers", size=100, refill=timedelta(seconds=6))
SHOPPERS = Bucket(name="strangers in the shop", size=300, refill=timedelta(seconds=1))
"""Customers come in crowds of their own: from devices without a cookie, too."""
BITS = 16
"""65,536 hashes on average: a blink in a browser, for each single try."""
STORM_BITS = 18
TASK, SOLUTION = "work_task", "work_solution"
_OURS = {TASK, SOLUTION, "csrfmiddlewaretoken"}
_IPV4_PREFIX, _IPV6_PREFIX = 24, 48

View = Callable[..., HttpResponse]


def throttled(
    purpose: str, *, cost: float = 1.0, crowd: Bucket = STRANGERS
) -> Callable[[View], View]:
    """For views whose POST is dear; other methods pass."""

    def before(view: View) -> View:
        @wraps(view)
        def gate(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            asked = None
            if request.method == "POST":
                asked = ask_for_work(
                    request, purpose=purpose, cost=cost, crowd=crowd, now=clock.now()
                )
            return asked or view(request, *args, **kwargs)

        return gate

    return before


def ask_for_work(
    request: HttpRequest,
    *,
    purpose: str,
    now: datetime,
    cost: float = 1.0,
    crowd: Bucket = STRANGERS,
) -> HttpResponse | None:
    """None: come in. Else a page (429) that holds what was typed and goes on by itself."""
    task = work.read_task(request.POST.get(TASK, ""), purpose=purpose, now=now)
    if task is not None:
        solution = request.POST.get(SOLUTION, "")
        if work.is_done(task, solution, now=now):
            return None
        if now >= task.wait_until or work.fits(task, solution):
            task = None  # used before, or the waiting room is full
    if task is None:
        bits = _bits_for(request, cost=cost, crowd=crowd, now=now)
        if bits is None:
            return None
        task = work.new_task(purpose=purpose, bits=bits, now=now)
    return _page(request, task, now=now)


def _bits_for(request: HttpRequest, *, cost: float, crowd: Bucket, now: datetime) -> int | None:
    """How much work is asked; None: none."""
    device = device_hash_of(request, realm_of_request(request))
    if device and not draw([Draw(bucket=DEVICE, key=device.hex(), cost=cost)], now=now):
        return None
    refused = draw(
        [
            Draw(bucket=crowd, key="all", cost=cost),
            Draw(bucket=NEIGHBOURHOOD, key=_neighbourhood_of(request), cost=cost),
        ],
        now=now,
    )
    if not refused:
        return None
    is_storm = any(one.bucket is crowd for one in refused)
    return STORM_BITS if is_storm else BITS


def _page(request: HttpRequest, task: work.Task, *, now: datetime) -> HttpResponse:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OURS
        for value in values
    ]
    seconds = max(0, round((task.wait_until - now).total_seconds()))
    words = {
        "is_shop": realm_of_request(request) is Realm.SHOP,
        "task": task,
        "typed": typed,
        "action": request.get_full_path(),
        "seconds": seconds,
    }
    answer = render(request, "shared/work.html", words, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Cache-Control"] = "no-store"
    answer["Retry-After"] = str(seconds)
    return answer


def _neighbourhood_of(request: HttpRequest) -> str:
    """A weak signal only: many people share one, and anybody changes it at will. Never kept."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "nowhere"
    prefix = _IPV4_PREFIX if isinstance(address, ipaddress.IPv4Address) else _IPV6_PREFIX
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))
