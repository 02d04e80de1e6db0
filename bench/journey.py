"""The whole purchase over the store API, and its floor: one hand-written transaction in pgbench.

    python -m bench.journey [--orders 400] [--clients 4]

Starts a shop of its own in a temporary folder (two web workers, one worker, embedded
PostgreSQL), gives it plenty of stock, and lets clients buy: cart, two lines, address, delivery,
payment, order. CPU is the kernel's count over web, worker and database; the clients' own is not
in it. The placing request is measured alone on carts prepared before.
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

from bench.common import ROOT, Cpu, cpu_of, keep, percentile

KEY = "pk_demo_web_de"
SETTLE_SECONDS = 6.0


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
    """Only the placing requests, on carts prepared before; the worker is not in it."""
    client = Client(port)
    carts = [
        client.prepare([skus[number % len(skus)], skus[-1 - number % 7]])
        for number in range(orders)
    ]
    time.sleep(SETTLE_SECONDS)
    before, seconds = cpu_of(data=data), []
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=400)
    parser.add_argument("--clients", type=int, default=4)
    arguments = parser.parse_args()
    with shop() as (data, port):
        skus = skus_of(port)
        journeys(port, orders=60, clients=arguments.clients, skus=skus)
        time.sleep(SETTLE_SECONDS)
        idle_before = cpu_of(data=data)
        time.sleep(SETTLE_SECONDS)
        idle = (cpu_of(data=data) - idle_before).total / SETTLE_SECONDS
        before = cpu_of(data=data)
        seconds, wall = journeys(
            port, orders=arguments.orders, clients=arguments.clients, skus=skus
        )
        time.sleep(SETTLE_SECONDS)
        spent = cpu_of(data=data) - before
        place_cpu, place_seconds = placing(port, data, orders=200, skus=skus)
        floor = _floor(data)
    keep(
        "journey",
        _figures(arguments.orders, spent, idle, wall, seconds, place_cpu, place_seconds)
        | {"floor": floor, "clients": arguments.clients},
    )


def _figures(
    orders: int,
    spent: Cpu,
    idle: float,
    wall: float,
    seconds: list[float],
    place_cpu: Cpu,
    place_seconds: list[float],
) -> dict[str, object]:
    def each(cpu: float, count: int) -> float:
        return round(cpu * 1000 / count, 2)

    return {
        "orders": orders,
        "orders_per_second": round(orders / wall, 1),
        "cpu_ms_per_order": each(spent.total, orders),
        "cpu_ms_per_order_without_idle": each(spent.total - idle * (wall + SETTLE_SECONDS), orders),
        "cpu_ms_web": each(spent.web, orders),
        "cpu_ms_worker": each(spent.worker, orders),
        "cpu_ms_database": each(spent.database, orders),
        "idle_cpu_share": round(idle, 4),
        "journey_ms_p50": round(percentile(seconds, 0.5) * 1000, 1),
        "journey_ms_p95": round(percentile(seconds, 0.95) * 1000, 1),
        "placing_cpu_ms_web_and_database": each(
            place_cpu.web + place_cpu.database, len(place_seconds)
        ),
        "placing_cpu_ms_web": each(place_cpu.web, len(place_seconds)),
        "placing_ms_p50": round(percentile(place_seconds, 0.5) * 1000, 2),
        "placing_ms_p95": round(percentile(place_seconds, 0.95) * 1000, 2),
    }


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
