"""May this product be shown in this channel? The gate says all that is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tresen.domains.catalog.rules.refusals import (
    AltMissing,
    NotActive,
    VariantMissing,
    WordsMissing,
)
from tresen.domains.catalog.rules.words import languages_without
from tresen.domains.catalog.types import Localized, ProductStatus
from tresen.foundation.refusals import Refusal


def missing_for(
    *,
    status: ProductStatus,
    names: Mapping[str, str],
    locales: Sequence[str],
    sold_variants: int,
    alts: Sequence[Localized],
) -> tuple[Refusal, ...]:
    """What keeps it from being published: nothing, or refusals in the order to mend them.

    `locales` are the channel's; a picture must have words in each of them that the product has.
    """
    spoken = [locale for locale in locales if names.get(locale)]
    found: list[Refusal] = []
    if status is not ProductStatus.ACTIVE:
        found.append(NotActive(field="status"))
    if not spoken:
        found.append(WordsMissing(field="texts", params={"locales": ", ".join(locales)}))
    if sold_variants < 1:
        found.append(VariantMissing(field="variants"))
    found += [
        AltMissing(field=f"media[{at}].alt", params={"locale": locale})
        for at, alt in enumerate(alts)
        for locale in languages_without(alt, locales=spoken)
    ]
    return tuple(found)
