"""The measured part of `bench.search_quality`; Django is set up when it is imported."""

from __future__ import annotations

import csv
import math
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.common import ROOT, cpu_of, percentile
from bench.shelves import CHANNEL, LIST, open_shop
from tresen.domains.discovery.queries import search
from tresen.domains.discovery.rules import compound_parts
from tresen.domains.discovery.tests.test_compounds import COMPOUNDS, WHOLE
from tresen.domains.discovery.types import SearchPage
from tresen.domains.stores.queries import get_channel
from tresen.foundation import clock, sql
from tresen.foundation.actor import SYSTEM
from tresen.workflows.listing.rebuild import rebuild
from tresen.workflows.supplying.catalog_files.mapping_file import read_mapping
from tresen.workflows.supplying.import_catalog import import_catalog
from tresen.workflows.supplying.import_types import ImportOrder

Ratings = Mapping[str, Mapping[str, int]]
MAPPING = ROOT / "examples" / "mappings" / "icecat.toml"
RANKS = 10
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SEED = 20261121


def measure(folder: Path, *, data: Path) -> dict[str, object]:
    open_shop()
    _take(folder)
    built = [_build(data) for _ in range(2)]
    sql.run("ANALYZE")
    ratings = _ratings(folder / "Broad_Query_Set_rated.csv")
    skus = {
        str(product_id): str(sku).removeprefix("ICE-")
        for product_id, sku in sql.rows("SELECT product_id, sku FROM catalog_variant")
    }
    ask = _asker(skus)
    return {
        "load_average": round(os.getloadavg()[0], 1),
        "queries": len(ratings),
        "build": built,
        "clean": _quality(ratings, ask, spoil=lambda query: query),
        "one_typo": _quality(ratings, ask, spoil=_typo(random.Random(SEED))),
        "compound_head_recall": _compounds(),
    }


def _take(folder: Path) -> None:
    order = ImportOrder(
        paths=tuple(sorted(folder.glob("[1-4].json.zip"))),
        mapping=read_mapping(MAPPING),
        channel=CHANNEL,
        price_list=LIST,
    )
    import_catalog(
        order,
        tell=lambda _row: None,
        progress=lambda _done, _records: None,
        now=clock.now(),
        actor=SYSTEM,
    )


def _build(data: Path) -> dict[str, object]:
    """All products in two languages."""
    before, database = time.process_time(), cpu_of(data=data).database
    begun = time.perf_counter()
    products = rebuild(channel=get_channel(CHANNEL), clock=clock.now)
    seconds = time.perf_counter() - begun
    return {
        "products": products,
        "languages": 2,
        "seconds": round(seconds, 1),
        "rows_per_second": round(2 * products / seconds),
        "cpu_seconds_python": round(time.process_time() - before, 1),
        "cpu_seconds_database": round(cpu_of(data=data).database - database, 1),
    }


def _ratings(path: Path) -> Ratings:
    """Questions that have a relevant product."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["query"]][row["docid"]] = int(row["rating"])
    return {query: rated for query, rated in found.items() if max(rated.values()) > 0}


def _asker(skus: Mapping[str, str]) -> Callable[[str], tuple[list[str], SearchPage, float]]:
    def ask(text: str) -> tuple[list[str], SearchPage, float]:
        begun = time.perf_counter()
        page = search(channel_code=CHANNEL, locale="en", text=text, limit=100)
        seconds = time.perf_counter() - begun
        return [skus[str(entry.product_id)] for entry in page.entries], page, seconds

    return ask


def _quality(
    ratings: Ratings,
    ask: Callable[[str], tuple[list[str], SearchPage, float]],
    *,
    spoil: Callable[[str], str],
) -> dict[str, object]:
    full, condensed, seconds, empty, corrected = [], [], [], 0, 0
    for query, rated in ratings.items():
        text = spoil(query)
        ask(text)
        found, page, took = ask(text)
        full.append(_ndcg(found, rated))
        condensed.append(_ndcg([one for one in found if one in rated], rated))
        seconds.append(took)
        empty += not found
        corrected += bool(page.corrected)
    return {
        "ndcg_at_10": round(sum(full) / len(full), 4),
        "condensed": round(sum(condensed) / len(condensed), 4),
        "no_hits": empty,
        "corrected": corrected,
        "p50_ms": round(percentile(seconds, 0.5) * 1000, 2),
        "p95_ms": round(percentile(seconds, 0.95) * 1000, 2),
    }


def _ndcg(found: Sequence[str], rated: Mapping[str, int]) -> float:
    ideal = _dcg(sorted(rated.values(), reverse=True))
    return _dcg([rated.get(one, 0) for one in found]) / ideal


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:RANKS]))


def _typo(dice: random.Random) -> Callable[[str], str]:
    """One letter of the longest word left out, doubled, swapped or changed; never the first."""

    def spoil(query: str) -> str:
        words = query.split()
        longest = max(range(len(words)), key=lambda place: len(words[place]))
        word = words[longest]
        if len(word) < 4 or not word.isalpha():
            return query
        at = dice.randrange(1, len(word) - 1)
        words[longest] = dice.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + dice.choice(LETTERS) + word[at + 1 :],
            ]
        )
        return " ".join(words)

    return spoil


def _compounds() -> dict[str, object]:
    """Our own list of shop compounds, by our list of words alone."""

    def parts(word: str) -> tuple[str, ...]:
        return compound_parts(word, is_word=lambda _word: False)

    found = sum(head in parts(word) for word, head in COMPOUNDS.items())
    return {
        "compounds": len(COMPOUNDS),
        "heads_found": found,
        "recall": round(found / len(COMPOUNDS), 3),
        "wholes": len(WHOLE),
        "wrongly_split": sum(bool(parts(word)) for word in WHOLE),
    }
