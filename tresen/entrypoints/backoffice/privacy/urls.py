"""/staff/trust/…: requests about data, what is kept how long, the record of processing."""

from __future__ import annotations

from django.urls import path

from tresen.entrypoints.backoffice.privacy import processing, retention, views

_REQUEST = "trust/requests/<str:wanted>/"
urlpatterns = [
    path("trust/requests/", views.requests, name="privacy_requests"),
    path("trust/requests/new/", views.new, name="privacy_request_new"),
    path(_REQUEST, views.one, name="privacy_request"),
    path(f"{_REQUEST}proof/", views.proof, name="privacy_request_proof"),
    path(f"{_REQUEST}answer/", views.answering, name="privacy_request_answer"),
    path(f"{_REQUEST}extension/", views.extension, name="privacy_request_extension"),
    path(f"{_REQUEST}withdrawal/", views.withdrawal, name="privacy_request_withdrawal"),
    path(f"{_REQUEST}restriction/", views.restriction, name="privacy_request_restriction"),
    path("trust/retention/", retention.overview, name="retention"),
    path("trust/retention/trial/", retention.trial, name="retention_trial"),
    path("trust/retention/holds/new/", retention.hold, name="retention_hold_new"),
    path("trust/retention/holds/<str:wanted>/end/", retention.lift, name="retention_hold_end"),
    path("trust/processing/", processing.record_page, name="processing_record"),
    path("trust/processing/<slug:code>/", processing.processor, name="processor"),
]
