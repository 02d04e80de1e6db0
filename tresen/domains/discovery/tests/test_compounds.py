"""Compounds are taken apart where a person would, and left whole where one would not."""

from __future__ import annotations

import pytest

from tresen.domains.discovery.rules import compound_parts

COMPOUNDS = {
    "fahrradlampe": "lampe",
    "fahrradklingel": "klingel",
    "kettenöl": "öl",
    "olivenöl": "öl",
    "kaffeemühle": "mühle",
    "espressobohnen": "bohnen",
    "kräuterteemischung": "mischung",
    "teekanne": "kanne",
    "thermoskanne": "kanne",
    "isolierflasche": "flasche",
    "trinkflasche": "flasche",
    "brotkasten": "kasten",
    "schneidebrett": "brett",
    "küchenmesser": "messer",
    "salatschüssel": "schüssel",
    "kerzenständer": "ständer",
    "duschvorhang": "vorhang",
    "zahnbürste": "bürste",
    "seifenschale": "schale",
    "kinderbettwäsche": "bettwäsche",
    "wolldecke": "decke",
    "baumwolltasche": "tasche",
    "regenjacke": "jacke",
    "herrenwinterjacke": "jacke",
    "wanderrucksack": "rucksack",
    "strickmütze": "mütze",
    "sonnenbrillenetui": "etui",
    "schreibtischlampe": "lampe",
    "kugelschreibermine": "mine",
    "geschenkpapier": "papier",
    "geburtstagskarte": "karte",
    "holzspielzeug": "spielzeug",
    "steckspiel": "spiel",
    "hängematte": "matte",
    "campingkocher": "kocher",
    "zeltplane": "plane",
    "ladekabel": "kabel",
    "akkuschrauber": "schrauber",
    "bluetoothlautsprecher": "lautsprecher",
    "flaschenöffner": "öffner",
}
WHOLE = [
    "handschuh", "handschuhe", "kartoffel", "erdbeere", "tablette", "abteilung", "marmelade",
    "computer", "tastatur", "ananas", "frühstück", "fahrzeug", "werkzeug", "spielzeug", "kamera",
    "gitarre", "vanille", "original", "qualität", "bluetooth", "4006381333931", "ab1234",
]  # fmt: skip


def nothing_else(_word: str) -> bool:
    return False


@pytest.mark.parametrize(("word", "head"), COMPOUNDS.items())
def test_a_compound_knows_its_head(word: str, head: str) -> None:
    assert head in compound_parts(word, is_word=nothing_else)


@pytest.mark.parametrize("word", WHOLE)
def test_what_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert compound_parts(word, is_word=nothing_else) == ()


def test_parts_of_three_are_found_by_each_and_by_neighbours() -> None:
    parts = compound_parts("fahrradlampenhalterung", is_word=nothing_else)

    assert {"fahrrad", "lampen", "halterung", "fahrradlampen", "lampenhalterung"} <= set(parts)


def test_the_words_of_the_catalogue_are_parts_too() -> None:
    known = {"quokka", "käfig"}

    assert compound_parts("quokkakäfig", is_word=nothing_else) == ()
    assert compound_parts("quokkakäfig", is_word=known.__contains__) == ("quokka", "käfig")
