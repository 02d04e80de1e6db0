"""/staff/approvals/…: what needs a second person."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from tresen.entrypoints.backoffice.approvals import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("approvals/", views.approvals, name="approvals"),
    path("approvals/lists/<slug:list_name>/", views.export_wish, name="export_wish"),
    path("approvals/<str:approval>/", views.approval, name="approval"),
    path("approvals/<str:approval>/allowance/", views.allowance, name="approval_allowance"),
    path("approvals/<str:approval>/refusal/", views.refusal, name="approval_refusal"),
]
