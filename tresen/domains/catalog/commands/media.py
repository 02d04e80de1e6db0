"""Taking in pictures, and showing them with products."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tresen.domains.catalog.commands.telling import touch
from tresen.domains.catalog.queries.pages import NoSuchProduct
from tresen.domains.catalog.rules.drafts import sound_alt
from tresen.domains.catalog.rules.pictures import Rendered, folder_file, hash_of
from tresen.domains.catalog.rules.refusals import PictureUnknown, TooMany, VariantUnknown
from tresen.domains.catalog.types import MEDIA_MAX, Localized, PictureKept
from tresen.foundation import sql
from tresen.foundation.actor import Actor

_KEPT: Final = "SELECT hash, file, width, height, widths FROM catalog_picture WHERE hash = %s"


def keep_picture(content: bytes, *, now: datetime, render: Callable[[], Rendered]) -> PictureKept:
    """Take in a file once: the same content is the same picture. Call it outside a transaction.

    `render` says what was made of this very content; it is asked only for a new picture.

    Files are written before the row, under names that their content gives: a crash between the
    two leaves nothing wrong. The file itself is not kept. Raises what `render` raises.
    """
    picture = hash_of(content)
    found = sql.rows(_KEPT, (picture,))
    if not found:
        rendered = render()
        assert rendered.hash == picture
        _save(rendered)
        _insert(rendered, len(content), now=now)
        found = sql.rows(_KEPT, (picture,))
    name, file, width, height, widths = cast("tuple[str, str, int, int, list[int]]", found[0])
    return PictureKept(hash=name, file=file, width=width, height=height, widths=tuple(widths))


@transaction.atomic
def show_picture(
    *,
    product_id: UUID,
    picture: str,
    alt: Localized,
    sku: str = "",
    position: int | None = None,
    now: datetime,
    actor: Actor,
) -> None:
    """Put a kept picture on a product, or on one of its variants; again changes words and place.

    Without a position it comes last. Raises AltMissing (words are needed in every language that
    the product speaks), PictureUnknown, VariantUnknown, TooMany, NoSuchProduct.
    """
    locales = _languages_of(product_id)
    words = sound_alt(alt, locales=locales, field="picture")
    if not sql.rows(_KEPT, (picture,)):
        raise PictureUnknown(field="picture", params={"picture": picture})
    variant_id = _variant_of(product_id, sku) if sku else None
    last, count = _places_of(product_id)
    if count >= MEDIA_MAX:
        raise TooMany(field="media", params={"count": count + 1, "max": MEDIA_MAX})
    sql.run(
        "INSERT INTO catalog_product_picture AS c (product_id, picture_id, variant_id, position,"
        " alt) VALUES (%s, %s, %s, %s, %s::jsonb)"
        " ON CONFLICT (product_id, picture_id, variant_id)"
        " DO UPDATE SET alt = excluded.alt, position = coalesce(%s::integer, c.position)",
        (
            product_id,
            picture,
            variant_id,
            last + 1 if position is None else position,
            json.dumps(words, ensure_ascii=False),
            position,
        ),
    )
    touch(product_id, now=now, actor=actor)


@transaction.atomic
def hide_picture(
    *, product_id: UUID, picture: str, sku: str = "", now: datetime, actor: Actor
) -> None:
    """Take a picture off a product. The file stays: orders and mails may show it."""
    variant_id = _variant_of(product_id, sku) if sku else None
    gone = sql.changed(
        "DELETE FROM catalog_product_picture WHERE product_id = %s AND picture_id = %s"
        " AND variant_id IS NOT DISTINCT FROM %s",
        (product_id, picture, variant_id),
    )
    if gone:
        touch(product_id, now=now, actor=actor)


def _save(rendered: Rendered) -> None:
    files = {f"{width}.webp": data for width, data in rendered.versions.items()}
    files[f"original.{rendered.extension}"] = rendered.original
    for name, data in files.items():
        path = folder_file(rendered.hash, name=name)
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(data))


def _insert(rendered: Rendered, size: int, *, now: datetime) -> None:
    original = folder_file(rendered.hash, name=f"original.{rendered.extension}")
    sql.run(
        "INSERT INTO catalog_picture (hash, file, width, height, widths, bytes, kept_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (hash) DO NOTHING",
        (
            rendered.hash,
            original,
            rendered.width,
            rendered.height,
            sorted(rendered.versions),
            size,
            now,
        ),
    )


def _languages_of(product_id: UUID) -> tuple[str, ...]:
    found = sql.rows(
        "SELECT locale FROM catalog_product_text WHERE product_id = %s ORDER BY locale",
        (product_id,),
    )
    if not found:
        raise NoSuchProduct(field="product_id")
    return tuple(row[0] for row in cast("list[tuple[str]]", found))


def _variant_of(product_id: UUID, sku: str) -> UUID:
    found = sql.rows(
        "SELECT id FROM catalog_variant WHERE product_id = %s AND sku = %s", (product_id, sku)
    )
    if not found:
        raise VariantUnknown(field="sku", params={"sku": sku})
    return cast("UUID", found[0][0])


def _places_of(product_id: UUID) -> tuple[int, int]:
    found = sql.rows(
        "SELECT coalesce(max(position), -1), count(*) FROM catalog_product_picture"
        " WHERE product_id = %s",
        (product_id,),
    )
    return cast("tuple[int, int]", found[0])
