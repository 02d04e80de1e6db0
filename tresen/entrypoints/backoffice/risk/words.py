"""Signals, states and reasons in sentences, for the staff."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext, ngettext, pgettext

from tresen.domains.risk.types import Outcome, Reason, ReviewState, ScoredReason, Signal
from tresen.entrypoints.backoffice.kit.types import Chip

RELEASING = (
    Reason.KNOWN_CUSTOMER,
    Reason.CUSTOMER_REACHED,
    Reason.SIGNALS_EXPLAINED,
)
ASKING = (Reason.PAYMENT_UNSAFE, Reason.PAYMENTS_FAILED, Reason.DETAILS_DO_NOT_FIT)
REFUSING = (
    Reason.STOLEN_MEANS,
    Reason.PAYMENTS_FAILED,
    Reason.DETAILS_DO_NOT_FIT,
    Reason.NOT_REACHED,
)


def signal_words(one: ScoredReason) -> str:
    """What was seen, with its number."""
    return _SIGNALS[one.signal](one.value) if one.signal in _SIGNALS else _fixed(one)


def points_words(one: ScoredReason) -> str:
    """`+20`, `−10`; a hint says that it does not count."""
    if one.is_hint:
        return gettext("hint")
    return f"{'+' if one.points > 0 else '−'}{abs(one.points)}"


def state_chip(state: ReviewState) -> Chip:
    return {
        ReviewState.WAITING: Chip(pgettext("review", "to decide"), "attention"),
        ReviewState.PAYMENT_ASKED: Chip(pgettext("review", "prepayment asked for"), "info"),
        ReviewState.ASKED: Chip(pgettext("review", "customer asks"), "attention"),
        ReviewState.RELEASED: Chip(pgettext("review", "released"), "ok"),
        ReviewState.REFUSED: Chip(pgettext("review", "refused"), "error"),
        ReviewState.UPHELD: Chip(pgettext("review", "stays as it was"), "quiet"),
    }[state]


def outcome_words(outcome: Outcome) -> str:
    return {
        Outcome.PASS: pgettext("risk", "passes"),
        Outcome.STRONGER: pgettext("risk", "safer way to pay"),
        Outcome.REVIEW: pgettext("risk", "a person looks"),
    }[outcome]


def reason_words(reason: str) -> str:
    """Why somebody decided as they did."""
    return (
        {
            Reason.CUSTOMER_REACHED: gettext("The customer was reached and has explained it"),
            Reason.KNOWN_CUSTOMER: gettext("We know the customer"),
            Reason.SIGNALS_EXPLAINED: gettext("The signals have a harmless explanation"),
            Reason.PAYMENT_UNSAFE: gettext("The way to pay is not safe enough for this order"),
            Reason.PAYMENTS_FAILED: gettext("Several payments did not go through"),
            Reason.DETAILS_DO_NOT_FIT: gettext("Details of the order contradict each other"),
            Reason.NOT_REACHED: gettext("The customer could not be reached"),
            Reason.STOLEN_MEANS: gettext("The means of payment belong to somebody else"),
            Reason.STRONGER_CAME: gettext("The safer payment has come"),
            Reason.ORDER_ENDED: gettext("The order ended by itself"),
        }.get(Reason(reason), reason)
        if reason
        else ""
    )


def _fixed(one: ScoredReason) -> str:
    if one.signal is Signal.NETWORK:
        kind = {"vpn": gettext("a VPN"), "datacentre": gettext("a data centre")}
        return gettext("Connects through %(network)s: does not count, honest people do so too") % {
            "network": kind.get(one.detail, one.detail)
        }
    return {
        Signal.OTHER_COUNTRY: gettext("Invoice and delivery go to different countries"),
        Signal.PHONE_COUNTRY: gettext("The phone number belongs to another country"),
        Signal.DISPOSABLE_MAIL: gettext("The e-mail address is of a throw-away provider"),
        Signal.NEW_DEVICE: gettext("Known customer, new browser"),
        Signal.RESALE_GOODS: gettext("Goods that are easily sold on"),
        Signal.NIGHT: gettext("Ordered in the small hours"),
        Signal.CLEARED: gettext("Somebody of the staff has cleared this person within a week"),
    }[one.signal]


def _orders_of_device(count: int) -> str:
    return ngettext(
        "%(count)s order from this browser in 10 minutes",
        "%(count)s orders from this browser in 10 minutes",
        count,
    ) % {"count": count}


def _orders_of_person(count: int) -> str:
    return ngettext(
        "%(count)s order with this e-mail address in a day",
        "%(count)s orders with this e-mail address in a day",
        count,
    ) % {"count": count}


def _people_of_device(count: int) -> str:
    return ngettext(
        "%(count)s e-mail address from this browser in a week",
        "%(count)s e-mail addresses from this browser in a week",
        count,
    ) % {"count": count}


def _people_at_address(count: int) -> str:
    return ngettext(
        "%(count)s e-mail address for this place of delivery in a week",
        "%(count)s e-mail addresses for this place of delivery in a week",
        count,
    ) % {"count": count}


def _failures_of_device(count: int) -> str:
    return ngettext(
        "%(count)s failed payment from this browser in a day",
        "%(count)s failed payments from this browser in a day",
        count,
    ) % {"count": count}


def _failures_of_person(count: int) -> str:
    return ngettext(
        "%(count)s failed payment with this e-mail address in a day",
        "%(count)s failed payments with this e-mail address in a day",
        count,
    ) % {"count": count}


def _disputes(count: int) -> str:
    return ngettext(
        "%(count)s earlier payment was called back",
        "%(count)s earlier payments were called back",
        count,
    ) % {"count": count}


def _paid_before(count: int) -> str:
    return ngettext(
        "%(count)s earlier order was paid", "%(count)s earlier orders were paid", count
    ) % {"count": count}


def _large_amount(rank: int) -> str:
    return gettext("Costs more than %(rank)s %% of all orders") % {"rank": rank}


def _many_of_one(count: int) -> str:
    return gettext("%(count)s pieces of one article") % {"count": count}


def _hurry(seconds: int) -> str:
    return ngettext(
        "%(count)s second from the first article to the order",
        "%(count)s seconds from the first article to the order",
        seconds,
    ) % {"count": seconds}


_SIGNALS: Mapping[Signal, Callable[[int], str]] = {
    Signal.ORDERS_OF_DEVICE: _orders_of_device,
    Signal.ORDERS_OF_PERSON: _orders_of_person,
    Signal.PEOPLE_OF_DEVICE: _people_of_device,
    Signal.PEOPLE_AT_ADDRESS: _people_at_address,
    Signal.FAILURES_OF_DEVICE: _failures_of_device,
    Signal.FAILURES_OF_PERSON: _failures_of_person,
    Signal.DISPUTES: _disputes,
    Signal.PAID_BEFORE: _paid_before,
    Signal.LARGE_AMOUNT: _large_amount,
    Signal.MANY_OF_ONE: _many_of_one,
    Signal.HURRY: _hurry,
}
