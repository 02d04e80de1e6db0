"""Reads. get_ raises, find_ may return None, list_ is bounded, ask_ is answered later."""

from __future__ import annotations

from tresen.domains.risk.queries.explaining import (
    KINDS,
    Told,
    ToldReason,
    explain_order,
    explain_person,
)
from tresen.domains.risk.queries.lists import count_lists
from tresen.domains.risk.queries.reviews import (
    NoSuchReview,
    ReviewFilter,
    assessed_ids,
    assessments_of,
    count_reviews,
    find_assessment,
    find_review_of,
    find_review_of_cart,
    get_review,
    held_ids,
    is_held,
    list_appeals_of,
    list_last_assessments,
    list_reviews,
    reviews_of,
    sightings_of,
)
from tresen.domains.risk.queries.rulesets import (
    current_ruleset,
    default_ruleset,
    forget_ruleset,
    list_rulesets,
)
from tresen.domains.risk.queries.signals import (
    ask_histories,
    ask_login_signals,
    device_keys,
    keys_of,
)

__all__ = [
    "KINDS",
    "NoSuchReview",
    "ReviewFilter",
    "Told",
    "ToldReason",
    "ask_histories",
    "ask_login_signals",
    "assessed_ids",
    "assessments_of",
    "count_lists",
    "count_reviews",
    "current_ruleset",
    "default_ruleset",
    "device_keys",
    "explain_order",
    "explain_person",
    "find_assessment",
    "find_review_of",
    "find_review_of_cart",
    "forget_ruleset",
    "get_review",
    "held_ids",
    "is_held",
    "keys_of",
    "list_appeals_of",
    "list_last_assessments",
    "list_reviews",
    "list_rulesets",
    "reviews_of",
    "sightings_of",
]
