"""/api/…"""

from __future__ import annotations

from django.urls import path

from tresen.entrypoints.api.store.api import api

urlpatterns = [path("store/v1/", api.urls)]
