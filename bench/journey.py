"""The whole purchase over the store API, and its floor: one hand-written transaction in pgbench.

    python -m bench.journey [--orders 400] [--clients 4]

Starts a shop of its own in a temporary folder (two web workers, one worker, embedded
PostgreSQL), gives it plenty of stock, and lets clients buy: cart, two lines, address, delivery,
payment, order. CPU is the kernel's count over web, worker and database, with the letters and
refreshed lists that follow; the clients' own is not in it. What the shop does when nobody comes is
measured before and told apart, and so is the database's housekeeping. The placing request is
measured alone, without the worker's part, on carts prepared before.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.common import ROOT, Cpu, cpu_of, frozen_worker, keep, percentile

KEY = "pk_demo_web_de"
WARM_UP = 600
"""Journeys before anything is counted: by then statements are prepared and tables are known."""
IDLE_SECONDS = 10.0
SETTLE_SECONDS_MAX = 90.0
QUIET_SHARE = 0.05
"""Of one core."""


class Client:
    """One shop front with a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def call(self, method: str, path: str, body: object = None, **headers: str) -> dict:
        self.connection.request(
            method,
            f"/api/store/v1{path}",
            None if body is None else json.dumps(body),
            {
                "X-Publishable-Key": KEY,
                "Content-Type": "application/json",
                "Accept-Language": "de",
                **headers,
            },
        )
        response = self.connection.getresponse()
        text = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status} {text.decode()[:500]}")
        return json.loads(text)

    def prepare(self, skus: list[str]) -> str:
        """Everything up to the order; the cart's id."""
        cart = self.call("POST", "/carts", {})["id"]
        for sku in skus:
            self.call("POST", f"/carts/{cart}/lines", {"sku": sku, "quantity": 1})
        self.call(
            "PUT",
            f"/carts/{cart}/address",
            {
                "email": "bench@example.com",
                "address": {
                    "name": "Bente Beispiel",
                    "street": "Elbweg 7",
                    "postcode": "22765",
                    "city": "Hamburg",
                    "country": "DE",
                },
            },
        )
        self.call("PUT", f"/carts/{cart}/delivery", {"code": "parcel-de"})
        self.call("PUT", f"/carts/{cart}/payment", {"method": "bank_transfer"})
        return str(cart)

    def place(self, cart: str) -> None:
        self.call("POST", "/orders", {"cart": cart}, **{"Idempotency-Key": f"bench-{cart}"})


@contextmanager
def shop() -> Iterator[tuple[Path, int]]:
    """A demo shop in a folder of its own, stocked for any number of orders."""
    with tempfile.TemporaryDirectory(prefix="tresen-bench-") as folder:
        Path(folder).chmod(0o755)
        data = Path(folder).resolve()
        port = _free_port()
        environ = os.environ | {"TRESEN_DATA": str(data), "PORT": str(port)}
        tresen = str(Path(sys.executable).with_name("tresen"))
        running = subprocess.Popen([tresen, "run"], env=environ, cwd=ROOT, text=True)
        try:
            _wait_until_open(port, running)
            subprocess.run(
                [sys.executable, "-m", "bench.stocking"], env=environ, cwd=ROOT, check=True
            )
            yield data, port
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(60)


def journeys(port: int, *, orders: int, clients: int, skus: list[str]) -> tuple[list[float], float]:
    """Whole journeys from several clients: seconds of each, and seconds in all."""
    counter, seconds, lock = itertools.count(), [], threading.Lock()
    faults: list[Exception] = []

    def buy() -> None:
        client = Client(port)
        while (number := next(counter)) < orders and not faults:
            start = time.perf_counter()
            try:
                client.place(client.prepare([skus[number % len(skus)], skus[-1 - number % 7]]))
            except Exception as fault:
                faults.append(fault)
                raise
            with lock:
                seconds.append(time.perf_counter() - start)

    begun = time.perf_counter()
    threads = [threading.Thread(target=buy) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return seconds, time.perf_counter() - begun


def placing(port: int, data: Path, *, orders: int, skus: list[str]) -> tuple[Cpu, list[float]]:
    """Only the placing requests, on carts prepared before; the worker stands still."""
    client = Client(port)
    carts = [
        client.prepare([skus[number % len(skus)], skus[-1 - number % 7]])
        for number in range(orders)
    ]
    settle(data)
    with frozen_worker(data=data):
        before, seconds = cpu_of(data=data), list[float]()
        for cart in carts:
            start = time.perf_counter()
            client.place(cart)
            seconds.append(time.perf_counter() - start)
        return cpu_of(data=data) - before, seconds


def skus_of(port: int) -> list[str]:
    """Articles that can be bought: from the list, then each article's first variant."""
    client = Client(port)
    items = client.call("GET", "/products?limit=60")["items"]
    found = [
        client.call("GET", f"/products/{item['slug']}")["variants"][0]["sku"] for item in items
    ]
    return found[:40]


def reading(port: int, data: Path, *, requests: int) -> dict[str, dict[str, float]]:
    """The list of 24 products, one product's details and a search, one client, warmed up."""
    client = Client(port)
    found = client.call("GET", "/products?limit=24")["items"]
    word = quote(found[0]["title"].split()[0])
    paths = {
        "list_of_24": "/products?limit=24",
        "detail": f"/products/{found[0]['slug']}",
        "search": f"/products?q={word}&limit=24",
    }
    return {name: _reading(client, data, path, requests) for name, path in paths.items()}


def _reading(client: Client, data: Path, path: str, requests: int) -> dict[str, float]:
    for _ in range(requests // 4):
        client.call("GET", path)
    before, seconds = cpu_of(data=data), []
    for _ in range(requests):
        start = time.perf_counter()
        client.call("GET", path)
        seconds.append(time.perf_counter() - start)
    spent = cpu_of(data=data) - before
    return spent.ms_each(requests) | {"ms_p50": _ms(seconds, 0.5), "ms_p95": _ms(seconds, 0.95)}


def settle(data: Path) -> None:
    """Wait until worker and database are as quiet as they get: letters sent, lists refreshed."""
    for _ in range(int(SETTLE_SECONDS_MAX)):
        before = cpu_of(data=data)
        time.sleep(1)
        if (cpu_of(data=data) - before).total < QUIET_SHARE:
            return


def idling(data: Path) -> Cpu:
    """What a second of doing nothing costs: polling, timers, housekeeping."""
    before = cpu_of(data=data)
    time.sleep(IDLE_SECONDS)
    return (cpu_of(data=data) - before) * (1 / IDLE_SECONDS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=400)
    parser.add_argument("--clients", type=int, default=4)
    arguments = parser.parse_args()
    with shop() as (data, port):
        skus = skus_of(port)
        journeys(port, orders=WARM_UP, clients=arguments.clients, skus=skus)
        settle(data)
        idle = idling(data)
        before, begun = cpu_of(data=data), time.monotonic()
        seconds, wall = journeys(
            port, orders=arguments.orders, clients=arguments.clients, skus=skus
        )
        settle(data)
        spent, lasted = cpu_of(data=data) - before, time.monotonic() - begun
        place_cpu, place_seconds = placing(port, data, orders=arguments.orders, skus=skus)
        figures = {
            "orders": arguments.orders,
            "clients": arguments.clients,
            "orders_per_second": round(arguments.orders / wall, 1),
            "journey_cpu_ms": spent.ms_each(arguments.orders),
            "journey_cpu_ms_without_idling": (spent - idle * lasted).ms_each(arguments.orders),
            "idling_cpu_ms_a_second": idle.ms_each(1),
            "journey_ms_p50": _ms(seconds, 0.5),
            "journey_ms_p95": _ms(seconds, 0.95),
            "placing_cpu_ms": place_cpu.ms_each(len(place_seconds)),
            "placing_ms_p50": _ms(place_seconds, 0.5),
            "placing_ms_p95": _ms(place_seconds, 0.95),
            "reading_cpu_ms": reading(port, data, requests=arguments.orders),
            "floor": _floor(data),
        }
    keep("journey", figures)


def _ms(seconds: list[float], share: float) -> float:
    return round(percentile(seconds, share) * 1000, 2)


def _floor(data: Path) -> dict[str, float]:
    """pgbench with one hand-written order transaction on the same server."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.floor"],
        env=os.environ | {"TRESEN_DATA": str(data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_open(port: int, running: subprocess.Popen[str]) -> None:
    for _ in range(600):
        if running.poll() is not None:
            raise RuntimeError("the shop did not open")
        try:
            Client(port).call("GET", "/products?limit=1")
        except (OSError, RuntimeError):
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("the shop did not open in time")


if __name__ == "__main__":
    main()
