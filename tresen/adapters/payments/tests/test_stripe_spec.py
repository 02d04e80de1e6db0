"""Our Checkout shapes against Stripe's own specification, which lies beside the checkout."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

import jsonschema_rs
import pytest

from tresen.adapters.payments.stripe.provider import checkout_form
from tresen.adapters.payments.stripe.reading import refund_claim, session_claim
from tresen.adapters.payments.tests.counterparts import request
from tresen.adapters.payments.tests.stripe_double import checkout_session, event_of, refund_of
from tresen.domains.payments.types import EventKind

BESIDE = Path(__file__).resolve().parents[5] / "shared"
FOLDER = Path(os.environ.get("TRESEN_SHARED") or BESIDE) / "contracts" / "stripe"
SPEC, EXAMPLES = FOLDER / "spec3.json", FOLDER / "openapi" / "fixtures3.json"
FORM = "application/x-www-form-urlencoded"

pytestmark = pytest.mark.skipif(
    not SPEC.is_file(), reason="Stripe's specification is not on this machine (TRESEN_SHARED)"
)
Tree = dict[str, "Tree | str | int"]


@lru_cache(maxsize=1)
def spec() -> dict[str, object]:
    return json.loads(SPEC.read_text())  # type: ignore[no-any-return]


def at(*steps: str) -> object:
    """A part of the specification."""
    found: object = spec()
    for step in steps:
        assert isinstance(found, dict)
        found = found[step]
    return found


def schema_of(root: object) -> dict[str, object]:
    """A JSON Schema of one part, with only the parts it needs."""
    needed: dict[str, object] = {}
    translated = _translated(root, needed)
    assert isinstance(translated, dict)
    return translated | {"$defs": needed}


def _translated(part: object, needed: dict[str, object]) -> object:
    """OpenAPI 3.0 says `nullable`; JSON Schema says it by the type."""
    if isinstance(part, list):
        return [_translated(one, needed) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        name = str(part["$ref"]).rpartition("/")[2]
        if name not in needed:
            needed[name] = True
            needed[name] = _translated(at("components", "schemas", name), needed)
        return {"$ref": f"#/$defs/{name}"}
    plain = {
        key: _translated(value, needed)
        for key, value in part.items()
        if not key.startswith("x-") and key not in {"description", "nullable", "title"}
    }
    return {"anyOf": [{"type": "null"}, plain]} if part.get("nullable") else plain


def strict(part: object) -> object:
    """A field that the specification does not know is an error."""
    if isinstance(part, list):
        return [strict(one) for one in part]
    if not isinstance(part, dict):
        return part
    closed = {key: strict(value) for key, value in part.items()}
    if "properties" in part and "additionalProperties" not in part:
        closed["additionalProperties"] = False
    return closed


def unfolded(form: dict[str, str]) -> Tree:
    """`line_items[0][quantity]=1` as the nested value it stands for."""
    tree: Tree = {}
    for name, value in form.items():
        steps = re.findall(r"[^\[\]]+", name)
        branch = tree
        for step in steps[:-1]:
            deeper = branch.setdefault(step, {})
            assert isinstance(deeper, dict)
            branch = deeper
        is_number = steps[-1] in {"quantity", "unit_amount", "amount"}
        branch[steps[-1]] = int(value) if is_number else value
    return tree


def _lists(tree: object) -> object:
    if not isinstance(tree, dict):
        return tree
    if tree and all(key.isdigit() for key in tree):
        return [_lists(tree[key]) for key in sorted(tree, key=int)]
    return {key: _lists(value) for key, value in tree.items()}


def faults_of(value: object, schema: dict[str, object]) -> list[str]:
    validator = jsonschema_rs.validator_for(schema)
    return [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(value)]


def request_schema(path: str) -> dict[str, object]:
    body = at("paths", path, "post", "requestBody", "content", FORM, "schema")
    closed = strict(schema_of(body))
    assert isinstance(closed, dict)
    return closed


def test_the_session_we_ask_for_is_one_that_stripe_takes() -> None:
    form = checkout_form(request())

    assert faults_of(_lists(unfolded(form)), request_schema("/v1/checkout/sessions")) == []
    assert len(urlencode(form)) < 4000


@pytest.mark.parametrize(
    "fault",
    [
        {"mode": "pay"},
        {"sucess_url": "https://shop.example"},
        {"locale": "de-DE-hamburg"},
        {"line_items[0][price_data][curency]": "eur"},
    ],
)
def test_control_a_misspelled_session_is_refused(fault: dict[str, str]) -> None:
    form = checkout_form(request()) | fault

    assert len(faults_of(_lists(unfolded(form)), request_schema("/v1/checkout/sessions"))) == 1


def test_a_doubtful_order_asks_for_the_owner_of_the_card_and_others_do_not() -> None:
    """The API of 2024-06-20, which we name, knows the field; the file beside us is of 2023."""
    asked = request()
    plain, proven = checkout_form(asked), checkout_form(replace(asked, proof=True))

    assert proven.items() - plain.items() == {
        ("payment_method_options[card][request_three_d_secure]", "any")
    }
    (newer,) = faults_of(_lists(unfolded(proven)), request_schema("/v1/checkout/sessions"))
    assert "('request_three_d_secure' was unexpected)" in newer, "younger than the specification"


def test_a_session_without_an_address_to_return_to_is_refused() -> None:
    form = checkout_form(request())
    del form["success_url"]

    faults = faults_of(_lists(unfolded(form)), request_schema("/v1/checkout/sessions"))

    assert len(faults) == 1


def test_the_refund_we_ask_for_is_one_that_stripe_takes() -> None:
    form = {
        "payment_intent": "pi_1",
        "amount": "5000",
        "metadata[refund_id]": "r",
        "metadata[payment_id]": "p",
    }

    assert faults_of(_lists(unfolded(form)), request_schema("/v1/refunds")) == []


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("checkout.session", checkout_session()),
        ("refund", refund_of()),
        ("event", event_of("refund.updated", refund_of())),
    ],
)
def test_our_stand_in_answers_as_stripe_would(schema: str, value: object) -> None:
    assert faults_of(value, schema_of(at("components", "schemas", schema))) == []


def test_control_a_stand_in_that_lies_about_its_shape_is_found() -> None:
    lying = checkout_session(payment_status="payed", created="yesterday")

    faults = faults_of(lying, schema_of(at("components", "schemas", "checkout.session")))

    assert len(faults) == 2


def test_stripes_own_example_of_a_session_is_read() -> None:
    example = json.loads(EXAMPLES.read_text())["resources"]["checkout.session"]
    paid = example | {"payment_status": "paid", "amount_total": 4200, "currency": "eur"}

    assert session_claim(example, "", "m") is None
    claim = session_claim(paid, "", "m")

    assert claim is not None
    assert (claim.kind, claim.amount.minor) == (EventKind.CAPTURED, 4200)
    assert claim.references == (example["id"],)
    assert claim.money_id == example["payment_intent"]


def test_stripes_own_example_of_a_refund_is_read() -> None:
    example = json.loads(EXAMPLES.read_text())["resources"]["refund"]

    claim = refund_claim(example, "", "m")

    assert claim is not None
    assert (claim.kind, claim.amount.minor, claim.amount.currency) == (
        EventKind.REFUNDED,
        100,
        "USD",
    )
