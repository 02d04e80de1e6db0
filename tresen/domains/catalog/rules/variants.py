"""Variants: sound numbers, measures and options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from tresen.domains.catalog.rules.codes import (
    sound_country,
    sound_gtin,
    sound_sku,
    sound_tariff_code,
)
from tresen.domains.catalog.rules.refusals import (
    ChoicesIncomplete,
    ChoicesTwice,
    ContentUnsound,
    MeasureUnsound,
    SkuTwice,
    TooMany,
)
from tresen.domains.catalog.types import (
    GTINS_MAX,
    PER_ORDER_MAX,
    SIDE_MM_MAX,
    VARIANTS_MAX,
    WEIGHT_G_MAX,
    ContentUnit,
    VariantDraft,
)

_CONTENT_STEP = Decimal("0.001")
_CONTENT_MAX = Decimal(10**9)


def sound_variants(
    variants: Sequence[VariantDraft], *, options: Sequence[str] | None
) -> tuple[VariantDraft, ...]:
    """Cleaned. `options` are the product's, None where they are not known here.

    Raises TooMany, SkuTwice, ChoicesIncomplete, ChoicesTwice and those of `sound_variant`.
    """
    if len(variants) > VARIANTS_MAX:
        raise TooMany(field="variants", params={"count": len(variants), "max": VARIANTS_MAX})
    sound = tuple(sound_variant(variant, place=place) for place, variant in enumerate(variants))
    if len(sound) > 1:
        _refuse_doubles(sound, has_options=options is not None)
    if options is not None:
        for variant in sound:
            _refuse_other_options(variant, options)
    return sound


def sound_variant(draft: VariantDraft, *, place: int) -> VariantDraft:
    """One variant, cleaned; `place` is where it was handed in."""
    amount, unit = sound_content(draft.content_amount, draft.content_unit)
    return VariantDraft(
        sku=sound_sku(draft.sku),
        gtin=sound_gtin(draft.gtin),
        other_gtins=_other_gtins(draft),
        choices=dict(sorted(draft.choices.items())),
        position=place if draft.position is None else draft.position,
        is_default=draft.is_default,
        is_archived=draft.is_archived,
        weight_g=_measure(draft.weight_g, field="weight_g", maximum=WEIGHT_G_MAX),
        length_mm=_measure(draft.length_mm, field="length_mm", maximum=SIDE_MM_MAX),
        width_mm=_measure(draft.width_mm, field="width_mm", maximum=SIDE_MM_MAX),
        height_mm=_measure(draft.height_mm, field="height_mm", maximum=SIDE_MM_MAX),
        origin_country=sound_country(draft.origin_country),
        tariff_code=sound_tariff_code(draft.tariff_code),
        content_amount=amount,
        content_unit=unit,
        max_per_order=sound_measure(
            draft.max_per_order, field="max_per_order", maximum=PER_ORDER_MAX
        ),
    )


def sound_measure(value: int, *, field: str, maximum: int) -> int:
    """A whole number from 1 to `maximum`. Raises MeasureUnsound."""
    if not 1 <= value <= maximum:
        raise MeasureUnsound(field=field, params={"value": str(value), "min": 1, "max": maximum})
    return value


def sound_content(amount: Decimal | None, unit: ContentUnit) -> tuple[Decimal | None, ContentUnit]:
    """Both or neither; three decimal places, rounded half-up. Raises ContentUnsound."""
    if amount is None and unit is ContentUnit.NONE:
        return None, ContentUnit.NONE
    if amount is None or unit is ContentUnit.NONE or not 0 < amount < _CONTENT_MAX:
        raise ContentUnsound(field="content")
    rounded = amount.quantize(_CONTENT_STEP, ROUND_HALF_UP)
    if not rounded:
        raise ContentUnsound(field="content")
    return rounded, unit


def words_of_choices(choices: Mapping[str, str]) -> str:
    return ", ".join(f"{option}: {value}" for option, value in sorted(choices.items())) or "–"


def _measure(value: int | None, *, field: str, maximum: int) -> int | None:
    return None if value is None else sound_measure(value, field=field, maximum=maximum)


def _other_gtins(draft: VariantDraft) -> tuple[str, ...]:
    if not draft.other_gtins:
        return ()
    if len(draft.other_gtins) > GTINS_MAX:
        raise TooMany(
            field="other_gtins", params={"count": len(draft.other_gtins), "max": GTINS_MAX}
        )
    sound = (sound_gtin(gtin, field="other_gtins") for gtin in draft.other_gtins)
    return tuple(dict.fromkeys(gtin for gtin in sound if gtin))


def _refuse_doubles(variants: Sequence[VariantDraft], *, has_options: bool) -> None:
    skus: set[str] = set()
    chosen: set[tuple[tuple[str, str], ...]] = set()
    for variant in variants:
        if variant.sku in skus:
            raise SkuTwice(field="sku", params={"sku": variant.sku})
        skus.add(variant.sku)
        key = tuple(variant.choices.items())
        if has_options and not variant.is_archived:
            if key in chosen:
                raise ChoicesTwice(
                    field="choices", params={"choices": words_of_choices(variant.choices)}
                )
            chosen.add(key)


def _refuse_other_options(variant: VariantDraft, options: Sequence[str]) -> None:
    if not variant.is_archived and set(variant.choices) != set(options):
        wanted = ", ".join(options) or "–"
        raise ChoicesIncomplete(field="choices", params={"options": wanted})
