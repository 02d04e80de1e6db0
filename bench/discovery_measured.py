"""The measured part of `bench.discovery`; Django is set up when it is imported."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.common import ROOT, cpu_of, percentile
from bench.shelves import CHANNEL, KEY, fill_shop, open_shop
from tresen.domains.catalog.queries import count_products
from tresen.domains.stores.queries import get_channel
from tresen.foundation import clock, sql
from tresen.workflows.listing.rebuild import rebuild, sweep

API = "/api/store/v1"
REQUESTS = 300
WARM_UP = 60
CLIENTS = 8
CLIENT_SECONDS = 20.0
SEED = 7
START_SECONDS_MAX = 30.0
TABLES = ("entry", "place", "token", "facet_count", "word", "variant")


@dataclass(frozen=True)
class Goods:
    """What the requests ask for, taken from the shop itself."""

    categories: Sequence[str]
    roots: Sequence[str]
    slugs: Sequence[str]
    brands: Sequence[str]
    titles: Sequence[str]


def measure(products: int, *, data: Path) -> dict[str, object]:
    figures: dict[str, object] = {"products": products, "load_before": _load()}
    if count_products()[0] < products:
        figures["fill_products_per_second"] = _fill(products)
    figures["rebuild"] = _rebuild(data)
    for table in TABLES:
        sql.run(f"ANALYZE discovery_{table}")
    goods = _goods()
    with _web(data) as port:
        client = Client(port)
        for name, paths in _requests(goods).items():
            figures[name] = _one_by_one(client, paths, data)
        figures["category_html_8_clients"] = _at_once(port, goods)
    figures["load_after"] = _load()
    return figures


class Client:
    """One shop front with a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> bytes:
        headers = {"X-Publishable-Key": KEY, "Accept-Language": "de"}
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        assert response.status == http.HTTPStatus.OK, (path, response.status, body[:300])
        return body


def _requests(goods: Goods) -> dict[str, Callable[[random.Random], str]]:
    def pick(dice: random.Random, some: Sequence[str]) -> str:
        return some[dice.randrange(len(some))]

    def words(dice: random.Random, count: int) -> str:
        found = pick(dice, goods.titles).split()
        return " ".join(found[:count])

    def api(path: str, **params: str) -> str:
        return f"{API}{path}?{urlencode(params)}"

    return {
        "api_list": lambda dice: api("/products", category=pick(dice, goods.categories)),
        "api_list_whole_shop": lambda dice: api(
            "/products", sort=pick(dice, ["", "price", "name"])
        ),
        "api_list_filtered": lambda dice: api(
            "/products", category=pick(dice, goods.roots), brand=pick(dice, goods.brands)
        ),
        "api_product": lambda dice: f"{API}/products/{pick(dice, goods.slugs)}",
        "api_search_one_word": lambda dice: api("/products", q=words(dice, 1)),
        "api_search_two_words": lambda dice: api("/products", q=words(dice, 2)),
        "api_search_typo": lambda dice: api("/products", q=_typo(words(dice, 1), dice)),
        "api_suggestions": lambda dice: api(
            "/products/suggestions", q=words(dice, 1)[: dice.randrange(2, 6)]
        ),
        "html_category": lambda dice: f"/de/c/{pick(dice, goods.categories)}/",
        "html_search": lambda dice: f"/de/search/?q={quote(words(dice, 1))}",
    }


def _one_by_one(
    client: Client, path: Callable[[random.Random], str], data: Path
) -> dict[str, object]:
    dice = random.Random(SEED)
    for _ in range(WARM_UP):
        client.get(path(dice))
    before, seconds, sizes = cpu_of(data=data), [], []
    for _ in range(REQUESTS):
        asked = path(dice)
        begun = time.perf_counter()
        sizes.append(len(client.get(asked)))
        seconds.append(time.perf_counter() - begun)
    used = cpu_of(data=data) - before
    return {
        "cpu_ms": round((used.web + used.database) / REQUESTS * 1000, 2),
        "cpu_ms_web": round(used.web / REQUESTS * 1000, 2),
        "cpu_ms_database": round(used.database / REQUESTS * 1000, 2),
        "p50_ms": round(percentile(seconds, 0.5) * 1000, 1),
        "p95_ms": round(percentile(seconds, 0.95) * 1000, 1),
        "bytes": round(sum(sizes) / len(sizes)),
    }


def _at_once(port: int, goods: Goods) -> dict[str, object]:
    seconds: list[float] = []
    lock, end = threading.Lock(), time.monotonic() + CLIENT_SECONDS

    def look(number: int) -> None:
        client, dice = Client(port), random.Random(number)
        while time.monotonic() < end:
            category = goods.categories[dice.randrange(len(goods.categories))]
            begun = time.perf_counter()
            client.get(f"/de/c/{category}/")
            with lock:
                seconds.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=look, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "clients": CLIENTS,
        "pages": len(seconds),
        "pages_per_second": round(len(seconds) / CLIENT_SECONDS, 1),
        "p50_ms": round(percentile(seconds, 0.5) * 1000, 1),
        "p95_ms": round(percentile(seconds, 0.95) * 1000, 1),
    }


def _fill(products: int) -> int:
    open_shop()
    begun = time.perf_counter()
    for done in fill_shop(products):
        if done % 20_000 == 0:
            print(f"{done} products, {done / (time.perf_counter() - begun):.0f}/s", flush=True)
    sql.run("ANALYZE")
    return round(products / (time.perf_counter() - begun))


def _rebuild(data: Path) -> dict[str, object]:
    """All products in two languages, on two connections."""
    before, database = time.process_time(), cpu_of(data=data).database
    begun = time.perf_counter()
    products = rebuild(channel=get_channel(CHANNEL), clock=clock.now)
    seconds = time.perf_counter() - begun
    sweep(now=clock.now())
    return {
        "products": products,
        "languages": 2,
        "seconds": round(seconds, 1),
        "rows_per_second": round(2 * products / seconds),
        "cpu_seconds_python": round(time.process_time() - before, 1),
        "cpu_seconds_database": round(cpu_of(data=data).database - database, 1),
    }


def _goods() -> Goods:
    """A sample, the same in each run over the same shop."""
    space = "(SELECT id FROM discovery_space WHERE is_current AND locale = 'de' LIMIT 1)"
    shelves = sql.rows(
        "SELECT t.slug, c.path NOT LIKE '%%/%%' FROM discovery_token t"  # noqa: S608
        " JOIN catalog_category c ON c.id::text = t.value"
        f" WHERE t.space_id = {space} AND t.facet = 'category' ORDER BY t.slug"
    )
    brands = sql.rows(
        f"SELECT value FROM discovery_token WHERE space_id = {space} AND facet = 'brand'"  # noqa: S608
        " ORDER BY value"
    )
    cards = sql.rows(
        f"SELECT slug, title FROM discovery_entry WHERE space_id = {space}"  # noqa: S608
        " ORDER BY md5(product_id::text) LIMIT 400"
    )
    return Goods(
        categories=[str(slug) for slug, _ in shelves],
        roots=[str(slug) for slug, is_root in shelves if is_root],
        slugs=[str(slug) for slug, _ in cards],
        brands=[str(value) for (value,) in brands],
        titles=[str(title) for _, title in cards],
    )


def _typo(word: str, dice: random.Random) -> str:
    if len(word) < 6:  # short words are hardly ever mistyped
        return word
    at = dice.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 :]


@contextmanager
def _web(data: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {"TRESEN_DATA": str(data)}
    command = [sys.executable, "-m", "tresen", "web", "--port", str(port), "--workers", "2"]
    with (data / "web.log").open("wb") as log:
        running = subprocess.Popen(command, env=environ, cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_until_open(port, running)
        yield port
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


def _wait_until_open(port: int, running: subprocess.Popen[bytes]) -> None:
    for _ in itertools.takewhile(lambda n: n < START_SECONDS_MAX * 5, itertools.count()):
        assert running.poll() is None, "the web server ended; see web.log"
        try:
            json.loads(Client(port).get(f"{API}/openapi.json"))
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
            continue
        return
    raise TimeoutError("the web server did not open")


def _load() -> float:
    return round(os.getloadavg()[0], 1)
