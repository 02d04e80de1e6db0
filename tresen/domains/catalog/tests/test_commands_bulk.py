"""Many products are written at once; one bad draft never spoils the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.utils import IntegrityError

from tresen.domains.catalog.commands import put_products, unpublish_product
from tresen.domains.catalog.events import IDS_PER_FACT_MAX
from tresen.domains.catalog.models import Product, Variant
from tresen.domains.catalog.queries import get_draft, list_drafts
from tresen.domains.catalog.tests import make
from tresen.domains.catalog.types import (
    ALL_PARTS,
    AttributeKind,
    Part,
    ProductDraft,
    VariantDraft,
    Window,
    Written,
)
from tresen.foundation.actor import SYSTEM
from tresen.foundation.journal.models import Fact

pytestmark = pytest.mark.django_db
BULK = "tresen.domains.catalog.commands.bulk"
LATER = make.NOON + timedelta(days=1)


def put(*drafts: ProductDraft, parts: frozenset[Part] = ALL_PARTS) -> Written:
    return put_products(drafts, now=LATER, actor=SYSTEM, parts=parts)


def codes(written: Written) -> list[tuple[int, str]]:
    return [(fault.index, fault.refusal.code) for fault in written.faults]


def drafts() -> dict[str, ProductDraft]:
    return {draft.code: draft for draft, _ in list_drafts()}


def test_what_is_as_before_is_neither_written_nor_told() -> None:
    make.attribute("volume", AttributeKind.NUMBER)
    batch = [make.draft(f"p{n}", attributes={"volume": n}) for n in range(5)]
    first = put(*batch)
    Fact.objects.all().delete()
    before = list(Product.objects.order_by("id").values())

    second = put(*batch)

    assert (first.added, first.changed, first.unchanged) == (5, 0, 0)
    assert (second.added, second.changed, second.unchanged) == (0, 0, 5)
    assert second.variant_ids == first.variant_ids
    assert list(Product.objects.order_by("id").values()) == before
    assert not Fact.objects.exists()


def test_only_what_differs_is_told() -> None:
    put(make.draft("a"), make.draft("b"))
    Fact.objects.all().delete()

    written = put(make.draft("a", name="Kanne"), make.draft("b"), make.draft("c"))

    assert (written.added, written.changed, written.unchanged) == (1, 1, 1)
    (fact,) = Fact.objects.all()
    assert fact.kind == "ProductsImported"
    assert fact.body["count"] == 2
    assert sorted(fact.body["product_ids"]) == sorted(map(str, written.product_ids))


def test_facts_stay_small() -> None:
    put(*(make.draft(f"p{n:04}") for n in range(IDS_PER_FACT_MAX + 1)))

    assert [fact.body["count"] for fact in Fact.objects.order_by("id")] == [IDS_PER_FACT_MAX, 1]


def test_a_bad_draft_is_named_and_all_others_are_written() -> None:
    make.product("old", published=False)
    make.attribute("volume", AttributeKind.NUMBER)

    written = put(
        make.draft("good"),
        make.draft("x1", name=""),
        make.draft("x2", brand="nobody"),
        make.draft("x3", categories=("nowhere",)),
        make.draft("x4", attributes={"volume": "much"}),
        make.draft("x5", attributes={"unknown": 1}),
        make.draft("x6", variants=(make.variant("old-1"),)),
        make.draft("x7", variants=(make.variant("good-1"),)),
        make.draft("x8", channels={"nowhere": Window(from_at=make.NOON)}),
        make.draft("x9", options=("shape",), variants=(make.variant("S", choices={"shape": "x"}),)),
        make.draft("fine"),
    )

    assert codes(written) == [
        (1, "text_missing"),
        (2, "brand_unknown"),
        (3, "category_unknown"),
        (4, "value_has_wrong_kind"),
        (5, "attribute_unknown"),
        (6, "sku_taken"),
        (7, "sku_twice"),
        (8, "channel_unknown"),
        (9, "option_unknown"),
    ]
    assert sorted(drafts()) == ["fine", "good", "old"]
    assert sorted(written.variant_ids) == ["fine-1", "good-1"]


def test_rows_of_one_product_are_put_together_as_they_come() -> None:
    make.colours()

    def row(sku: str, colour: str, name: str = "") -> ProductDraft:
        return ProductDraft(
            code="kanne",
            texts={"de": make.text(name)} if name else {},
            variants=(VariantDraft(sku=sku, choices={"colour": colour}),),
            options=("colour",),
        )

    parts = frozenset({Part.OPTIONS, Part.CHOICES})
    first = put(row("A", "blue", "Kanne"), row("B", "red"), parts=parts)
    again = put(row("A", "blue", "Kanne"), row("C", "blue"), parts=parts)

    assert (first.added, first.faults) == (1, ())
    assert codes(again) == [(1, "choices_twice")]
    assert [(v.sku, v.is_default) for v in drafts()["kanne"].variants] == [
        ("A", True),
        ("B", False),
    ]


def test_a_further_variant_of_a_product_that_nobody_knows_is_refused() -> None:
    row = ProductDraft(code="kanne", texts={}, variants=(VariantDraft(sku="A"),))

    assert codes(put(row)) == [(0, "text_missing")]
    assert not Product.objects.exists()


def test_a_draft_without_a_code_means_the_product_of_its_sku() -> None:
    make.product("kanne", published=False)

    written = put(
        make.draft("", name="Neue Kanne", variants=(make.variant("kanne-1"),)),
        make.draft("", name="Topf", variants=(make.variant("T-1"),)),
    )

    assert written.faults == ()
    assert {code: draft.texts["de"].name for code, draft in drafts().items()} == {
        "kanne": "Neue Kanne",
        "T-1": "Topf",
    }


def test_a_source_leaves_alone_what_it_does_not_speak_of() -> None:
    make.brand()
    make.attribute("material")
    full = make.draft(
        "kanne",
        brand="hafen",
        attributes={"material": {"de": "Ton"}},
        texts={"de": make.text(summary="Kurz"), "en": make.text("Pot")},
        variants=(make.variant("A", weight_g=900, gtin=make.GTIN),),
    )
    put(full)

    other = make.draft("kanne", texts={"de": make.text("Kanne")}, variants=(make.variant("A"),))
    written = put(other, parts=frozenset({Part.GTIN}))

    kept = drafts()["kanne"]
    assert written.changed == 1
    assert (kept.brand, kept.attributes) == ("hafen", {"material": {"de": "Ton"}})
    assert kept.texts["de"].name == "Kanne"
    assert kept.texts["de"].slug == "teekanne"
    assert kept.texts["de"].summary == "Kurz"
    assert kept.texts["en"].name == "Pot"
    assert (kept.variants[0].weight_g, kept.variants[0].gtin) == (900, "")


def test_attributes_are_added_to_language_by_language_or_replaced_as_a_whole() -> None:
    make.attribute("material")
    make.attribute("volume", AttributeKind.NUMBER)
    put(make.draft("kanne", attributes={"material": {"de": "Ton"}, "volume": 900}))

    added = make.draft("kanne", attributes={"material": {"en": "Clay"}})
    put(added, parts=frozenset({Part.ATTRIBUTES}))
    merged = drafts()["kanne"].attributes
    again = put(added, parts=frozenset({Part.ATTRIBUTES}))
    put(added, parts=frozenset({Part.ATTRIBUTES_WHOLE}))

    assert merged == {"material": {"de": "Ton", "en": "Clay"}, "volume": 900}
    assert again.unchanged == 1
    assert drafts()["kanne"].attributes == {"material": {"en": "Clay"}}


def test_an_import_publishes_only_what_was_never_published() -> None:
    channel = make.channel()
    put(make.draft("a", channels={channel: Window(from_at=make.NOON)}))
    gone = make.product("gone")
    unpublish_product(product_id=gone, channel_code=channel, now=make.NOON, actor=SYSTEM)
    all_three = [
        make.draft(code, channels={channel: Window(from_at=LATER)}) for code in ("a", "b", "gone")
    ]

    put(*all_three, parts=frozenset({Part.CHANNELS_IF_NEW}))
    windows = {code: draft.channels[channel] for code, draft in drafts().items()}
    assert windows["a"] == Window(from_at=make.NOON)
    assert windows["b"] == Window(from_at=LATER)
    assert windows["gone"].until_at == make.NOON + timedelta(microseconds=1)
    put(make.draft("a"), parts=frozenset({Part.CHANNELS}))
    assert drafts()["a"].channels == {}


def test_shelves_and_pictures_are_replaced_in_their_order() -> None:
    for path in ("kueche", "garten"):
        make.category(path)
    one, two = make.picture(1), make.picture(2)
    alt = {"de": "Kanne"}
    media = [make.MediaDraft(picture=picture, alt=alt) for picture in (two, one)]
    put(make.draft("a", categories=("kueche", "garten"), media=tuple(media)))
    first = drafts()["a"]

    put(make.draft("a", categories=("garten",), media=(media[1],)))

    second = drafts()["a"]
    assert first.categories == ("kueche", "garten")
    assert [medium.picture for medium in first.media] == [two, one]
    assert second.categories == ("garten",)
    assert [(medium.picture, medium.position) for medium in second.media] == [(one, 0)]


def test_a_picture_of_a_variant_needs_the_variant() -> None:
    alt = {"de": "Kanne"}
    picture = make.picture()
    good = make.MediaDraft(picture=picture, alt=alt, sku="a-1")
    bad = make.MediaDraft(picture=picture, alt=alt, sku="b-1")
    gone = make.MediaDraft(picture="f" * 64, alt=alt)

    written = put(
        make.draft("a", media=(good,)),
        make.draft("c", media=(bad,)),
        make.draft("d", media=(gone,)),
    )

    assert codes(written) == [(1, "variant_unknown"), (2, "picture_unknown")]
    assert drafts()["a"].media[0].sku == "a-1"


def test_a_batch_the_database_refuses_is_written_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if another writer took the address in between. Control: without the second look at
    each draft alone, the whole batch would be lost."""
    make.product("kanne", published=False)
    monkeypatch.setattr(f"{BULK}.knowing._owners", lambda _found: {})
    taken = make.draft("topf", texts={"de": make.text("Topf", slug="teekanne")})

    written = put(make.draft("x", name="X"), taken, make.draft("y", name="Y"))
    assert codes(written) == [(1, "slug_taken")]
    assert sorted(drafts()) == ["kanne", "x", "y"]

    def give_up(drafts: object, error: IntegrityError, **_rest: object) -> Written:
        raise error

    monkeypatch.setattr(f"{BULK}.writing._one_by_one", give_up)
    with pytest.raises(IntegrityError):
        put(make.draft("z", name="Z"), taken)


def test_a_whole_description_round_trips_through_the_database() -> None:
    make.brand()
    make.category("kueche")
    make.colours()
    make.attribute("material")
    channel = make.channel()
    draft = make.draft(
        "kanne",
        brand="hafen",
        categories=("kueche",),
        options=("colour",),
        attributes={"material": {"de": "Ton"}},
        texts={"de": make.text(description="<p>Gut</p>", meta_title="Kanne kaufen")},
        variants=(make.variant("A", choices={"colour": "red"}, other_gtins=(make.OTHER_GTIN,)),),
        media=(make.MediaDraft(picture=make.picture(), alt={"de": "Kanne"}, sku="A"),),
        channels={channel: Window(from_at=make.NOON, until_at=LATER)},
        old_slugs={"de": ("alte-kanne",)},
    )
    put(draft)
    (kept, ids), *_ = list_drafts()

    written = put(kept)

    assert (written.unchanged, written.faults) == (1, ())
    assert ids == {"A": Variant.objects.get().id}
    assert kept.old_slugs == {"de": ("alte-kanne",)}
    assert get_draft(Product.objects.get().id)[1] == kept
