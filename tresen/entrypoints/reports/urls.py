"""/reports/…: addresses that browsers are told of."""

from __future__ import annotations

from django.urls import path

from tresen.entrypoints.reports.views import refused

app_name = "reports"
urlpatterns = [path("csp", refused, name="csp")]
