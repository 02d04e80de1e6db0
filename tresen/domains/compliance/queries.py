"""Reads. Legal texts change rarely: each process remembers the current ones for TEXT_SECONDS."""

from __future__ import annotations

from tresen.domains.compliance.models import Text
from tresen.domains.compliance.types import LegalText, TextKind
from tresen.foundation.refusals import Refusal
from tresen.foundation.remembered import Remembered

TEXT_SECONDS = 5.0

_remembered = Remembered[str, dict[TextKind, LegalText]](seconds=TEXT_SECONDS)


class NoSuchText(Refusal):
    """The shop has not published this text yet."""

    code = "no_such_text"
    status = 404
    message = "This page has not been written yet."


def current_texts(*, locale: str) -> dict[TextKind, LegalText]:
    """The newest version of each text in that language, in the footer's order."""
    if known := _remembered.find(locale):
        return known
    newest = Text.objects.filter(locale=locale).order_by("kind", "-version").distinct("kind")
    found = {TextKind(text.kind): _row(text) for text in newest}
    texts = {kind: found[kind] for kind in TextKind if kind in found}
    return _remembered.keep(locale, texts) if texts else texts


def get_text(kind: str, *, locale: str) -> LegalText:
    """The current text. Raises NoSuchText."""
    texts = current_texts(locale=locale)
    if kind not in {known.value for known in texts}:
        raise NoSuchText(field="kind")
    return texts[TextKind(kind)]


def digests_of(*, locale: str) -> dict[str, str]:
    """What an order is pinned to: kind to digest of the current words."""
    return {kind.value: text.digest for kind, text in current_texts(locale=locale).items()}


def find_text_by_digest(digest: str) -> LegalText | None:
    """The words behind a digest that an order names."""
    text = Text.objects.filter(digest=digest).first()
    return _row(text) if text else None


def forget_texts() -> None:
    _remembered.forget()


def _row(text: Text) -> LegalText:
    return LegalText(
        kind=TextKind(text.kind),
        locale=text.locale,
        version=text.version,
        title=text.title,
        body_html=text.body_html,
        digest=text.digest,
        published_at=text.published_at,
    )
