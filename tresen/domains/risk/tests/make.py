"""Orders and events to look at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tresen.domains.risk.commands import ToKeep, keep_assessments, note_orders
from tresen.domains.risk.queries import current_ruleset, keys_of
from tresen.domains.risk.rules import outcome_of, place_of, score
from tresen.domains.risk.types import Asking, Assessed, Facts, History, Outcome
from tresen.foundation.ids import new_id
from tresen.foundation.money import Money

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
EMAIL, DEVICE = "erika@example.org", "device-1"
PLACE = place_of(country="DE", postcode="20539", street="Packhofkai 4")


def facts(**other: object) -> Facts:
    usual: dict[str, object] = {
        "delivery_country": "DE",
        "billing_country": "DE",
        "phone_country": "DE",
        "method": "stripe",
        "most_of_one": 1,
    }
    return Facts(**(usual | other))  # type: ignore[arg-type]


def asking(
    *,
    email: str = EMAIL,
    device: str = DEVICE,
    place: str = PLACE,
    minutes: float = 0,
    minor: int = 5_000,
    domains: tuple[str, ...] = (),
    address: str = "",
    order_id: UUID | None = None,
) -> Asking:
    return Asking(
        keys=keys_of(email=email, device=device, place=place),
        at=NOON + timedelta(minutes=minutes),
        gross=Money(minor, "EUR"),
        mail_domains=domains,
        order_id=order_id,
        address=address,
    )


def seen_order(
    *,
    email: str = EMAIL,
    device: str = DEVICE,
    place: str = PLACE,
    minutes: float = 0,
    history: History | None = None,
    outcome: Outcome | None = None,
    order_id: UUID | None = None,
    person_id: UUID | None = None,
    **other: object,
) -> UUID:
    """An order that was looked at, `minutes` from noon; its id."""
    ruleset = current_ruleset()
    given, known = facts(**other), history or History()
    scored = score(given, known, ruleset=ruleset)
    said = outcome or outcome_of(scored, ruleset)
    at = NOON + timedelta(minutes=minutes)
    keys = keys_of(email=email, device=device, place=place)
    assessed = Assessed(
        order_id=order_id or new_id(),
        person_id=person_id,
        ruleset=ruleset.version,
        facts=given,
        history=known,
        scored=scored,
        outcome=said,
        held=said is Outcome.REVIEW,
        assessed_at=at,
        method=given.method,
    )
    note_orders(seen=[(assessed.order_id, keys, at)])
    due_at = at + timedelta(hours=24)
    keep_assessments(kept=[ToKeep(assessed=assessed, gross=Money(5_000, "EUR"), due_at=due_at)])
    return assessed.order_id
