"""Addresses of the kit itself; include them in the namespace `backoffice`."""

from __future__ import annotations

from django.urls import path

from tresen.entrypoints.backoffice.kit import views

urlpatterns = [
    path("views/<slug:list_name>/", views.keep_view, name="keep_view"),
    path("views/<slug:list_name>/drop", views.drop_view, name="drop_view"),
]
