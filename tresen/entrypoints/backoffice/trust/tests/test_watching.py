"""Scripts and their watch: the inventory is shown, an alarm stands on the board."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from tresen.domains.accounts.types import Role
from tresen.entrypoints.backoffice.tests.make import Counter, clerk
from tresen.entrypoints.backoffice.trust.script_words import PURPOSES
from tresen.entrypoints.shared.shield.inventory import known_scripts
from tresen.foundation.watches.findings import note_watch
from tresen.workflows.buying.tests.make import NOON

pytestmark = pytest.mark.django_db
PAGE = "/staff/trust/scripts/"


def test_every_script_of_the_inventory_is_shown_with_whose_it_is(counter: Counter) -> None:
    page = counter.get("/trust/scripts/").content.decode()
    for script in known_scripts().values():
        assert script.file in page
        assert script.owner in page


def test_each_script_is_explained_in_the_words_of_the_inventory() -> None:
    with override("en"):
        told = {file: str(words) for file, words in PURPOSES.items()}
    assert told == {one.file: one.purpose for one in known_scripts().values()}


def test_an_alarm_stands_on_the_board_and_leads_to_what_was_found(counter: Counter) -> None:
    note_watch("checkout scripts", is_good=False, words="one script too many", now=NOON)

    assert f'href="{PAGE}"' in counter.get("/today/").content.decode()
    assert "one script too many" in counter.get("/trust/scripts/").content.decode()


def test_control_all_well_is_no_work(counter: Counter) -> None:
    note_watch("checkout scripts", is_good=True, words="all as it should be", now=NOON)

    assert f'href="{PAGE}"' not in counter.get("/today/").content.decode()


def test_every_card_of_the_area_says_how_it_stands(counter: Counter) -> None:
    note_watch("checkout scripts", is_good=False, words="one script too many", now=NOON)
    page = counter.get("/trust/").content.decode()
    for route in ("audit", "requests", "retention", "processing", "backups", "scripts"):
        assert f'href="/staff/trust/{route}/"' in page or f"/{route}/" in page
    assert "ALARM" in page


def test_who_packs_parcels_does_not_see_it() -> None:
    assert clerk(name="willi", role=Role.WAREHOUSE).get(PAGE).status_code == 403
