"""The staff at the command line: as in the back office, with the same refusals."""

from __future__ import annotations

import argparse

import pytest

from tresen.domains.accounts.commands import hire
from tresen.domains.accounts.commands.staffing import LastOwner
from tresen.domains.accounts.types import Role
from tresen.entrypoints.cli import staff as cli
from tresen.workflows.buying.tests.make import NOON, small_shop

pytestmark = pytest.mark.django_db


def test_people_are_invited_given_roles_let_in_again_and_let_go(
    capsys: pytest.CaptureFixture[str],
) -> None:
    small_shop()
    hire(
        username="frieda",
        display_name="Frieda",
        email="frieda@schapp.example",
        role=Role.OWNER,
        password="",
        now=NOON,
    )
    parser = argparse.ArgumentParser()
    cli.declare(parser)

    def say(words: str) -> tuple[int, str]:
        code = cli.act(parser.parse_args(words.split()))
        return code, "".join(capsys.readouterr())

    asked = say("invite jonas --name Jonas --email j@schapp.example --role clerk --store schapp")
    assert asked[0] == 0
    assert "/staff/account/invitation/" in asked[1]
    assert "clerk@schapp" in say("list")[1]
    assert "support" in say("roles jonas --role support")[1]
    assert "/staff/account/invitation/" in say("readmit frieda")[1]
    with pytest.raises(LastOwner):
        say("deactivate frieda")
    with pytest.raises(cli.NoSuchStore):
        say("roles jonas --role support --store moon")
    with pytest.raises(cli.NoSuchMember):
        say("roles nobody --role support")
