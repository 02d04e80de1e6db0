"""The back office's areas Trust and Settings: /staff/trust/…, /staff/settings/…."""

from __future__ import annotations

from tresen.domains.accounts.types import Permission
from tresen.entrypoints.policy.types import Rule, any_staff, staff

ROUTES: dict[str, Rule] = {
    "backoffice:backups": staff("GET", Permission.BACKUPS_SEE),
    "backoffice:backups_wish": staff("POST", Permission.BACKUPS_SEE),
    "backoffice:privacy_requests": staff("GET", Permission.PRIVACY_SEE),
    "backoffice:privacy_request": staff("GET", Permission.PRIVACY_SEE),
    "backoffice:privacy_request_new": staff("GET POST", Permission.PRIVACY_HANDLE),
    "backoffice:privacy_request_proof": staff("GET POST", Permission.PRIVACY_HANDLE),
    "backoffice:privacy_request_answer": staff("GET POST", Permission.PRIVACY_HANDLE),
    "backoffice:privacy_request_extension": staff("GET POST", Permission.PRIVACY_HANDLE),
    "backoffice:privacy_request_withdrawal": staff("POST", Permission.PRIVACY_HANDLE),
    "backoffice:privacy_request_restriction": staff("POST", Permission.PRIVACY_HANDLE),
    "backoffice:retention": staff("GET", Permission.PRIVACY_SEE),
    "backoffice:retention_trial": staff("POST", Permission.PRIVACY_HANDLE),
    "backoffice:retention_hold_new": staff("GET POST", Permission.PRIVACY_HANDLE),
    "backoffice:retention_hold_end": staff("GET POST", Permission.PRIVACY_HANDLE),
    "backoffice:processing_record": staff("GET", Permission.PRIVACY_SEE),
    "backoffice:processor": staff("GET POST", Permission.PRIVACY_HANDLE),
    "backoffice:risk_reviews": staff("GET", Permission.RISK_REVIEW),
    "backoffice:risk_review": staff("GET", Permission.RISK_REVIEW),
    "backoffice:risk_decision": staff("GET POST", Permission.RISK_REVIEW),
    "backoffice:risk_rules": staff(
        "GET POST", Permission.RISK_REVIEW, change=Permission.SETTINGS_CHANGE
    ),
    "backoffice:trust": any_staff("GET", Permission.TRUST_SEE),
    "backoffice:scripts": staff("GET", Permission.AUDIT_SEE),
    "backoffice:audit": staff("GET", Permission.AUDIT_SEE),
    "backoffice:audit_deed": staff("GET", Permission.AUDIT_SEE),
    "backoffice:affected": staff("GET", Permission.AUDIT_SEE),
    "backoffice:affected_file": staff("GET", Permission.AUDIT_SEE),
    "backoffice:incidents": staff("GET", Permission.INCIDENTS_HANDLE),
    "backoffice:new_incident": staff("GET POST", Permission.INCIDENTS_HANDLE),
    "backoffice:incident": staff("GET", Permission.INCIDENTS_HANDLE),
    "backoffice:incident_facts": staff("GET POST", Permission.INCIDENTS_HANDLE),
    "backoffice:incident_step": staff("GET POST", Permission.INCIDENTS_HANDLE),
    "backoffice:incident_persons": staff("GET POST", Permission.INCIDENTS_HANDLE),
    "backoffice:incident_authority": staff("GET", Permission.INCIDENTS_HANDLE),
    "backoffice:incident_letters": staff("GET POST", Permission.INCIDENTS_HANDLE),
    "backoffice:freeze": staff("GET POST", Permission.INCIDENTS_HANDLE),
    "backoffice:settings": staff("GET", Permission.SETTINGS_SEE),
    "backoffice:staff": staff("GET", Permission.STAFF_SEE),
    "backoffice:member": staff("GET", Permission.STAFF_SEE),
    "backoffice:invitation": staff("GET POST", Permission.STAFF_CHANGE),
    "backoffice:member_roles": staff("GET POST", Permission.STAFF_CHANGE),
    "backoffice:member_leaving": staff("POST", Permission.STAFF_CHANGE),
    "backoffice:member_return": staff("POST", Permission.STAFF_CHANGE),
    "backoffice:member_invitation": staff("POST", Permission.STAFF_CHANGE),
}
