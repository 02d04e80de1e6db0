"""The webhooks alone, under the names that the policy knows them by."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("tresen.entrypoints.webhooks.urls"))]
