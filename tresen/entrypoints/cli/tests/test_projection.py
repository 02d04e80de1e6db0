"""The lists on the command line."""

from __future__ import annotations

import argparse

import pytest

from tresen.entrypoints.cli.projection import act, declare
from tresen.foundation import sql
from tresen.workflows.listing.tests import make

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    declare(parser)
    return act(parser.parse_args(words))


def test_lists_are_built_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    make.shop()
    make.goods("kanne")
    sql.run("UPDATE catalog_publication SET from_at = '2020-01-01'")
    sql.run("DELETE FROM journal_fact")

    assert run("status") == 1
    assert "web-de de: no lists yet" in capsys.readouterr().out
    assert run("rebuild") == 0
    assert "web-de: 1 product in de, en" in capsys.readouterr().out
    assert run("status") == 0
    assert "web-de de: 1 product, since" in capsys.readouterr().out


def test_a_channel_that_is_not_there_is_said_to_be_so(capsys: pytest.CaptureFixture[str]) -> None:
    make.shop()

    assert run("rebuild", "web-xx") == 1
    assert "open are: web-de" in capsys.readouterr().err
