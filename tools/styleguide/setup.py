"""A Django without database, enough to render templates."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

import django
import polib  # type: ignore[import-untyped]
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

ROOT = Path(__file__).resolve().parent.parent.parent
ENTRYPOINTS = ROOT / "tresen" / "entrypoints"
PLURALS = "nplurals=2; plural=(n != 1);"


def nowhere(request: HttpRequest, **_: object) -> HttpResponse:
    """Stands in for every screen."""
    return HttpResponse(request.path)


_STORE = (
    "home",
    "search",
    "cart",
    "search_suggestions",
    "account",
    "my_data",
    "transparency",
    "safe_shopping",
)
_DESK = ("today", "orders", "products", "stock", "customers", "inbox", "reports", "trust")
urlpatterns = [
    path("", include(([path(f"{name}/", nowhere, name=name) for name in _STORE], "storefront"))),
    path(
        "desk/",
        include(
            (
                [
                    *[
                        path(f"{name}/", nowhere, name=name)
                        for name in (*_DESK, "settings", "search")
                    ],
                    path("", include("tresen.entrypoints.backoffice.kit.urls")),
                ],
                "backoffice",
            )
        ),
    ),
]


def prepare() -> None:
    """Configure once; the project's own settings would want a database."""
    settings.configure(
        DEBUG=False,
        SECRET_KEY="style guide",  # noqa: S106
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tools.styleguide.setup",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.staticfiles",
            "allauth",
            "allauth.account",
            "allauth.mfa",
            *_domains(),
            "tresen.entrypoints.shared",
        ],
        AUTH_USER_MODEL="accounts.User",
        MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [ENTRYPOINTS, Path(__file__).parent / "templates"],
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.template.context_processors.csrf",
                    ]
                },
            }
        ],
        STATIC_URL="/static/",
        STATICFILES_DIRS=[ENTRYPOINTS / "static", ("vendor", ROOT / "vendor")],
        LANGUAGE_CODE="de",
        LANGUAGES=[("de", "Deutsch"), ("en", "English")],
        LOCALE_PATHS=[_german_words()],
        USE_TZ=True,
        TIME_ZONE="Europe/Berlin",
    )
    django.setup()


def _domains() -> list[str]:
    """The kit knows who may do what; no table of theirs is asked."""
    found = sorted((ROOT / "tresen" / "domains").glob("*/apps.py"))
    return [f"tresen.domains.{path.parent.name}" for path in found]


def _german_words() -> Path:
    """The parts of the German catalogue, put together for this run only."""
    folder = Path(mkdtemp())
    target = folder / "de" / "LC_MESSAGES"
    target.mkdir(parents=True)
    whole = polib.POFile()
    whole.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": PLURALS}
    for part in sorted((ROOT / "tresen" / "locale" / "de" / "parts").glob("*.po")):
        whole.extend(entry for entry in polib.pofile(str(part)) if entry not in whole)
    whole.save_as_mofile(str(target / "django.mo"))
    return folder
