"""A product as it may be written: cleaned, within its limits, whole in itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from tresen.domains.catalog.rules.codes import shown, sound_path
from tresen.domains.catalog.rules.refusals import (
    AltMissing,
    CodeUnsound,
    TextTooLong,
    TooMany,
    VariantMissing,
    WindowUnsound,
)
from tresen.domains.catalog.rules.variants import sound_variants
from tresen.domains.catalog.rules.words import (
    clean_html,
    clean_line,
    languages_without,
    required_line,
    slug_of,
    within,
)
from tresen.domains.catalog.types import (
    ALT_LENGTH_MAX,
    CATEGORIES_MAX,
    CODE_LENGTH_MAX,
    DESCRIPTION_LENGTH_MAX,
    MEDIA_MAX,
    META_LENGTH_MAX,
    NAME_LENGTH_MAX,
    SLUG_LENGTH_MAX,
    SUMMARY_LENGTH_MAX,
    MediaDraft,
    Part,
    ProductDraft,
    TextDraft,
    Window,
)

LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def sound_draft(draft: ProductDraft, *, parts: Collection[Part], code: str = "") -> ProductDraft:
    """Cleaned, or a refusal that names the field. What needs the database is not looked at.

    `code` is what the product is called where the draft does not say.
    """
    if not draft.variants:
        raise VariantMissing(field="variants")
    return replace(
        draft,
        code=required_line(draft.code or code, field="code", length_max=CODE_LENGTH_MAX),
        texts=_texts(draft.texts),
        variants=sound_variants(
            draft.variants, options=draft.options if Part.OPTIONS in parts else None
        ),
        categories=_categories(draft.categories) if draft.categories else (),
        media=_media(draft) if draft.media else (),
        channels=_channels(draft.channels) if draft.channels else {},
    )


def sound_text(draft: TextDraft, *, locale: str) -> TextDraft:
    """One language of a product. Raises TextMissing, TextTooLong, CodeUnsound."""
    if len(draft.description) > 2 * DESCRIPTION_LENGTH_MAX:
        raise TextTooLong(
            field=f"description.{locale}",
            params={"length": len(draft.description), "max": DESCRIPTION_LENGTH_MAX},
        )
    return TextDraft(
        name=required_line(draft.name, field=f"name.{locale}", length_max=NAME_LENGTH_MAX),
        slug=_slug(draft.slug, field=f"slug.{locale}"),
        summary=_line(draft.summary, f"summary.{locale}", SUMMARY_LENGTH_MAX),
        description=within(
            clean_html(draft.description),
            field=f"description.{locale}",
            length_max=DESCRIPTION_LENGTH_MAX,
        ),
        meta_title=_line(draft.meta_title, f"meta_title.{locale}", META_LENGTH_MAX),
        meta_description=_line(
            draft.meta_description, f"meta_description.{locale}", META_LENGTH_MAX
        ),
    )


def sound_window(window: Window, *, field: str) -> Window:
    if window.until_at is not None and window.until_at <= window.from_at:
        raise WindowUnsound(field=field)
    return window


def _texts(texts: Mapping[str, TextDraft]) -> dict[str, TextDraft]:
    for locale in texts:
        if not LOCALE.fullmatch(locale):
            raise CodeUnsound(field="texts", params={"value": shown(locale)})
    return {locale: sound_text(texts[locale], locale=locale) for locale in sorted(texts)}


def _line(text: str, field: str, length_max: int) -> str:
    return within(clean_line(text), field=field, length_max=length_max) if text else ""


def _slug(slug: str, *, field: str) -> str:
    if slug and (len(slug) > SLUG_LENGTH_MAX or slug_of(slug, length_max=SLUG_LENGTH_MAX) != slug):
        raise CodeUnsound(field=field, params={"value": shown(slug)})
    return slug


def _categories(paths: tuple[str, ...]) -> tuple[str, ...]:
    if len(paths) > CATEGORIES_MAX:
        raise TooMany(field="categories", params={"count": len(paths), "max": CATEGORIES_MAX})
    return tuple(dict.fromkeys(sound_path(path, field="categories") for path in paths))


def _media(draft: ProductDraft) -> tuple[MediaDraft, ...]:
    if len(draft.media) > MEDIA_MAX:
        raise TooMany(field="media", params={"count": len(draft.media), "max": MEDIA_MAX})
    return tuple(
        replace(
            medium,
            alt=sound_alt(medium.alt, locales=tuple(draft.texts), field=f"media[{at}]"),
            position=at if medium.position is None else medium.position,
        )
        for at, medium in enumerate(draft.media)
    )


def sound_alt(alt: Mapping[str, str], *, locales: tuple[str, ...], field: str) -> dict[str, str]:
    """Words for every language that the product speaks. Raises AltMissing, TextTooLong."""
    words = {
        locale: within(clean_line(text), field=f"{field}.alt.{locale}", length_max=ALT_LENGTH_MAX)
        for locale, text in sorted(alt.items())
        if text.strip()
    }
    absent = languages_without(words, locales=locales)
    if absent or not words:
        missing = ", ".join(absent) or "–"
        raise AltMissing(field=f"{field}.alt", params={"locale": missing})
    return words


def _channels(channels: Mapping[str, Window]) -> dict[str, Window]:
    return {
        code: sound_window(channels[code], field=f"channels.{code}") for code in sorted(channels)
    }
