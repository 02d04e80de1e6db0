"""How the hand-made rules do on a declared, synthetic month of a shop: `python -m bench.risk`.

20,000 honest orders and four kinds of fraud, drawn with a seed; what each kind looks like is
written down below, so that nobody takes the figures for those of a real shop. The point is who
is stopped without reason: honest people behind a VPN, a shared line, a new browser, on a trip.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import util
from pathlib import Path

from bench.common import keep
from tresen.domains.risk.rules import outcome_of, ruleset_from, score, settled_outcome
from tresen.domains.risk.types import Facts, History, Outcome, Ruleset

SEED = 20261126
HONEST = 20_000
FRAUD_EACH = 100
WEIGHTS = Path(__file__).parent.parent / "tresen" / "domains" / "risk" / "weights" / "rules-1.json"
METHODS = ("stripe",) * 6 + ("bank_transfer",) * 2 + ("pay_in_store",) * 2

Case = tuple[Facts, History]
Maker = Callable[[random.Random], Case]


def main() -> None:
    body = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    ruleset = ruleset_from(body, version=0)
    dice = random.Random(SEED)
    honest = {name: [make(dice) for _ in range(HONEST)] for name, make in HONEST_PEOPLE.items()}
    frauds = {name: [make(dice) for _ in range(FRAUD_EACH)] for name, make in FRAUDS.items()}
    figures = {
        "seed": SEED,
        "weights": ruleset.name,
        "honest_orders_each": HONEST,
        "fraud_orders_each": FRAUD_EACH,
        "honest": {name: _shares(cases, ruleset) for name, cases in honest.items()},
        "fraud": {name: _shares(cases, ruleset) for name, cases in frauds.items()},
        "moved_by_vpn": _moved_by_vpn(honest | frauds, ruleset),
        "handbook": _handbook(),
    }
    keep("risk", figures)


def _shares(cases: list[Case], ruleset: Ruleset) -> Mapping[str, float]:
    said = [
        settled_outcome(outcome_of(score(facts, history, ruleset=ruleset), ruleset), facts.method)
        for facts, history in cases
    ]
    return {
        "asked_for_stronger_percent": round(100 * said.count(Outcome.STRONGER) / len(said), 2),
        "held_for_a_person_percent": round(100 * said.count(Outcome.REVIEW) / len(said), 2),
    }


def _moved_by_vpn(groups: Mapping[str, list[Case]], ruleset: Ruleset) -> int:
    """How many outcomes differ when everybody connects through a VPN: none may."""
    return sum(
        score(facts, history, ruleset=ruleset).score
        != score(facts, replace(history, network="vpn"), ruleset=ruleset).score
        for cases in groups.values()
        for facts, history in cases
    )


def _handbook() -> str:
    if util.find_spec("pyarrow") is None:
        return "not measured: no reader of Parquet is among the locked packages"
    return "not measured: card terminals have none of the signals that these rules look at"


def _facts(dice: random.Random, **other: object) -> Facts:
    usual = Facts(
        delivery_country="DE",
        billing_country="AT" if dice.random() < 0.01 else "DE",
        phone_country=dice.choice(("", "", "DE", "DE", "DE")),
        method=dice.choice(METHODS),
        most_of_one=dice.choice((1, 1, 1, 1, 2, 2, 3, 6)),
        cart_seconds=int(dice.lognormvariate(5.5, 1.0)),
        hour=dice.choice((8, 10, 12, 14, 16, 18, 20, 20, 21, 22, 23, 1)),
    )
    return replace(usual, **other)  # type: ignore[arg-type]


def _history(dice: random.Random, **other: object) -> History:
    usual = History(
        paid_before=dice.choice((0, 0, 0, 1, 1, 2, 5)),
        device_was_seen=dice.random() < 0.5,
        failures_of_device=dice.choice((0,) * 18 + (1, 2)),
        amount_rank=dice.randrange(100),
        mail_is_disposable=dice.random() < 0.004,
    )
    return replace(usual, **other)  # type: ignore[arg-type]


HONEST_PEOPLE: Mapping[str, Maker] = {
    "at_home": lambda d: (_facts(d), _history(d)),
    "behind_a_vpn": lambda d: (_facts(d), _history(d, network="vpn")),
    "one_line_of_an_office_or_hostel": lambda d: (
        _facts(d),
        _history(d, people_at_address=d.randrange(0, 12), network=d.choice(("", "datacentre"))),
    ),
    "family_at_one_browser": lambda d: (_facts(d), _history(d, people_of_device=d.choice((1, 2)))),
    "clears_cookies": lambda d: (_facts(d), _history(d, device_was_seen=False)),
    "sends_a_present_abroad": lambda d: (
        _facts(d, billing_country="AT", phone_country="AT"),
        _history(d),
    ),
    "card_fails_twice_then_works": lambda d: (
        _facts(d, method="stripe"),
        _history(d, failures_of_device=2, failures_of_person=2),
    ),
    "buys_for_the_club": lambda d: (
        _facts(d, most_of_one=d.randrange(8, 25)),
        _history(d, amount_rank=d.randrange(90, 100)),
    ),
}
FRAUDS: Mapping[str, Maker] = {
    "tests_stolen_cards": lambda d: (
        _facts(d, method="stripe", cart_seconds=d.randrange(3, 30)),
        _history(
            d,
            paid_before=0,
            orders_of_device=d.randrange(3, 12),
            people_of_device=d.randrange(2, 8),
            failures_of_device=d.randrange(3, 12),
        ),
    ),
    "stolen_card_and_goods_to_sell_on": lambda d: (
        _facts(d, method="stripe", most_of_one=d.randrange(2, 8), billing_country="AT"),
        _history(
            d,
            paid_before=0,
            amount_rank=d.randrange(95, 100),
            mail_is_disposable=d.random() < 0.5,
            failures_of_device=d.randrange(0, 5),
        ),
    ),
    "never_picks_up_or_pays": lambda d: (
        _facts(d, method="pay_in_store"),
        _history(
            d, paid_before=0, orders_of_device=d.randrange(3, 8), orders_of_person=d.randrange(3, 8)
        ),
    ),
    "comes_back_after_a_dispute": lambda d: (
        _facts(d, method="stripe"),
        _history(d, paid_before=d.choice((0, 1)), disputes=d.choice((1, 1, 2))),
    ),
}


if __name__ == "__main__":
    main()
