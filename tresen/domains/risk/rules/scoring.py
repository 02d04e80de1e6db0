"""From what is known to points: each signal by itself, the sum, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from tresen.domains.risk.rules.outcomes import outcome_of, settled_outcome
from tresen.domains.risk.types import (
    ADDRESS_SIGNALS,
    HINTS,
    Facts,
    History,
    Outcome,
    Preview,
    Ruleset,
    Scored,
    ScoredReason,
    Signal,
    Weight,
)

SCORE_MAX = 100
NIGHT_HOURS = range(1, 5)
UNKNOWN = -1

_Reader = Callable[[Facts, History], int]


def score(facts: Facts, history: History, *, ruleset: Ruleset) -> Scored:
    """The score and its reasons, the heaviest first."""
    reasons = [
        ScoredReason(
            signal=signal,
            value=value,
            points=points,
            is_hint=signal in HINTS,
            detail=history.network if signal is Signal.NETWORK else "",
        )
        for signal, value in _values(facts, history, ruleset)
        if (weight := ruleset.weights.get(signal)) and (points := points_of(value, weight))
    ]
    counted = _without_lone_addresses([one for one in reasons if not one.is_hint])
    hints = [one for one in reasons if one.is_hint]
    total = sum(one.points for one in counted)
    return Scored(
        score=min(max(total, 0), SCORE_MAX),
        reasons=tuple(sorted([*counted, *hints], key=lambda one: -abs(one.points))),
        hint=sum(one.points for one in hints),
    )


def points_of(value: int, weight: Weight) -> int:
    """What one value weighs."""
    if weight.below:
        return weight.points if value < weight.at else 0
    if value < weight.at:
        return 0
    points = weight.points + weight.each * (value - weight.at)
    if not weight.most:
        return points
    return min(points, weight.most) if weight.most > 0 else max(points, weight.most)


def preview_of(
    orders: Iterable[tuple[Facts, History, str, Outcome]], *, ruleset: Ruleset
) -> Preview:
    """What other weights and thresholds would have said about orders of the past.

    Each order comes with its way to pay and what was said then.
    """
    said = [
        (settled_outcome(outcome_of(score(facts, history, ruleset=ruleset), ruleset), method), then)
        for facts, history, method, then in orders
    ]
    now = [outcome for outcome, _ in said]
    return Preview(
        orders=len(said),
        passed=now.count(Outcome.PASS),
        stronger=now.count(Outcome.STRONGER),
        reviewed=now.count(Outcome.REVIEW),
        reviewed_today=[then for _, then in said].count(Outcome.REVIEW),
    )


def _values(facts: Facts, history: History, ruleset: Ruleset) -> Iterator[tuple[Signal, int]]:
    """What is known; goods that are easily sold on are told by the ruleset."""
    for signal, read in _READERS.items():
        if (value := read(facts, history)) != UNKNOWN:
            yield signal, value
    yield Signal.RESALE_GOODS, int(bool(ruleset.resale.intersection(facts.categories)))


def _without_lone_addresses(reasons: list[ScoredReason]) -> list[ScoredReason]:
    """An address weighs only beside something else that speaks against the order (§ 31 BDSG)."""
    others = any(one.points > 0 and one.signal not in ADDRESS_SIGNALS for one in reasons)
    return reasons if others else [one for one in reasons if one.signal not in ADDRESS_SIGNALS]


def _differs(country: str, other: str) -> int:
    return int(bool(country and other) and country != other)


_READERS: Mapping[Signal, _Reader] = {
    Signal.ORDERS_OF_DEVICE: lambda _f, h: h.orders_of_device + 1,
    Signal.ORDERS_OF_PERSON: lambda _f, h: h.orders_of_person + 1,
    Signal.PEOPLE_OF_DEVICE: lambda _f, h: h.people_of_device + 1,
    Signal.PEOPLE_AT_ADDRESS: lambda _f, h: h.people_at_address + 1,
    Signal.FAILURES_OF_DEVICE: lambda _f, h: h.failures_of_device,
    Signal.FAILURES_OF_PERSON: lambda _f, h: h.failures_of_person,
    Signal.DISPUTES: lambda _f, h: h.disputes,
    Signal.OTHER_COUNTRY: lambda f, _h: _differs(f.billing_country, f.delivery_country),
    Signal.PHONE_COUNTRY: lambda f, _h: _differs(f.phone_country, f.delivery_country),
    Signal.DISPOSABLE_MAIL: lambda _f, h: int(h.mail_is_disposable),
    Signal.NEW_DEVICE: lambda _f, h: int(h.paid_before > 0 and not h.device_was_seen),
    Signal.LARGE_AMOUNT: lambda _f, h: h.amount_rank,
    Signal.MANY_OF_ONE: lambda f, _h: f.most_of_one,
    Signal.HURRY: lambda f, _h: f.cart_seconds,
    Signal.NIGHT: lambda f, _h: int(f.hour in NIGHT_HOURS),
    Signal.PAID_BEFORE: lambda _f, h: h.paid_before,
    Signal.CLEARED: lambda _f, h: h.cleared,
    Signal.NETWORK: lambda _f, h: int(bool(h.network)),
}
"""Every signal is read from these two records and from nothing else."""
