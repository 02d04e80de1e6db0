"""Routes of the health pages."""

from __future__ import annotations

from django.urls import path

from tresen.entrypoints.health import views

app_name = "health"
urlpatterns = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
