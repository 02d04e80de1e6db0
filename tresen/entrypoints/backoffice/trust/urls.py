"""/staff/trust/…"""

from __future__ import annotations

from django.urls import path

from tresen.entrypoints.backoffice.trust import views, watching
from tresen.entrypoints.backoffice.trust.audit import affected
from tresen.entrypoints.backoffice.trust.audit import views as audit
from tresen.entrypoints.backoffice.trust.incidents import freezing, notices
from tresen.entrypoints.backoffice.trust.incidents import views as incidents

urlpatterns = [
    path("trust/", views.trust, name="trust"),
    path("trust/audit/", audit.audit, name="audit"),
    path("trust/audit/affected/", affected.affected, name="affected"),
    path("trust/audit/affected/file/", affected.affected_file, name="affected_file"),
    path("trust/audit/<str:deed>/", audit.deed, name="audit_deed"),
    path("trust/scripts/", watching.scripts, name="scripts"),
    path("trust/freeze/", freezing.freeze, name="freeze"),
    path("trust/incidents/", incidents.incidents, name="incidents"),
    path("trust/incidents/new/", incidents.new_incident, name="new_incident"),
    path("trust/incidents/<str:incident>/", incidents.incident, name="incident"),
    path("trust/incidents/<str:incident>/facts/", incidents.facts, name="incident_facts"),
    path("trust/incidents/<str:incident>/step/", incidents.step, name="incident_step"),
    path("trust/incidents/<str:incident>/persons/", incidents.persons, name="incident_persons"),
    path("trust/incidents/<str:incident>/authority/", notices.authority, name="incident_authority"),
    path("trust/incidents/<str:incident>/letters/", notices.letters, name="incident_letters"),
]
