"""Laws as people of a language call them: the regulation has a short name in each."""

from __future__ import annotations

from django.utils.translation import gettext, override

SHORT = "GDPR"


def law_words(law: str, *, locale: str) -> str:
    """«Art. 17 (3)(b) GDPR» in the words of the language; German laws keep their names."""
    with override(locale):
        return law.replace(SHORT, gettext("GDPR"))
