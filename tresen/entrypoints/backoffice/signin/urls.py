"""/staff/account/…: only what staff needs of the sign-in library's pages, and the company's."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from tresen.entrypoints.backoffice.signin import answers, openid
from tresen.entrypoints.backoffice.signin.telling import told
from tresen.entrypoints.shared.throttle import throttled

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", told(account.password_change), name="account_change_password"),
    path("second-factor/", factors.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("factors/", factors.index, name="mfa_index"),
    path("factors/app/", told(totp.activate_totp), name="mfa_activate_totp"),
    path("factors/app/off/", told(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("factors/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "factors/codes/new/",
        told(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("factors/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkey/", throttled("passkey")(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("passkey/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("factors/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("factors/passkeys/new/", told(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "factors/passkeys/<int:pk>/off/",
        told(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("factors/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("was-this-you/<str:token>/", answers.was_this_you, name="staff_was_this_you"),
    path("undo/<str:token>/", answers.undo, name="staff_undo"),
    path("openid/", openid.leave, name="staff_openid"),
    path("openid/return/", openid.arrive, name="staff_openid_return"),
    path("openid/link/", openid.link, name="staff_openid_link"),
    path("openid/unlink/", openid.unlink, name="staff_openid_unlink"),
]
