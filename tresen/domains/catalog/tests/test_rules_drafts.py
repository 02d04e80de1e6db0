"""A product is sound as a whole before the database is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tresen.domains.catalog.rules.drafts import sound_draft
from tresen.domains.catalog.rules.publishing import missing_for
from tresen.domains.catalog.rules.refusals import (
    AltMissing,
    ChoicesIncomplete,
    ChoicesTwice,
    CodeUnsound,
    ContentUnsound,
    MeasureUnsound,
    NotActive,
    SkuTwice,
    TextMissing,
    TextTooLong,
    TooMany,
    VariantMissing,
    WindowUnsound,
    WordsMissing,
)
from tresen.domains.catalog.tests import make
from tresen.domains.catalog.types import (
    ALL_PARTS,
    ContentUnit,
    MediaDraft,
    ProductDraft,
    ProductStatus,
    TextDraft,
    Window,
)
from tresen.foundation.refusals import Refusal

HASH = "a" * 64
LONG = "x" * 200_000
ONE = Decimal(1)


def sound(draft: ProductDraft) -> ProductDraft:
    return sound_draft(draft, parts=ALL_PARTS)


def test_words_are_cleaned_and_places_are_filled_in() -> None:
    draft = make.draft(
        texts={"de": TextDraft(name=" Tee  kanne\n", description="<b>x</b><script>y</script>")},
        variants=(make.variant(" A "), make.variant("B")),
        options=(),
    )

    with pytest.raises(ChoicesTwice):
        sound(draft)
    one = sound(make.draft(texts=draft.texts, variants=(make.variant(" A "),)))
    assert one.texts["de"].name == "Tee kanne"
    assert one.texts["de"].description == "<b>x</b>"
    assert [(v.sku, v.position) for v in one.variants] == [("A", 0)]


@pytest.mark.parametrize(
    ("draft", "refusal", "field"),
    [
        (make.draft(name=" "), TextMissing, "name.de"),
        (make.draft(name="x" * 301), TextTooLong, "name.de"),
        (make.draft(texts={"de": make.text(summary="x" * 1001)}), TextTooLong, "summary.de"),
        (
            make.draft(texts={"de": make.text(description="x" * 200_000)}),
            TextTooLong,
            "description.de",
        ),
        (make.draft(texts={"de": make.text(slug="Tee Kanne")}), CodeUnsound, "slug.de"),
        (make.draft(texts={"deutsch": make.text()}), CodeUnsound, "texts"),
        (make.draft(code="  "), TextMissing, "code"),
        (make.draft(categories=("Tee",)), CodeUnsound, "categories"),
        (make.draft(categories=tuple(f"c{n}" for n in range(51))), TooMany, "categories"),
        (make.draft(variants=(make.variant(weight_g=0),)), MeasureUnsound, "weight_g"),
        (make.draft(variants=(make.variant(length_mm=-1),)), MeasureUnsound, "length_mm"),
        (make.draft(variants=(make.variant(max_per_order=0),)), MeasureUnsound, "max_per_order"),
        (
            make.draft(variants=(make.variant(content_amount=Decimal(1)),)),
            ContentUnsound,
            "content",
        ),
        (
            make.draft(variants=(make.variant(content_unit=ContentUnit.GRAM),)),
            ContentUnsound,
            "content",
        ),
        (
            make.draft(
                variants=(
                    make.variant(content_amount=Decimal("0.0001"), content_unit=ContentUnit.GRAM),
                )
            ),
            ContentUnsound,
            "content",
        ),
        (make.draft(variants=(make.variant("A"), make.variant("A "))), SkuTwice, "sku"),
        (make.draft(options=("colour",)), ChoicesIncomplete, "choices"),
        (
            make.draft(variants=(make.variant(choices={"colour": "blue"}),)),
            ChoicesIncomplete,
            "choices",
        ),
        (make.draft(media=(MediaDraft(picture=HASH, alt={}),)), AltMissing, "media[0].alt"),
        (
            make.draft(
                texts={"de": make.text(), "en": make.text("Pot")},
                media=(MediaDraft(picture=HASH, alt={"de": "Kanne", "en": " "}),),
            ),
            AltMissing,
            "media[0].alt",
        ),
        (
            make.draft(channels={"web-de": Window(from_at=make.NOON, until_at=make.NOON)}),
            WindowUnsound,
            "channels.web-de",
        ),
    ],
)
def test_an_unsound_product_is_refused_by_its_field(
    draft: ProductDraft, refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        sound(draft)

    assert refused.value.field == field


def test_a_product_without_a_variant_is_refused() -> None:
    with pytest.raises(VariantMissing):
        sound(ProductDraft(code="x", texts={"de": make.text()}, variants=()))


def test_archived_variants_may_share_a_combination() -> None:
    old = make.variant("A", choices={"colour": "blue"}, is_archived=True)
    new = make.variant("B", choices={"colour": "blue"})

    draft = sound(make.draft(options=("colour",), variants=(old, new)))

    assert [variant.sku for variant in draft.variants] == ["A", "B"]


def test_net_content_is_rounded_to_three_places_half_up() -> None:
    variant = make.variant(content_amount=Decimal("0.7505"), content_unit=ContentUnit.METRE)

    (sounded,) = sound(make.draft(variants=(variant,))).variants

    assert sounded.content_amount == Decimal("0.751")


def test_the_gate_names_all_that_is_missing_in_the_order_to_mend_it() -> None:
    missing = missing_for(
        status=ProductStatus.DRAFT,
        names={"pl": "Dzbanek"},
        locales=("de", "en"),
        sold_variants=0,
        alts=({"de": "Kanne"},),
    )

    assert [type(one) for one in missing] == [NotActive, WordsMissing, VariantMissing]


def test_the_gate_asks_for_picture_words_in_each_language_the_product_speaks() -> None:
    facts = {"status": ProductStatus.ACTIVE, "locales": ("de", "en"), "sold_variants": 1}

    only_german = missing_for(**facts, names={"de": "Kanne"}, alts=({"de": "Kanne"},))  # type: ignore[arg-type]
    both = missing_for(**facts, names={"de": "Kanne", "en": "Pot"}, alts=({"de": "Kanne"},))  # type: ignore[arg-type]

    assert only_german == ()
    assert [(type(one), one.field, one.params) for one in both] == [
        (AltMissing, "media[0].alt", {"locale": "en"})
    ]
