"""What something cost when, and the lowest price of the last 30 days (PAngV 2022 §11).

Source: PAngV 2022 §11; CJEU C-330/23 (a percentage is computed on that price);
§11(3): reductions that grow step by step without a gap keep the price before the first step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from tresen.domains.pricing.types import Audience, PriceChange, Reduction, ReductionKind, Step
from tresen.foundation.money import Money
from tresen.foundation.refusals import Refusal

LOOK_BACK_DAYS = 30


class NoReduction(Refusal):
    """The price is not below the lowest one of the last 30 days."""

    code = "no_reduction"
    status = 409
    message = "This is no reduction: in the last 30 days the price was already as low."

    def __init__(self, *, variant_id: UUID, reference: Money | None) -> None:
        super().__init__(field="variant")
        self.variant_id = variant_id
        self.reference = reference


def must_name_lowest_price(*, audience: Audience, kind: ReductionKind) -> bool:
    """Whether §11 applies: to consumers, and not to personal or short-dated reductions (§11(4))."""
    return audience is Audience.EVERYONE and kind is ReductionKind.GENERAL


def window_start(began: datetime, *, zone: ZoneInfo) -> datetime:
    """The first moment of the 30 whole days before the day of `began`, in the market's zone."""
    day = began.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return (day - timedelta(days=LOOK_BACK_DAYS)).astimezone(began.tzinfo)


def timeline(changes: Sequence[PriceChange], *, since: datetime) -> list[Step]:
    """What one piece cost from `since` on, step by step, the planned future included.

    At each moment the list of the greatest priority counts, in it an offer with an end before a
    standing price, and of those the one that began last: the same order as queries.ask_prices.
    """
    moments = {since} | {
        moment for change in changes for moment in _moments(change) if moment > since
    }
    steps: list[Step] = []
    for moment in sorted(moments):
        amount = _amount_at(changes, moment)
        if not steps or steps[-1].amount != amount:
            steps.append(Step(since=moment, amount=amount))
    return steps


def reduction_of(
    changes: Sequence[PriceChange],
    *,
    began: datetime,
    zone: ZoneInfo,
    kind: ReductionKind = ReductionKind.GENERAL,
) -> Reduction:
    """The reduction that may be announced for a price that is applied since `began`.

    `changes` are all of one variant in one market. Raises NoReduction, also for something that
    was not for sale before.
    """
    steps = timeline(changes, since=window_start(began, zone=zone))
    general = must_name_lowest_price(audience=Audience.EVERYONE, kind=kind)
    before = [step.amount for step in steps if step.since < began]
    known = [amount for amount in (before if general else before[-1:]) if amount is not None]
    reference = min(known, key=lambda amount: amount.minor) if known else None
    now = next((step.amount for step in reversed(steps) if step.since <= began), None)
    if reference is None or now is None or now.minor >= reference.minor:
        raise NoReduction(variant_id=changes[0].variant_id, reference=reference)
    return Reduction(
        reference=reference, amount=now, began_at=began, ends_at=end_of(steps, began=began)
    )


def start_of(steps: Sequence[Step], *, now: datetime, zone: ZoneInfo) -> datetime:
    """When the price of now began to be applied, if that was today; else the reduction is new.

    A price that was lowered silently and is called reduced only days later counts from now on.
    """
    current = next((step for step in reversed(steps) if step.since <= now), None)
    today = now.astimezone(zone).date()
    if current is None or current.since.astimezone(zone).date() != today:
        return now
    return current.since


def end_of(steps: Sequence[Step], *, began: datetime) -> datetime | None:
    """When a reduction that began then is over: the price rises, or it is no longer for sale."""
    running = [step for step in steps if step.since <= began][-1:]
    running += [step for step in steps if step.since > began]
    for earlier, later in pairwise(running):
        if later.amount is None or (
            earlier.amount is not None and later.amount.minor > earlier.amount.minor
        ):
            return later.since
    return None


def _moments(change: PriceChange) -> Iterable[datetime]:
    yield change.changed_at
    for moment in (change.valid_from, change.valid_to, change.list_from, change.list_to):
        if moment is not None and moment > change.changed_at:
            yield moment


def _amount_at(changes: Sequence[PriceChange], moment: datetime) -> Money | None:
    newest: dict[tuple[str, datetime | None, datetime | None], PriceChange] = {}
    for change in changes:
        if change.changed_at <= moment:
            newest[change.list_code, change.valid_from, change.valid_to] = change
    standing = [change for change in newest.values() if _stands(change, moment)]
    return max(standing, key=_rank).amount if standing else None


def _stands(change: PriceChange, moment: datetime) -> bool:
    spans = ((change.valid_from, change.valid_to), (change.list_from, change.list_to))
    return change.amount is not None and all(
        (first is None or first <= moment) and (last is None or moment < last)
        for first, last in spans
    )


def _rank(change: PriceChange) -> tuple[int, bool, float]:
    began = change.valid_from.timestamp() if change.valid_from else float("-inf")
    return (change.priority, change.valid_to is not None, began)
