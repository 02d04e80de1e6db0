"""/webhooks/…: addresses that services are told to call."""

from __future__ import annotations

from django.urls import path

from tresen.entrypoints.webhooks.payments import payment_notice

app_name = "webhooks"
urlpatterns = [
    path("payments/<slug:provider>", payment_notice, name="payments"),
]
