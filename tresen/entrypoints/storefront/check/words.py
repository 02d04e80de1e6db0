"""What a customer is told: kinds of data and their weight, never figures or thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from tresen.domains.risk.queries import ToldReason
from tresen.domains.risk.types import ReviewRow, ReviewState

KINDS = (
    gettext_noop("how often was ordered from this browser"),
    gettext_noop("how often was ordered with this e-mail address"),
    gettext_noop("how many e-mail addresses were used from this browser"),
    gettext_noop("how often was ordered to this place"),
    gettext_noop("payments that did not go through"),
    gettext_noop("payments that were called back"),
    gettext_noop("the countries of invoice and delivery"),
    gettext_noop("the country of the phone number"),
    gettext_noop("the provider of the e-mail address"),
    gettext_noop("whether this browser ordered before"),
    gettext_noop("the amount of the order"),
    gettext_noop("the kind of goods"),
    gettext_noop("the number of pieces"),
    gettext_noop("how quickly the order was made"),
    gettext_noop("the time of day of the order"),
    gettext_noop("earlier orders that were paid"),
    gettext_noop("that a person looked at it before"),
    gettext_noop("the kind of network, as a hint only"),
)
"""The message ids of `risk.queries.KINDS`; a test compares them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence on the order's page, and where to read more."""

    title: str
    text: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds of data that weighed alike."""

    title: str
    kinds: tuple[str, ...]


def check_notice(review: ReviewRow | None) -> Notice | None:
    """What the order's page says; nothing where nothing is checked."""
    if review is None:
        return None
    said = {
        ReviewState.WAITING: (
            gettext("A person looks at your order before we send it"),
            gettext("That takes a working day at most. Your goods are reserved; do nothing."),
        ),
        ReviewState.PAYMENT_ASKED: (
            gettext("Please pay this order in advance"),
            gettext("We send it as soon as the transfer has come. What you paid before goes back."),
        ),
        ReviewState.REFUSED: (
            gettext("We do not carry out this order"),
            gettext("A member of our staff has decided so. What you paid goes back to you."),
        ),
        ReviewState.ASKED: (
            gettext("A person looks at your question"),
            gettext("You get an answer by e-mail within seven days."),
        ),
    }.get(review.state)
    if said is None:
        return None
    title, text = said
    return Notice(title=title, text=text, link=gettext("What was looked at, and how to object"))


def groups_of(reasons: Iterable[ToldReason]) -> list[Group]:
    """The heaviest first."""
    said = list(reasons)
    titles = {
        "strong": gettext("Weighed much"),
        "some": gettext("Weighed some"),
        "little": gettext("Weighed little"),
        "in_favour": gettext("Spoke for you"),
    }
    return [
        Group(title=title, kinds=kinds)
        for weight, title in titles.items()
        if (kinds := tuple(gettext(one.kind) for one in said if one.weight == weight))
    ]


def outcome_words(*, outcome: str, state: str) -> str:
    """What came of it, and who decided."""
    if state:
        return {
            ReviewState.WAITING: gettext("Your order waits for a person, who will decide."),
            ReviewState.PAYMENT_ASKED: gettext(
                "A member of our staff has asked for payment in advance."
            ),
            ReviewState.ASKED: gettext("You have asked a person; the answer comes by e-mail."),
            ReviewState.RELEASED: gettext("Your order was checked and released."),
            ReviewState.REFUSED: gettext(
                "A member of our staff has decided not to carry out the order."
            ),
            ReviewState.UPHELD: gettext("A person has looked at it again; it stays as it was."),
        }[ReviewState(state)]
    if outcome == "stronger":
        return gettext("We asked for a way to pay that is sure before the goods leave.")
    return gettext("Nothing spoke against your order; it goes its usual way.")
