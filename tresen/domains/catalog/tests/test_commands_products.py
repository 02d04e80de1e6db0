"""Products are added, edited, published and archived; each change is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from tresen.domains.catalog.commands import (
    add_product,
    archive_product,
    edit_product,
    publish_product,
    set_status,
    unpublish_product,
)
from tresen.domains.catalog.models import Product
from tresen.domains.catalog.queries import (
    NoSuchProduct,
    ask_snapshots,
    get_draft,
    get_product,
    variant_ids_by_sku,
    what_is_missing,
)
from tresen.domains.catalog.rules.refusals import (
    AltMissing,
    ChannelUnknown,
    CodeTaken,
    NotActive,
    RevisionOutdated,
    SkuTaken,
    SlugTaken,
    WindowUnsound,
    WordsMissing,
)
from tresen.domains.catalog.tests import make
from tresen.domains.catalog.types import MediaDraft, ProductStatus, TextDraft
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import new_id
from tresen.foundation.journal.models import Fact

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(days=1)


def facts() -> list[str]:
    return list(Fact.objects.order_by("id").values_list("kind", flat=True))


def test_a_product_is_added_whole_and_told() -> None:
    product_id = add_product(draft=make.draft("kanne"), now=make.NOON, actor=SYSTEM)

    edit, draft = get_draft(product_id)
    assert (edit.code, edit.revision, edit.changed_by) == ("kanne", 1, "system")
    assert draft.texts["de"] == TextDraft(name="Teekanne", slug="teekanne")
    assert [variant.is_default for variant in draft.variants] == [True]
    assert facts() == ["ProductChanged"]


def test_a_product_added_in_a_failed_transaction_is_never_told() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        make.product("kanne", published=False)
        raise RuntimeError

    assert not Fact.objects.exists()
    assert not Product.objects.exists()


def test_a_second_product_of_that_code_sku_or_address_is_refused() -> None:
    make.product("kanne", published=False)
    before = facts()

    with pytest.raises(CodeTaken):
        make.product("kanne", published=False)
    with pytest.raises(SkuTaken) as taken:
        make.product("topf", published=False, variants=(make.variant("kanne-1"),))
    with pytest.raises(SlugTaken):
        make.product("topf", published=False, texts={"de": make.text("Topf", slug="teekanne")})

    assert taken.value.params == {"sku": "kanne-1", "product": "kanne"}
    assert Product.objects.count() == 1
    assert facts() == before


def test_two_products_of_one_name_get_two_addresses() -> None:
    make.product("kanne", published=False)

    product_id = make.product("topf", published=False)

    assert get_draft(product_id)[1].texts["de"].slug == "teekanne-topf"


def test_an_edit_replaces_what_it_speaks_of_and_keeps_the_code() -> None:
    product_id = make.product("kanne", published=False)
    edit, draft = get_draft(product_id)

    changed = replace(draft, code="other", texts={"de": make.text("Kanne", slug="kanne")})
    edit_product(
        product_id=product_id, revision=edit.revision, draft=changed, now=LATER, actor=SYSTEM
    )

    edit, draft = get_draft(product_id)
    assert (edit.code, edit.revision, edit.changed_at) == ("kanne", 2, LATER)
    assert draft.texts["de"].slug == "kanne"
    assert draft.old_slugs == {"de": ("teekanne",)}
    assert facts() == ["ProductChanged", "ProductChanged"]


def test_an_edit_that_changes_nothing_is_not_told() -> None:
    product_id = make.product("kanne", published=False)
    edit, draft = get_draft(product_id)

    edit_product(product_id=product_id, revision=1, draft=draft, now=LATER, actor=SYSTEM)

    assert get_draft(product_id) == (edit, draft)
    assert facts() == ["ProductChanged"]


def test_an_edit_based_on_an_outdated_revision_is_refused() -> None:
    product_id = make.product("kanne", published=False)
    _, draft = get_draft(product_id)
    renamed = replace(draft, texts={"de": make.text("Kanne")})
    edit_product(product_id=product_id, revision=1, draft=renamed, now=LATER, actor=SYSTEM)

    with pytest.raises(RevisionOutdated):
        edit_product(product_id=product_id, revision=1, draft=draft, now=LATER, actor=SYSTEM)

    assert get_draft(product_id)[1].texts["de"].name == "Kanne"


def test_a_variant_becomes_the_default_and_another_is_archived() -> None:
    make.colours()
    two = (
        make.variant("A", choices={"colour": "blue"}),
        make.variant("B", choices={"colour": "red"}),
    )
    product_id = make.product("kanne", published=False, options=("colour",), variants=two)
    _, draft = get_draft(product_id)
    first, second = draft.variants

    archived = replace(first, is_default=False, is_archived=True)
    chosen = replace(second, is_default=True)
    changed = replace(draft, variants=(archived, chosen))
    edit_product(product_id=product_id, revision=1, draft=changed, now=LATER, actor=SYSTEM)

    _, draft = get_draft(product_id)
    assert [(v.sku, v.is_default, v.is_archived) for v in draft.variants] == [
        ("A", False, True),
        ("B", True, False),
    ]


def test_two_variants_swap_their_options_and_a_new_one_takes_what_became_free() -> None:
    make.colours()
    blue = make.variant("A", choices={"colour": "blue"})
    red = make.variant("B", choices={"colour": "red"})
    product_id = make.product("kanne", published=False, options=("colour",), variants=(blue, red))
    _, draft = get_draft(product_id)
    first, second = draft.variants
    swapped = (replace(first, choices=second.choices), replace(second, choices=first.choices))

    edit_product(
        product_id=product_id,
        revision=1,
        draft=replace(draft, variants=swapped),
        now=LATER,
        actor=SYSTEM,
    )

    _, draft = get_draft(product_id)
    assert [(v.sku, v.choices) for v in draft.variants] == [
        ("A", {"colour": "red"}),
        ("B", {"colour": "blue"}),
    ]


def test_only_what_is_published_now_and_active_is_sold() -> None:
    product_id = make.product("kanne", published=False)
    make.channel()
    ids = list(variant_ids_by_sku(["kanne-1"]).values())

    def sold(**when: object) -> int:
        asked = ask_snapshots(ids, channel_code=make.CHANNEL, locale="de", **when)  # type: ignore[arg-type]
        return len(asked.answer())

    assert sold(at=make.NOON) == 0
    publish_product(
        product_id=product_id,
        channel_code=make.CHANNEL,
        from_at=make.NOON,
        until_at=LATER,
        now=make.NOON,
        actor=SYSTEM,
    )
    assert sold(at=make.NOON) == 1
    assert sold(at=make.NOON - timedelta(seconds=1)) == 0
    assert sold(at=LATER) == 0
    set_status(product_id=product_id, status=ProductStatus.DRAFT, now=LATER, actor=SYSTEM)
    assert sold(at=make.NOON) == 0


def test_publishing_needs_an_active_product_with_words_of_the_channel() -> None:
    make.channel()
    draft = make.product("a", published=False, status=ProductStatus.DRAFT)
    foreign = make.product("b", published=False, texts={"pl": make.text("Dzbanek")})

    for product_id, refusal in ((draft, NotActive), (foreign, WordsMissing)):
        with pytest.raises(refusal):
            publish_product(
                product_id=product_id,
                channel_code=make.CHANNEL,
                from_at=make.NOON,
                now=make.NOON,
                actor=SYSTEM,
            )

    assert what_is_missing(product_id=draft, channel_code=make.CHANNEL) != ()
    with pytest.raises(ChannelUnknown):
        what_is_missing(product_id=draft, channel_code="nowhere")
    with pytest.raises(NoSuchProduct):
        what_is_missing(product_id=new_id(), channel_code=make.CHANNEL)


def test_publishing_with_an_end_before_the_beginning_is_refused() -> None:
    product_id = make.product("kanne", published=False)

    with pytest.raises(WindowUnsound):
        publish_product(
            product_id=product_id,
            channel_code=make.channel(),
            from_at=LATER,
            until_at=make.NOON,
            now=make.NOON,
            actor=SYSTEM,
        )


def test_a_picture_without_words_in_a_language_added_later_stops_publishing() -> None:
    make.channel()
    picture = MediaDraft(picture=make.picture(), alt={"de": "Kanne"})
    product_id = make.product("kanne", published=False, media=(picture,))
    _, draft = get_draft(product_id)
    both = replace(draft, texts={**draft.texts, "en": make.text("Pot")})

    with pytest.raises(AltMissing):
        edit_product(product_id=product_id, revision=1, draft=both, now=LATER, actor=SYSTEM)

    assert what_is_missing(product_id=product_id, channel_code=make.CHANNEL) == ()


def test_unpublishing_and_archiving_end_the_sale_and_are_told_once() -> None:
    product_id = make.product("kanne")
    told = len(facts())

    for _ in range(2):
        unpublish_product(product_id=product_id, channel_code=make.CHANNEL, now=LATER, actor=SYSTEM)
    assert len(facts()) == told + 1
    for _ in range(2):
        archive_product(product_id=product_id, now=LATER, actor=SYSTEM)
    assert len(facts()) == told + 2

    with pytest.raises(NoSuchProduct):
        get_product("teekanne", channel_code=make.CHANNEL, locale="de", at=LATER)
    with pytest.raises(NoSuchProduct):
        archive_product(product_id=new_id(), now=LATER, actor=SYSTEM)
