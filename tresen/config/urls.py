"""Which entrypoint answers which path."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from tresen.entrypoints.reports.security_txt import security_txt
from tresen.entrypoints.shared.front_door import choose_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", choose_language, name="front"),
    path("api/", include("tresen.entrypoints.api.urls")),
    path("webhooks/", include("tresen.entrypoints.webhooks.urls")),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("reports/", include("tresen.entrypoints.reports.urls")),
    path("", include("tresen.entrypoints.health.urls")),
    path("staff/", include("tresen.entrypoints.backoffice.urls")),
    *i18n_patterns(
        path("", include("tresen.entrypoints.storefront.urls")), prefix_default_language=True
    ),
]
handler404 = "tresen.entrypoints.shared.front_door.not_found"
handler500 = "tresen.entrypoints.shared.front_door.failed"
