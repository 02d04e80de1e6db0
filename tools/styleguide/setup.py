"""A Django without database, enough to render templates."""

from __future__ import annotations

from pathlib import Path

import django
from django.conf import settings
from django.urls import include, path

ROOT = Path(__file__).resolve().parent.parent.parent
ENTRYPOINTS = ROOT / "tresen" / "entrypoints"
urlpatterns: list[object] = []


def prepare() -> None:
    """Configure once; the project's own settings would want a database."""
    settings.configure(
        DEBUG=False,
        SECRET_KEY="style guide",  # noqa: S106
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tools.styleguide.setup",
        INSTALLED_APPS=["django.contrib.staticfiles", "tresen.entrypoints.shared"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [ENTRYPOINTS, Path(__file__).parent / "templates"],
            }
        ],
        STATIC_URL="/static/",
        STATICFILES_DIRS=[ENTRYPOINTS / "static", ("vendor", ROOT / "vendor")],
        LANGUAGE_CODE="de",
        LANGUAGES=[("de", "Deutsch"), ("en", "English")],
        LOCALE_PATHS=[ROOT / "tresen" / "locale"],
        USE_TZ=True,
        TIME_ZONE="Europe/Berlin",
    )
    django.setup()
