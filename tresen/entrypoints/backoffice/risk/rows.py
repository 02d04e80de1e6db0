"""From reviews to the kit's list and detail: the score, each signal in words, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from tresen.domains.accounts.queries import names_of
from tresen.domains.orders.types import OrderRow
from tresen.domains.risk.types import (
    HOLDING,
    OPEN,
    AppealRow,
    Assessed,
    ReviewRow,
    ReviewState,
    ScoredReason,
)
from tresen.entrypoints.backoffice import words as house_words
from tresen.entrypoints.backoffice.kit.types import (
    Action,
    Chip,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    Filter,
    FilterChoice,
    Linked,
    ListSpec,
    SavedView,
    Section,
    Table,
    TimelineEntry,
    Words,
)
from tresen.entrypoints.backoffice.risk import words
from tresen.foundation.ids import outer

SHOWN_REASONS = 2
HOUR_SECONDS = 3_600
RULES_URL = "/staff/trust/reviews/rules/"
"""Named here because a list is declared before there are addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A review with the number of its order and what weighed most."""

    review: ReviewRow
    number: str
    reasons: tuple[ScoredReason, ...]
    now: datetime


def review_url(review_id: UUID) -> str:
    return reverse("backoffice:risk_review", args=[outer("rev", review_id)])


def due_words(due_at: datetime, *, now: datetime) -> str:
    """The clock: `in 5 hours`, `overdue for 2 hours`."""
    hours = round((due_at - now).total_seconds() / HOUR_SECONDS)
    if hours < 0 or due_at < now:
        late = max(1, -hours)
        return ngettext("overdue for %(h)s hour", "overdue for %(h)s hours", late) % {"h": late}
    return ngettext("within %(h)s hour", "within %(h)s hours", max(1, hours)) % {"h": max(1, hours)}


def _chips(line: ReviewLine) -> list[Chip]:
    found = [words.state_chip(line.review.state)]
    if line.review.has_appeal and line.review.state is not ReviewState.ASKED:
        found.append(Chip(pgettext("review", "customer asks"), "attention"))
    return found


def _clock(line: ReviewLine) -> str:
    is_open = line.review.state in OPEN or line.review.has_appeal
    return due_words(line.review.due_at, now=line.now) if is_open else ""


def _why(line: ReviewLine) -> str:
    return "; ".join(words.signal_words(one) for one in line.reasons[:SHOWN_REASONS])


REVIEWS: ListSpec[ReviewLine] = ListSpec(
    name="risk_reviews",
    title=_("Orders to check"),
    task="trust",
    columns=[
        Column(
            "order",
            _("Order"),
            lambda line: Linked(line.number or _("Cart"), review_url(line.review.id)),
        ),
        Column("score", _("Score"), lambda line: line.review.score, kind="number"),
        Column("amount", _("Amount"), lambda line: line.review.gross, kind="money"),
        Column("why", _("What weighs most"), _why),
        Column("state", _("State"), _chips, kind="chips"),
        Column("clock", _("Due"), _clock),
        Column("opened", _("Since"), lambda line: line.review.opened_at, shown=False),
    ],
    row_id=lambda line: outer("rev", line.review.id),
    row_url=lambda line: review_url(line.review.id),
    empty=Empty(
        _("Nothing to check"),
        _("Orders that the rules are in doubt about, and questions of customers, appear here."),
    ),
    filters=[
        Filter(
            "state",
            _("State"),
            choices=[
                FilterChoice(ReviewState.WAITING, _("to decide")),
                FilterChoice(ReviewState.PAYMENT_ASKED, _("prepayment asked for")),
                FilterChoice(ReviewState.ASKED, _("customer asks")),
                FilterChoice(ReviewState.RELEASED, _("released")),
                FilterChoice(ReviewState.REFUSED, _("refused")),
                FilterChoice(ReviewState.UPHELD, _("stays as it was")),
            ],
            many=False,
        ),
        Filter("open", _("Open"), kind="switch"),
        Filter("appeal", _("Customer asks"), kind="switch"),
    ],
    actions=[Action(_("Rules"), RULES_URL, icon="settings")],
    views=[
        SavedView("open", _("Open"), "open=1"),
        SavedView("appeals", _("Questions of customers"), "appeal=1"),
        SavedView("all", _("All"), ""),
    ],
)


def review_page(
    review: ReviewRow,
    *,
    assessed: Assessed | None,
    order: OrderRow | None,
    appeals: Sequence[AppealRow],
    now: datetime,
) -> DetailPage:
    """One case: why it waits, the order, what the customer says, what may be done."""
    actions = _actions(review)
    title = (
        gettext("Check of order %(number)s") % {"number": order.number}
        if order
        else gettext("Question about a cart")
    )
    return DetailPage(
        title=title,
        task="trust",
        crumbs=[
            Crumb(gettext("Orders to check"), f"{reverse('backoffice:risk_reviews')}?open=1"),
            Crumb(order.number if order else gettext("Cart")),
        ],
        chips=_chips(ReviewLine(review=review, number="", reasons=(), now=now)),
        lead=_lead(review, now=now),
        next_action=actions[0] if actions else None,
        actions=actions[1:],
        sections=[
            *_words_of_the_customer(appeals),
            *([_why_section(assessed)] if assessed else []),
            *([_order_section(order)] if order else [_cart_section(review)]),
            *_decision_section(review),
        ],
        timeline=_story(order),
    )


def _lead(review: ReviewRow, *, now: datetime) -> str:
    if review.state in HOLDING:
        clock = due_words(review.due_at, now=now)
        return gettext("The goods stay here until somebody decides, %(clock)s.") % {"clock": clock}
    if review.state is ReviewState.ASKED:
        clock = due_words(review.due_at, now=now)
        return gettext("Nothing is held. The customer wants an answer, %(clock)s.") % {
            "clock": clock
        }
    return words.reason_words(review.reason)


def _actions(review: ReviewRow) -> list[Action]:
    found: list[Action] = []
    if review.state in HOLDING:
        found.append(_action(gettext("Release"), review, "release", "primary"))
        if review.state is ReviewState.WAITING:
            found.append(_action(gettext("Ask for prepayment"), review, "payment"))
        found.append(_action(gettext("Refuse"), review, "refusal", "danger"))
    elif review.has_appeal:
        found.append(_action(gettext("Decide in the customer's favour"), review, "favour"))
        found.append(_action(gettext("Leave it as it was"), review, "against"))
    return found


def _action(label: str, review: ReviewRow, verb: str, tone: str = "plain") -> Action:
    url = reverse("backoffice:risk_decision", args=[outer("rev", review.id), verb])
    return Action(label, url, tone=tone)  # type: ignore[arg-type]


def _why_section(assessed: Assessed) -> Section:
    columns: list[Column[ScoredReason]] = [
        Column("signal", gettext("Signal"), words.signal_words),
        Column("points", gettext("Points"), words.points_words, kind="number"),
    ]
    return Section(
        "why",
        gettext("Why"),
        tables=[
            Table(
                columns,
                assessed.scored.reasons,
                sums=[gettext("Score, 0 to 100"), str(assessed.scored.score)],
            )
        ],
        text=gettext("Weights of version %(version)s. The rules say: %(outcome)s.")
        % {
            "version": assessed.ruleset,
            "outcome": words.outcome_words(assessed.outcome),
        },
    )


def _order_section(order: OrderRow) -> Section:
    url = reverse("backoffice:order", args=[outer("ord", order.id)])
    return Section(
        "order",
        gettext("Order"),
        facts=[
            Fact(gettext("Number"), Linked(order.number, url)),
            Fact(gettext("Placed"), order.placed_at),
            Fact(gettext("Total"), order.gross),
            Fact(gettext("Payment"), house_words.method_words(order.payment_method)),
            Fact(
                gettext("State"),
                house_words.order_chips(order.state, order.payment_state, order.fulfilment_state),
            ),
        ],
    )


def _cart_section(review: ReviewRow) -> Section:
    return Section(
        "cart",
        gettext("Cart"),
        facts=[Fact(gettext("Total"), review.gross), Fact(gettext("Score"), review.score)],
        text=gettext("Ways to pay were narrowed for this cart; bank transfer in advance was open."),
    )


def _words_of_the_customer(appeals: Sequence[AppealRow]) -> list[Section]:
    return [
        Section(
            f"appeal-{place}",
            gettext("The customer writes"),
            text=appeal.words,
            facts=[
                Fact(gettext("Asked"), appeal.asked_at),
                Fact(gettext("Answered"), appeal.answered_at),
            ],
        )
        for place, appeal in enumerate(appeals, start=1)
    ]


def _decision_section(review: ReviewRow) -> list[Section]:
    if not review.decided_by:
        return []
    people = names_of(house_words.staff_in([review.decided_by]))
    return [
        Section(
            "decision",
            gettext("Decision"),
            facts=[
                Fact(gettext("Decided"), review.decided_at),
                Fact(gettext("By"), house_words.who_words(review.decided_by, people)),
                Fact(gettext("Reason"), words.reason_words(review.reason)),
            ],
        )
    ]


def _story(order: OrderRow | None) -> list[TimelineEntry]:
    if order is None:
        return []
    entries = [one for one in order.history if one.kind.startswith("risk_")]
    people: Mapping[UUID, Words] = names_of(house_words.staff_in(one.actor for one in entries))
    return [
        TimelineEntry(
            at=one.happened_at,
            title=house_words.story_words(one.kind),
            who=house_words.who_words(one.actor, people),  # type: ignore[arg-type]
            text=words.reason_words(str(one.body.get("reason", ""))),
        )
        for one in reversed(entries)
    ]
