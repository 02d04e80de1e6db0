"""/staff/profile/…: one's own account."""

from __future__ import annotations

from django.urls import path

from tresen.entrypoints.backoffice.profile import views

urlpatterns = [
    path("", views.profile, name="profile"),
    path("sessions/others/", views.end_others, name="profile_end_others"),
    path("sessions/<str:session>/", views.end, name="profile_end"),
]
