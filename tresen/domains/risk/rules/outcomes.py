"""From points to what happens: pass, a stronger way to pay, or a person looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tresen.domains.risk.types import Outcome, Ruleset, Scored

PREPAID = frozenset({"bank_transfer"})
"""The money is here before the goods leave and cannot be called back. It is always offered."""
AFTERWARDS = frozenset({"pay_in_store", "invoice", "direct_debit"})
"""Goods are picked or sent before the money is sure."""


def outcome_of(scored: Scored, ruleset: Ruleset) -> Outcome:
    """By the score alone: hints are no part of it."""
    if scored.score >= ruleset.review_from:
        return Outcome.REVIEW
    return Outcome.STRONGER if scored.score >= ruleset.stronger_from else Outcome.PASS


def settled_outcome(outcome: Outcome, method: str) -> Outcome:
    """What is left of it with the way to pay that was chosen.

    Prepayment settles every doubt about money, so that it passes. What would be paid afterwards
    and should have been asked for a stronger way is looked at by a person.
    """
    if outcome is Outcome.PASS or method in PREPAID:
        return Outcome.PASS
    return Outcome.REVIEW if method in AFTERWARDS else outcome


def remaining_methods(methods: Iterable[str], *, outcome: Outcome) -> Collection[str]:
    """The ways to pay that stay open: prepayment always does (LAW 10.5)."""
    return [
        method
        for method in methods
        if method in PREPAID or outcome is Outcome.PASS or method not in AFTERWARDS
    ]


def asks_for_proof(outcome: Outcome) -> bool:
    """Whether the payment service is to make sure that the card's owner pays (3-D Secure)."""
    return outcome is not Outcome.PASS
