"""Decisions about risk. Pure: no database, no clock, no network."""

from __future__ import annotations

from tresen.domains.risk.rules.facts import facts_of
from tresen.domains.risk.rules.logins import judge_login
from tresen.domains.risk.rules.outcomes import (
    AFTERWARDS,
    PREPAID,
    asks_for_proof,
    outcome_of,
    remaining_methods,
    settled_outcome,
)
from tresen.domains.risk.rules.reading import (
    RulesetUnsound,
    mail_domains_of,
    phone_country_of,
    place_of,
    ruleset_from,
    written_ruleset,
)
from tresen.domains.risk.rules.scoring import preview_of, score

__all__ = [
    "AFTERWARDS",
    "PREPAID",
    "RulesetUnsound",
    "asks_for_proof",
    "facts_of",
    "judge_login",
    "mail_domains_of",
    "outcome_of",
    "phone_country_of",
    "place_of",
    "preview_of",
    "remaining_methods",
    "ruleset_from",
    "score",
    "settled_outcome",
    "written_ruleset",
]
