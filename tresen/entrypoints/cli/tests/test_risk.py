"""Risk on the command line, with the real lists where they are at hand."""

from __future__ import annotations

import argparse
import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.risk.make import held
from tresen.domains.orders.queries import get_order
from tresen.domains.risk.queries import (
    ask_histories,
    current_ruleset,
    default_ruleset,
    list_rulesets,
)
from tresen.domains.risk.rules import outcome_of, score
from tresen.domains.risk.tests.make import asking, facts
from tresen.domains.risk.types import History, ListName, Outcome
from tresen.entrypoints.cli.risk import act, declare
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal
from tresen.operations.machine.trouble import Trouble
from tresen.workflows.buying.tests.make import small_shop

pytestmark = pytest.mark.django_db


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    declare(parser)
    return act(parser.parse_args([str(word) for word in words]))


def test_a_list_is_taken_in_counted_and_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first.conf", tmp_path / "second.txt.gz"
    first.write_text("# throw-away\n\nTrash.example\nmüll.example\ntrash.example\n")
    second.write_bytes(gzip.compress(b"other.example\n"))
    assert run("lists") == 0
    assert "disposable: none taken in yet" in capsys.readouterr().out
    assert run("import-list", "disposable", first) == 0
    assert "disposable: 2 entries" in capsys.readouterr().out
    assert run("import-list", "disposable", second) == 0
    assert sql.rows("SELECT value FROM risk_listed") == [("other.example",)]
    assert sql.rows("SELECT count(*) FROM audit_deed WHERE action = 'risk_list.import'") == [(2,)]


@pytest.mark.parametrize(
    ("name", "line"), [("disposable", "not a domain"), ("vpn", "300.1.1.1/8"), ("vpn", "a.example")]
)
def test_a_list_with_a_strange_line_changes_nothing(tmp_path: Path, name: str, line: str) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text("a.example\n" if name == "disposable" else "198.51.100.0/24\n")
    bad.write_text(f"{good.read_text()}{line}\n")
    run("import-list", name, good)
    with pytest.raises(Refusal, match="Line 2"):
        run("import-list", name, bad)
    rows = sql.rows("SELECT list FROM risk_listed UNION ALL SELECT list FROM risk_network")
    assert rows == [(name,)]


def test_weights_are_shown_and_loaded_as_a_new_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("weights", "show") == 0
    shown = json.loads(capsys.readouterr().out)
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(shown | {"name": "mine", "review_from": 80}))
    assert run("weights", "load", file) == 0
    assert (current_ruleset().name, current_ruleset().review_from) == ("mine", 80)
    assert run("weights", "load", file) == 0
    assert len(list_rulesets()) == 1, "the same once more is no new version"
    assert current_ruleset() == replace(
        default_ruleset(), name="mine", review_from=80, version=list_rulesets()[0].version
    )


def test_weights_that_cannot_be_used_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "weights.json"
    file.write_text('{"weights": {"surname": {"at": 1, "points": 50}}}')
    with pytest.raises(Refusal, match="there is no signal «surname»"):
        run("weights", "load", file)
    file.write_text("no json")
    with pytest.raises(Trouble, match=r"weights\.json is not JSON"):
        run("weights", "load", file)
    assert run("weights", "load") == 1
    assert capsys.readouterr().err == "Name the file with the weights.\n"
    assert list_rulesets() == []


def test_the_queue_and_the_reasons_of_an_order(capsys: pytest.CaptureFixture[str]) -> None:
    order_id, _review = held(small_shop())
    number = get_order(order_id).number
    assert run("queue") == 0
    assert f"{number}: waiting, score 60" in capsys.readouterr().out
    assert run("explain", number) == 0
    told = capsys.readouterr().out
    assert "score 60, review" in told
    assert "+60  disputes = 2" in told
    assert run("explain", "4711") == 1


LISTS = (
    (ListName.DISPOSABLE, "disposable_email_blocklist.conf", 8_335),
    (ListName.DATACENTRE, "datacenter_ipv4.txt.gz", 42_566),
    (ListName.VPN, "vpn_ipv4.txt.gz", 10_862),
)


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "file", "count"), LISTS)
def test_the_real_lists_are_taken_in_whole(
    shared: Path, capsys: pytest.CaptureFixture[str], name: ListName, file: str, count: int
) -> None:
    assert run("import-list", name.value, shared / "data" / "lists-abuse" / file) == 0
    assert f"{name.value}: {count:,} entries" in capsys.readouterr().out


@pytest.mark.real_data
@pytest.mark.parametrize("file", ["vpn_ipv4.txt.gz", "vpn_ipv6.txt.gz", "datacenter_ipv6.txt.gz"])
@pytest.mark.parametrize("history", [History(), History(disputes=1), History(disputes=2)])
def test_nobody_is_treated_otherwise_for_an_address_of_the_real_lists(
    shared: Path, file: str, history: History
) -> None:
    """A sample of every hundredth block: known as such, and of no consequence."""
    path = shared / "data" / "lists-abuse" / file
    name = ListName.VPN if file.startswith("vpn") else ListName.DATACENTRE
    run("import-list", name.value, path)
    with gzip.open(path, "rt") as lines:
        blocks = [line.split("/")[0] for line in lines if line.strip()]
    sample = blocks[:: max(1, len(blocks) // 100)]

    seen = ask_histories([asking(address=address) for address in sample]).answer()

    assert {one.network for one in seen} == {name.value}
    rules = default_ruleset()
    plain = score(facts(), history, ruleset=rules)
    said = [score(facts(), replace(history, network=one.network), ruleset=rules) for one in seen]
    assert {one.score for one in said} == {plain.score}
    assert {outcome_of(one, rules) for one in said} == {outcome_of(plain, rules)}
    assert outcome_of(score(facts(), History(network=name.value), ruleset=rules), rules) is (
        Outcome.PASS
    )
