"""Signing in behind the counter: /staff/account/…, pages of the sign-in library."""

from __future__ import annotations

from tresen.entrypoints.policy.types import Rule, link, public, staff_login

ROUTES: dict[str, Rule] = {
    "account_login": public("GET POST"),
    "staff_invitation": link("GET POST"),
    "account_inactive": public("GET"),
    "mfa_authenticate": public("GET POST"),
    "account_logout": public("GET POST"),
    "account_reauthenticate": staff_login("GET POST"),
    "account_change_password": staff_login("GET POST"),
    "mfa_reauthenticate": staff_login("GET POST"),
    "mfa_index": staff_login("GET"),
    "mfa_activate_totp": staff_login("GET POST"),
    "mfa_deactivate_totp": staff_login("GET POST"),
    "mfa_view_recovery_codes": staff_login("GET"),
    "mfa_generate_recovery_codes": staff_login("GET POST"),
    "mfa_download_recovery_codes": staff_login("GET"),
    "mfa_login_webauthn": public("GET POST"),
    "mfa_reauthenticate_webauthn": staff_login("GET POST"),
    "mfa_list_webauthn": staff_login("GET"),
    "mfa_add_webauthn": staff_login("GET POST"),
    "mfa_remove_webauthn": staff_login("GET POST"),
    "mfa_edit_webauthn": staff_login("GET POST"),
    "staff_was_this_you": link("GET POST"),
    "staff_undo": link("GET POST"),
    "staff_openid": public("POST"),
    "staff_openid_return": public("GET"),
    "staff_openid_link": staff_login("POST"),
    "staff_openid_unlink": staff_login("POST"),
}
