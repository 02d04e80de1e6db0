"""Reading what was typed or loaded: weights from a file, the country of a phone number, domains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import cast

import phonenumbers

from tresen.domains.risk.types import Ruleset, Signal, Weight
from tresen.foundation.refusals import Refusal

POINTS_MAX = 100
HOURS_MAX = 24 * 14
HINT_POINTS_MAX = 10
RESALE_MAX = 200
_WEIGHT_NAMES = {"at", "points", "each", "most", "below"}


class RulesetUnsound(Refusal):
    """Weights or thresholds that cannot be used."""

    code = "ruleset_unsound"
    message = "These weights cannot be used: %(why)s."


def ruleset_from(body: Mapping[str, object], *, version: int) -> Ruleset:
    """A ruleset as it lies in a file or a row. Raises RulesetUnsound."""
    weights = body.get("weights")
    if not isinstance(weights, Mapping):
        raise _unsound("«weights» is missing")
    ruleset = Ruleset(
        version=version,
        name=str(body.get("name", ""))[:60],
        weights={_signal(name): _weight(name, given) for name, given in weights.items()},
        stronger_from=_number(body, "stronger_from"),
        review_from=_number(body, "review_from"),
        resale=frozenset(_codes(body.get("resale", []))),
        hours=_number(body, "hours", most=HOURS_MAX),
    )
    if not 0 < ruleset.stronger_from <= ruleset.review_from:
        raise _unsound("«stronger_from» must lie above 0 and not above «review_from»")
    return ruleset


def written_ruleset(ruleset: Ruleset) -> dict[str, object]:
    """The same as a file has it."""
    return {
        "name": ruleset.name,
        "stronger_from": ruleset.stronger_from,
        "review_from": ruleset.review_from,
        "hours": ruleset.hours,
        "resale": sorted(ruleset.resale),
        "weights": {signal.value: asdict(weight) for signal, weight in ruleset.weights.items()},
    }


def phone_country_of(phone: str, *, country: str) -> str:
    """The country a number belongs to, or nothing where that cannot be told."""
    if not phone:
        return ""
    try:
        number = phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_number(number) or ""


def mail_domains_of(email: str) -> tuple[str, ...]:
    """The domain and those above it, without the bare ending: a.b.example → three at most."""
    labels = email.rpartition("@")[2].strip().casefold().rstrip(".").split(".")
    return tuple(".".join(labels[start:]) for start in range(len(labels) - 1))


def place_of(*, country: str, postcode: str, street: str) -> str:
    """A place of delivery for comparing, whoever lives there; nothing where there is no street."""
    parts = (
        country,
        postcode,
        street.casefold().replace("straße", "str").replace("strasse", "str"),
    )
    bare = ["".join(sign for sign in part.casefold() if sign.isalnum()) for part in parts]
    return "|".join(bare) if bare[2] else ""


def _signal(name: object) -> Signal:
    try:
        return Signal(str(name))
    except ValueError as error:
        known = ", ".join(Signal)
        raise _unsound(f"there is no signal «{name}»; known are {known}") from error


def _weight(name: object, given: object) -> Weight:
    if not isinstance(given, Mapping) or not {"at", "points"} <= given.keys() <= _WEIGHT_NAMES:
        raise _unsound(f"«{name}» wants «at» and «points», perhaps «each», «most», «below»")
    numbers = {key: value for key, value in given.items() if key != "below"}
    if any(type(value) is not int or abs(value) > POINTS_MAX for value in numbers.values()):
        raise _unsound(f"«{name}» wants whole numbers from -{POINTS_MAX} to {POINTS_MAX}")
    weight = Weight(**cast("dict[str, int]", numbers), below=given.get("below") is True)
    is_hint = _signal(name) is Signal.NETWORK
    if is_hint and max(weight.points, weight.most) > HINT_POINTS_MAX:
        raise _unsound(f"«{name}» is a hint and may weigh {HINT_POINTS_MAX} at most")
    return weight


def _number(body: Mapping[str, object], name: str, *, most: int = POINTS_MAX) -> int:
    value = body.get(name)
    if type(value) is not int or not 0 < value <= most:
        raise _unsound(f"«{name}» wants a whole number from 1 to {most}")
    return value


def _codes(given: object) -> list[str]:
    if not isinstance(given, list) or len(given) > RESALE_MAX:
        raise _unsound(f"«resale» wants a list of at most {RESALE_MAX} categories")
    return [str(code) for code in given]


def _unsound(why: str) -> RulesetUnsound:
    return RulesetUnsound(field="weights", params={"why": why})
