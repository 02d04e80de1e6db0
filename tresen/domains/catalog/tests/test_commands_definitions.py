"""Attributes, options, brands, shelves and pictures are put in place."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.utils import IntegrityError

from tresen.domains.catalog.commands import (
    hide_picture,
    keep_picture,
    move_category,
    put_attributes,
    put_brands,
    put_categories,
    put_options,
    show_picture,
)
from tresen.domains.catalog.models import Category, Picture
from tresen.domains.catalog.queries import (
    category_tree,
    get_category,
    get_draft,
    list_attributes,
    list_brands,
    list_categories,
    list_options,
    picture_files,
)
from tresen.domains.catalog.rules.pictures import Rendered, render
from tresen.domains.catalog.rules.refusals import (
    AltMissing,
    CategoryUnknown,
    CodeTaken,
    CodeUnsound,
    KindFixed,
    MoveIntoItself,
    PictureUnknown,
    SlugTaken,
    VariantUnknown,
)
from tresen.domains.catalog.tests import make
from tresen.domains.catalog.types import (
    AttributeDef,
    AttributeKind,
    BrandDef,
    CategoryDef,
    CategoryNode,
    CategoryText,
    Choice,
    OptionDef,
)
from tresen.foundation.actor import SYSTEM
from tresen.foundation.journal.models import Fact

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(days=1)


def facts() -> list[str]:
    return list(Fact.objects.order_by("id").values_list("kind", flat=True))


def show(product_id: UUID, picture: str, alt: dict[str, str], *, sku: str = "") -> None:
    show_picture(product_id=product_id, picture=picture, alt=alt, sku=sku, now=LATER, actor=SYSTEM)


def test_a_foreign_file_never_changes_a_definition_that_is_there() -> None:
    make.attribute("volume", AttributeKind.NUMBER, unit="ml", is_filterable=True)
    other = AttributeDef(code="volume", kind=AttributeKind.TEXT, labels={"en": "V"})

    put_attributes([other], only_new=True)

    (kept,) = list_attributes()
    assert (kept.kind, kept.unit, kept.labels) == (AttributeKind.NUMBER, "ml", {"de": "Volume"})


def test_labels_change_but_a_kind_does_not() -> None:
    make.attribute("volume", AttributeKind.NUMBER)
    put_attributes(
        [AttributeDef(code="volume", kind=AttributeKind.NUMBER, labels={"de": "Inhalt"})]
    )
    with pytest.raises(KindFixed):
        make.attribute("volume", AttributeKind.TEXT)

    (kept,) = list_attributes()
    assert (kept.kind, kept.labels) == (AttributeKind.NUMBER, {"de": "Inhalt"})


def test_choices_come_back_as_they_were_defined() -> None:
    choice = Choice(code="red", labels={"de": "Rot"}, swatch="#aa0000")
    defined = AttributeDef(
        code="tone", kind=AttributeKind.CHOICE, labels={"de": "Ton"}, choices=(choice,)
    )
    put_attributes([defined])

    assert list_attributes() == [defined]


def test_an_option_keeps_values_that_are_not_named_again() -> None:
    make.colours()
    green = Choice(code="green", labels={"de": "Grün"})

    put_options([OptionDef(code="colour", labels={"de": "Farbe"}, values=(green,), position=3)])

    (option,) = list_options()
    assert (option.labels, option.position) == ({"de": "Farbe"}, 3)
    assert sorted(value.code for value in option.values) == ["blue", "green", "red"]


def test_renaming_a_brand_tells_its_products() -> None:
    make.brand()
    product_id = make.product("kanne", published=False, brand="hafen")
    Fact.objects.all().delete()

    put_brands([BrandDef(code="hafen", name="Hafenkontor")], now=LATER)
    put_brands([BrandDef(code="hafen", name="Hafenkontor")], now=LATER)

    assert [brand.name for brand in list_brands()] == ["Hafenkontor"]
    assert [fact.body["product_ids"] for fact in Fact.objects.all()] == [[str(product_id)]]


def names(nodes: tuple[CategoryNode, ...]) -> dict[str, object]:
    return {node.category.name: names(tuple(node.children)) for node in nodes}


def test_shelves_form_a_tree_in_each_language() -> None:
    make.category("kueche", de="Küche", en="Kitchen")
    make.category("kueche/tee", de="Tee")
    make.category("garten", de="Garten", en="Garden")

    assert names(category_tree(locale="en")) == {"Garden": {}, "Kitchen": {"Tee": {}}}
    assert [row.path for row in list_categories(locale="de")] == [
        "garten",
        "kueche",
        "kueche/tee",
    ]
    assert facts() == ["CategoryChanged"] * 3


def test_a_hidden_shelf_hides_all_below_it() -> None:
    make.category("kueche")
    make.category("kueche/tee")
    hidden = CategoryDef(path="kueche", texts={"de": CategoryText(name="K")}, is_visible=False)

    put_categories([hidden], now=LATER)

    assert category_tree(locale="de", only_visible=True) == ()
    assert len(category_tree(locale="de")) == 1


def test_a_shelf_needs_its_parent_a_sound_code_and_a_free_address() -> None:
    make.category("kueche", de="Küche")
    with pytest.raises(CategoryUnknown):
        make.category("garten/blumen")
    with pytest.raises(CodeUnsound):
        make.category("Küche")
    text = CategoryText(name="Andere", slug="kueche")
    with pytest.raises(SlugTaken):
        put_categories([CategoryDef(path="andere", texts={"de": text})], now=LATER)

    assert Category.objects.count() == 1


def test_shelves_of_one_name_get_addresses_of_their_own() -> None:
    for path in ("kueche", "buero"):
        make.category(path)
    make.category("kueche/zubehoer", de="Zubehör")
    make.category("buero/zubehoer", de="Zubehör")

    rows = {row.path: row.slug for row in list_categories(locale="de")}
    assert rows["kueche/zubehoer"] == "zubehoer"
    assert rows["buero/zubehoer"] == "buero-zubehoer"


def test_a_former_address_of_a_shelf_leads_to_the_present_one() -> None:
    make.category("kueche", de="Küche")
    text = CategoryText(name="Küche", slug="kochen")
    put_categories([CategoryDef(path="kueche", texts={"de": text})], now=LATER)

    page = get_category("kueche", locale="de")

    assert page.category.slug == "kochen"


def test_moving_a_shelf_moves_all_below_it_and_tells_each() -> None:
    for path in ("kueche", "kueche/tee", "kueche/tee/gruen", "garten"):
        make.category(path)
    Fact.objects.all().delete()

    path = move_category(path="kueche/tee", below="garten", now=LATER)

    assert path == "garten/tee"
    assert [row.path for row in list_categories(locale="de")] == [
        "garten",
        "garten/tee",
        "garten/tee/gruen",
        "kueche",
    ]
    assert facts() == ["CategoryChanged"] * 2
    assert move_category(path="garten/tee", below="", now=LATER) == "tee"


def test_a_shelf_never_hangs_below_itself() -> None:
    """The command says it kindly; the database refuses it whoever writes."""
    for path in ("kueche", "kueche/tee"):
        make.category(path)

    with pytest.raises(MoveIntoItself):
        move_category(path="kueche", below="kueche/tee", now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.filter(path="kueche").update(parent_path="kueche/tee")

    assert Category.objects.filter(parent_path=None).count() == 1


def test_moving_onto_a_taken_place_or_from_nowhere_is_refused() -> None:
    for path in ("kueche", "kueche/tee", "tee"):
        make.category(path)
    with pytest.raises(CodeTaken):
        move_category(path="tee", below="kueche", now=LATER)
    with pytest.raises(CategoryUnknown):
        move_category(path="tee", below="garten", now=LATER)
    with pytest.raises(CategoryUnknown):
        move_category(path="garten", below="tee", now=LATER)

    assert move_category(path="tee", below="", now=LATER) == "tee"


def test_the_same_picture_is_kept_once_with_all_its_files() -> None:
    content = make.picture_bytes(700, 350)

    def never() -> Rendered:
        raise AssertionError("a known picture is not rendered again")

    first = keep_picture(content, now=make.NOON, render=lambda: render(content))
    second = keep_picture(content, now=LATER, render=never)

    assert first == second
    assert Picture.objects.count() == 1
    assert (first.width, first.height, first.widths) == (700, 350, (320, 640, 700))
    assert picture_files([first.hash, "0" * 64]) == {first.hash: f"{first.hash}/original.jpg"}
    for name in ("320.webp", "640.webp", "700.webp", "original.jpg"):
        assert default_storage.exists(f"{first.hash}/{name}")


def test_a_picture_is_shown_in_order_described_again_and_taken_off() -> None:
    product_id = make.product("kanne", published=False)
    one, two = make.picture(1), make.picture(2)

    show(product_id, one, {"de": "Vorn"})
    show(product_id, two, {"de": "Hinten"}, sku="kanne-1")
    show(product_id, one, {"de": "Von vorn"})
    shown = get_draft(product_id)[1].media
    hide_picture(product_id=product_id, picture=one, now=LATER, actor=SYSTEM)

    assert [(m.picture, m.alt, m.sku, m.position) for m in shown] == [
        (one, {"de": "Von vorn"}, "", 0),
        (two, {"de": "Hinten"}, "kanne-1", 1),
    ]
    assert [m.picture for m in get_draft(product_id)[1].media] == [two]


def test_a_picture_needs_words_and_must_be_there() -> None:
    product_id = make.product("kanne", published=False)
    picture = make.picture()

    with pytest.raises(AltMissing):
        show(product_id, picture, {"en": "Pot"})
    with pytest.raises(PictureUnknown):
        show(product_id, "0" * 64, {"de": "Kanne"})
    with pytest.raises(VariantUnknown):
        show(product_id, picture, {"de": "Kanne"}, sku="nix")

    assert get_draft(product_id)[1].media == ()
