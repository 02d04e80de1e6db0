"""May this product be published there? What is missing, said all at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, cast
from uuid import UUID

from tresen.domains.catalog.queries.pages import NoSuchProduct
from tresen.domains.catalog.rules.publishing import missing_for
from tresen.domains.catalog.rules.refusals import ChannelUnknown
from tresen.domains.catalog.types import ProductStatus
from tresen.domains.stores.queries import list_channels
from tresen.foundation import sql
from tresen.foundation.refusals import Refusal

_FACTS: Final = (
    "SELECT p.status, (SELECT jsonb_object_agg(t.locale, t.name) FROM catalog_product_text t"
    "   WHERE t.product_id = p.id), (SELECT count(*) FROM catalog_variant v"
    "   WHERE v.product_id = p.id AND NOT v.is_archived),"
    " (SELECT jsonb_agg(pp.alt ORDER BY pp.position, pp.id) FROM catalog_product_picture pp"
    "   WHERE pp.product_id = p.id) FROM catalog_product p WHERE p.id = %s"
)


def what_is_missing(*, product_id: UUID, channel_code: str) -> tuple[Refusal, ...]:
    """What keeps the product from being published there, in the order to mend it."""
    found = sql.rows(_FACTS, (product_id,))
    if not found:
        raise NoSuchProduct(field="product_id")
    status, names, sold, alts = cast("tuple[str, str | None, int, str | None]", found[0])
    return missing_for(
        status=ProductStatus(status),
        names=json.loads(names) if names else {},
        locales=_locales_of(channel_code),
        sold_variants=sold,
        alts=json.loads(alts) if alts else (),
    )


def _locales_of(channel_code: str) -> Sequence[str]:
    for channel in list_channels():
        if channel.code == channel_code:
            return channel.market.locales
    raise ChannelUnknown(field="channel", params={"channel": channel_code})
