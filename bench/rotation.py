"""All people's keys are wrapped anew while customers buy: how long, and does a request fail.

    python -m bench.rotation [--people 100000] [--clients 4]

Starts a demo shop in a folder of its own, gives it people with two keys each, lets clients buy
over the store API, and calls `tresen keys rotate` beside them. Seconds are the verb's whole run,
its start included; what a purchase takes is told for before and for meanwhile.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.common import ROOT, keep, percentile
from bench.journey import Client, shop, skus_of

BEFORE_SECONDS = 15.0
TRESEN = str(Path(sys.executable).with_name("tresen"))


@dataclass
class Buyers:
    """Purchases with the moment they ended and the seconds they took, and what failed."""

    bought: list[tuple[float, float]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def between(self, start: float, end: float) -> list[float]:
        return [seconds for at, seconds in self.bought if start <= at <= end]


@contextmanager
def buying(port: int, *, clients: int, skus: list[str]) -> Iterator[Buyers]:
    """Customers who go on buying, whatever happens, until the block ends."""
    buyers, done = Buyers(), threading.Event()

    def buy(number: int) -> None:
        client = Client(port)
        while not done.is_set():
            begun = time.monotonic()
            try:
                client.place(client.prepare([skus[number % len(skus)]]))
            except (RuntimeError, OSError) as failure:
                buyers.failed.append(str(failure)[:200])
                client = Client(port)
            else:
                buyers.bought.append((time.monotonic(), time.monotonic() - begun))

    threads = [threading.Thread(target=buy, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield buyers
    finally:
        done.set()
        for thread in threads:
            thread.join()


def rotate(environ: dict[str, str]) -> int:
    """How many keys were wrapped anew."""
    words = [TRESEN, "keys", "rotate"]
    told = subprocess.run(
        words, env=environ, cwd=ROOT, text=True, capture_output=True, check=True
    ).stdout
    found = re.search(r"([\d,]+) data keys are wrapped anew", told)
    assert found, told
    return int(found[1].replace(",", ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=4)
    arguments = parser.parse_args()
    with shop() as (data, port):
        environ = os.environ | {"TRESEN_DATA": str(data), "TRESEN_LANGUAGE": "en"}
        peopling = [sys.executable, "-m", "bench.peopling", str(arguments.people)]
        subprocess.run(peopling, env=environ, cwd=ROOT, check=True)
        with buying(port, clients=arguments.clients, skus=skus_of(port)) as buyers:
            time.sleep(BEFORE_SECONDS)
            begun = time.monotonic()
            keys = rotate(environ)
            ended = time.monotonic()
            time.sleep(BEFORE_SECONDS)
        quiet = buyers.between(begun - BEFORE_SECONDS, begun)
        meanwhile = buyers.between(begun, ended)
        assert len(meanwhile) > arguments.clients, "nobody bought meanwhile: nothing was shown"
        figures: dict[str, object] = {
            "people": arguments.people,
            "keys": keys,
            "seconds": round(ended - begun, 1),
            "purchases": len(buyers.bought),
            "purchases_meanwhile": len(meanwhile),
            "failed_requests": len(buyers.failed),
            "purchase_ms_p95_before": round(percentile(quiet, 0.95) * 1_000),
            "purchase_ms_p95_meanwhile": round(percentile(meanwhile, 0.95) * 1_000),
        }
    keep("rotation", figures)
    assert not buyers.failed, buyers.failed[:3]


if __name__ == "__main__":
    main()
