"""Goods come in: what can be taken is taken, the rest is told by line, field and reason."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from tresen.domains.catalog.commands import edit_product
from tresen.domains.catalog.queries import (
    category_tree,
    get_draft,
    list_attributes,
    list_brands,
    list_options,
    list_product_ids,
    picture_files,
    variant_ids_by_sku,
)
from tresen.domains.catalog.tests import make as goods
from tresen.domains.catalog.types import AttributeKind
from tresen.domains.inventory.queries import list_movements, stock_of
from tresen.domains.pricing.queries import list_price_changes, list_prices, prices
from tresen.domains.stores.queries import NoSuchChannel
from tresen.foundation.actor import SYSTEM
from tresen.foundation.journal.models import Fact
from tresen.foundation.money import Money
from tresen.workflows.supplying.catalog_files.mapping_types import MappingWrong
from tresen.workflows.supplying.tests import make

pytestmark = pytest.mark.django_db
LATER = goods.NOON + timedelta(days=1)


def test_a_row_becomes_a_product_with_all_that_it_says(tmp_path: Path) -> None:
    file = make.table(
        tmp_path,
        make.row(
            "K-1",
            name="Teekanne",
            price="1.012,50",
            brand="Häfen & Co",
            category="Küche > Tee",
            weight="0,9 kg",
            ean=goods.GTIN,
            t_stoff="Ton",
            n_breite_mm="12.5",
        ),
    )
    mapping = make.MAPPING.replace('unit = "g"', 'unit = "g", decimal = ","')

    done = make.take(file, mapping=mapping)

    assert (done.result.added, done.faults) == (1, [])
    draft = make.drafts()["K-1"]
    assert draft.texts["de"].slug == "teekanne"
    assert draft.brand == "haefen-co"
    assert draft.categories == ("kueche/tee",)
    assert draft.attributes == {"stoff": {"de": "Ton"}, "breite_mm": 12.5}
    assert (draft.variants[0].gtin, draft.variants[0].weight_g) == (goods.GTIN, 900)
    assert list(draft.channels) == [goods.CHANNEL]
    assert [brand.name for brand in list_brands()] == ["Häfen & Co"]
    assert [node.category.name for node in category_tree(locale="de")] == ["Küche"]
    kinds = {one.code: (one.kind, one.unit, one.labels) for one in list_attributes()}
    assert kinds["breite_mm"] == (AttributeKind.NUMBER, "mm", {"de": "Breite mm"})
    ids = variant_ids_by_sku(["K-1"])
    price = prices([(ids["K-1"], 1)], market="de", at=goods.NOON)[ids["K-1"]]
    assert price.amount == Money(101250, "EUR")


def test_a_second_import_changes_nothing_and_tells_nothing(tmp_path: Path) -> None:
    file = make.table(
        tmp_path,
        *(make.row(f"K-{n}", brand="Hafen", category="Küche", t_stoff="Ton") for n in range(7)),
    )
    first = make.take(file)
    before = (make.revisions(), make.exported())
    Fact.objects.all().delete()

    second = make.imported(make.order(file), now=LATER)

    assert (first.result.added, first.result.prices_changed) == (7, 7)
    assert (second.result.added, second.result.changed, second.result.unchanged) == (0, 0, 7)
    assert second.result.prices_changed == 0
    assert (make.revisions(), make.exported()) == before
    assert not Fact.objects.exists()
    ids = variant_ids_by_sku(["K-1"])
    assert len(list_price_changes(ids["K-1"])) == 1


def test_what_cannot_be_taken_is_told_and_the_rest_is_taken(tmp_path: Path) -> None:
    file = make.table(
        tmp_path,
        make.row("A"),
        make.row("", name="ohne Nummer"),
        make.row("B", name=""),
        make.row("C", price="12.50"),
        make.row("D", ean="4006381333932"),
        make.row("E", weight="schwer"),
        make.row("F", n_breite_mm="breit"),
        make.row("A", name="noch einmal"),
        make.row("G", name="x" * 301),
        make.row("H", brand="東京"),
        make.row("I"),
    )

    done = make.take(file)

    assert done.told == [
        (3, "sku_missing", False),
        (4, "text_missing", False),
        (5, "value_unreadable", False),
        (6, "gtin_unsound", False),
        (7, "value_unreadable", True),
        (8, "value_unreadable", False),
        (9, "sku_seen", False),
        (10, "text_too_long", False),
        (11, "code_unsound", False),
    ]
    assert sorted(make.drafts()) == ["A", "E", "I"]
    assert (done.result.records, done.result.added) == (11, 3)
    assert (done.result.refused, done.result.left_out) == (8, 1)
    price = next(fault for fault in done.faults if fault.line == 5)
    assert (price.sku, price.refusal.field, price.mapping_line) == ("C", "price", 7)


def test_the_first_record_of_a_number_counts_whatever_becomes_of_it(tmp_path: Path) -> None:
    file = make.table(tmp_path, make.row("A", name=""), *map(make.row, "BCD"), make.row("A"))

    done = make.take(file)

    assert done.told == [(2, "text_missing", False), (6, "sku_seen", False)]
    assert sorted(make.drafts()) == ["B", "C", "D"]


def test_a_trial_run_checks_everything_and_writes_nothing(tmp_path: Path) -> None:
    file = make.table(
        tmp_path,
        *(make.row(f"K-{n}", brand="Hafen", category="Küche", n_breite_mm="5") for n in range(7)),
        make.row("X", name=""),
    )

    done = make.take(file, is_dry_run=True)

    assert (done.result.added, done.told) == (7, [(9, "text_missing", False)])
    assert make.drafts() == {}
    assert (list_brands(), list_attributes(), category_tree(locale="de")) == ([], [], ())
    assert not Fact.objects.filter(kind="ProductsImported").exists()


def test_words_changed_by_the_staff_stay_and_languages_add_up(tmp_path: Path) -> None:
    make.take(make.table(tmp_path, make.row("K", brand="Hafen", t_stoff="Ton")))
    (product_id,) = list_product_ids()
    edit, draft = get_draft(product_id)
    text = goods.text("Ding K", slug="mein-ding", description="Von uns")
    changed = goods.replaced(draft, texts={"de": text})
    edit_product(
        product_id=product_id, revision=edit.revision, draft=changed, now=LATER, actor=SYSTEM
    )
    english = make.MAPPING.replace('locale = "de"', 'locale = "en"')

    again = make.take(make.table(tmp_path, make.row("K", t_stoff="Ton")))
    make.take(make.table(tmp_path, make.row("K", name="Thing K", t_stoff="Clay")), mapping=english)

    kept = make.drafts()["K"]
    assert again.result.changed == 1
    assert kept.brand == ""
    assert kept.texts["de"] == goods.text("Ding K", slug="mein-ding", description="Von uns")
    assert kept.texts["en"].slug == "thing-k"
    assert kept.attributes == {"stoff": {"de": "Ton", "en": "Clay"}}


def test_rows_of_one_product_become_its_variants(tmp_path: Path) -> None:
    mapping = """
locale = "de"
[fields]
sku = "sku"
product = "modell"
name = "name"
"option.colour" = "farbe"
"option.size" = "groesse"
"""
    rows = [
        {"sku": "T-1", "modell": "hemd", "name": "Hemd", "farbe": "Blau", "groesse": "M"},
        {"sku": "T-2", "modell": "hemd", "name": "", "farbe": "Rot", "groesse": "M"},
        {"sku": "T-3", "modell": "hemd", "farbe": "Rot", "groesse": "L"},
        {"sku": "T-4", "modell": "hemd", "farbe": "Rot", "groesse": "L"},
        {"sku": "T-5", "modell": "rock", "farbe": "Rot", "groesse": "L"},
    ]

    done = make.take(make.json_file(tmp_path, rows), mapping=mapping)

    assert {code for _, code, _ in done.told} == {"choices_twice", "text_missing"}
    draft = make.drafts()["hemd"]
    assert draft.options == ("colour", "size")
    assert [(v.sku, v.choices, v.is_default) for v in draft.variants] == [
        ("T-1", {"colour": "blau", "size": "m"}, True),
        ("T-2", {"colour": "rot", "size": "m"}, False),
        ("T-3", {"colour": "rot", "size": "l"}, False),
    ]
    values = {option.code: [value.code for value in option.values] for option in list_options()}
    assert {code: sorted(some) for code, some in values.items()} == {
        "colour": ["blau", "rot"],
        "size": ["l", "m"],
    }


def test_each_variant_of_a_product_brings_its_price_and_only_one(tmp_path: Path) -> None:
    mapping = """
locale = "de"
currency = "EUR"
price_list = "retail-de"
[fields]
sku = "sku"
product = "modell"
name = "name"
"option.size" = "groesse"
price = "preis"
"""
    rows = [
        {"sku": "T-1", "modell": "hemd", "name": "Hemd", "groesse": "M", "preis": "12.50"},
        {"sku": "T-2", "modell": "hemd", "name": "", "groesse": "L", "preis": "12.50"},
        {"sku": "T-3", "modell": "hemd", "name": "", "groesse": "XL", "preis": "13.50"},
    ]

    done = make.take(make.json_file(tmp_path, rows), mapping=mapping)

    assert (done.told, done.result.prices_changed) == ([], 3)
    ids = variant_ids_by_sku(["T-1", "T-2", "T-3"])
    found = {price.variant_id: price.amount.minor for price in list_prices(list(ids.values()))}
    assert found == {ids["T-1"]: 1250, ids["T-2"]: 1250, ids["T-3"]: 1350}


def test_counted_stock_is_corrected_once(tmp_path: Path) -> None:
    mapping = make.MAPPING.replace('sku = "sku"', 'sku = "sku"\nstock = "n_breite_mm"')
    file = make.table(tmp_path, make.row("A", n_breite_mm="7"), make.row("B", n_breite_mm="0"))
    where = make.location()

    for _ in range(2):
        done = make.take(file, mapping=mapping, location=where)
        assert done.faults == []

    ids = variant_ids_by_sku(["A", "B"])
    assert [level.on_hand for level in stock_of(ids["A"])] == [7]
    assert len(list_movements(ids["A"])) == 1


def test_pictures_are_taken_from_the_folder_and_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "kanne.png").write_bytes(goods.picture_bytes())
    (folder / "kein.png").write_bytes(b"no picture")
    (tmp_path / "secret.png").write_bytes(goods.picture_bytes(shade=1))
    mapping = make.MAPPING.replace(
        'sku = "sku"', 'sku = "sku"\npictures = { from = "t_stoff", split = "|" }'
    )
    names = "kanne.png|kein.png|fehlt.png|../secret.png|https://x.example/p.png"
    file = make.table(tmp_path, make.row("K", t_stoff=names))

    done = make.take(file, mapping=mapping, media=folder)

    assert [(code, left_out) for _, code, left_out in done.told] == [
        *[("picture_file_missing", True)] * 3,
        ("picture_unreadable", True),
    ]
    (medium,) = make.drafts()["K"].media
    assert medium.alt == {"de": "Ding K"}
    secret = hashlib.sha256((tmp_path / "secret.png").read_bytes()).hexdigest()
    assert list(picture_files([medium.picture, secret])) == [medium.picture]


def test_images_named_by_address_are_never_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("an import went to the network")

    monkeypatch.setattr("socket.create_connection", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    mapping = make.MAPPING.replace('sku = "sku"', 'sku = "sku"\npictures = "t_stoff"')
    file = make.table(tmp_path, make.row("K", t_stoff="http://127.0.0.1/p.png"))

    done = make.take(file, mapping=mapping, media=tmp_path)

    assert done.told == [(2, "picture_file_missing", True)]


def test_descriptions_lose_their_teeth_on_the_way_in(tmp_path: Path) -> None:
    mapping = '[fields]\nsku = "sku"\nname = "name"\ndescription = "text"'
    rows = [{"sku": "K", "name": "Kanne", "text": '<p onclick="x()">Gut<script>y()</script></p>'}]

    make.take(make.json_file(tmp_path, rows), mapping=mapping)

    assert make.drafts()["K"].texts["de"].description == "<p>Gut</p>"


def test_a_file_that_breaks_off_is_taken_as_far_as_it_goes(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('[{"sku": "A", "name": "a"},\n {"sku": "B", "na', encoding="utf-8")
    whole = make.json_file(tmp_path, [{"sku": "C", "name": "c"}])
    mapping = '[fields]\nsku = "sku"\nname = "name"'

    done = make.take(broken, whole, mapping=mapping)

    assert sorted(make.drafts()) == ["A", "C"]
    (told,) = done.result.unread
    assert told.startswith("broken.json, line 2")


def test_a_wrong_encoding_is_told_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes("sku;name\nA;Küche\nB;Tee\n".encode("cp1252"))
    mapping = '[fields]\nsku = "sku"\nname = "name"'

    utf8 = make.take(path, mapping=mapping)
    windows = make.take(path, mapping=f'encoding = "cp1252"\n{mapping}')

    assert utf8.told == [(2, "not_our_encoding", False)]
    assert "encoding = " in str(utf8.faults[0].refusal)
    assert windows.faults == []
    assert make.drafts()["A"].texts["de"].name == "Küche"


def test_a_mapping_that_does_not_fit_the_table_names_its_line(tmp_path: Path) -> None:
    file = make.table(tmp_path, make.row("A"))
    wrong = make.MAPPING.replace('name = "name"', 'name = "nmae"')

    with pytest.raises(MappingWrong) as refused:
        make.take(file, mapping=wrong)

    assert refused.value.line == 6
    assert "goods.csv has no column «nmae». Did you mean «name»?" in str(refused.value)
    assert make.drafts() == {}


def test_a_field_that_no_record_has_is_named_in_the_end(tmp_path: Path) -> None:
    mapping = '[fields]\nsku = "sku"\nname = "name"\nbrand = "marke"'

    done = make.take(make.json_file(tmp_path, [{"sku": "A", "name": "a"}]), mapping=mapping)

    assert done.result.unused == ["line 4: brand = marke"]


def test_places_that_are_not_there_are_told_before_anything_is_written(tmp_path: Path) -> None:
    file = make.table(tmp_path, make.row("A"))
    dollars = make.MAPPING.replace("EUR", "USD")
    stocked = make.MAPPING.replace('sku = "sku"', 'sku = "sku"\nstock = "weight"')

    with pytest.raises(MappingWrong, match="is in EUR, not USD"):
        make.take(file, mapping=dollars)
    with pytest.raises(MappingWrong, match="stock needs a place"):
        make.take(file, mapping=stocked)
    with pytest.raises(NoSuchChannel):
        make.take(file, channel="nowhere")

    assert make.drafts() == {}


def test_two_fields_that_become_one_attribute_are_refused(tmp_path: Path) -> None:
    mapping = '[fields]\nsku = "sku"\nname = "name"\n[[attributes]]\nfrom = "t_*"'
    rows = [{"sku": "A", "name": "a", "t_a_b": "x", "t_a__b": "y"}, {"sku": "B", "name": "b"}]

    done = make.take(make.json_file(tmp_path, rows), mapping=mapping)

    assert done.told == [(1, "same_attribute", False)]
    assert sorted(make.drafts()) == ["B"]


def test_a_value_of_another_kind_than_the_attribute_is_refused(tmp_path: Path) -> None:
    goods.attribute("stoff", AttributeKind.NUMBER)

    done = make.take(make.table(tmp_path, make.row("A", t_stoff="Ton"), make.row("B")))

    assert done.told == [(2, "value_has_wrong_kind", False)]
    assert sorted(make.drafts()) == ["B"]


def test_progress_goes_up_to_the_end(tmp_path: Path) -> None:
    files = [
        make.table(tmp_path, *(make.row(f"{name}{n}") for n in range(7)), name=f"{name}.csv")
        for name in "ab"
    ]

    done = make.take(*files)

    assert done.progress == sorted(done.progress)
    assert done.progress[-1] == (sum(file.stat().st_size for file in files), 14)


def test_a_nested_field_is_named_by_its_path(tmp_path: Path) -> None:
    mapping = '[fields]\nsku = "sku"\nname = "texts.de.name"\nweight = { from = "kg", unit = "kg" }'
    rows = [{"sku": "A", "texts": {"de": {"name": "Kanne"}}, "kg": 0.5}]

    make.take(make.json_file(tmp_path, rows), mapping=mapping)

    assert make.drafts()["A"].texts["de"].name == "Kanne"
    assert make.drafts()["A"].variants[0].weight_g == 500
