"""/de/account/… and /en/account/…."""

from __future__ import annotations

from django.urls import path

from tresen.entrypoints.storefront.account import (
    by_mail,
    factors,
    overview,
    places,
    security,
    sign_in,
    was_this_you,
)

urlpatterns = [
    path("", overview.account, name="account"),
    path("orders/<str:order>/again/", overview.again, name="account_again"),
    path("profile/", overview.profile, name="account_profile"),
    path("addresses/", places.places, name="account_places"),
    path("addresses/new/", places.new_place, name="account_new_place"),
    path("addresses/<str:place>/", places.place, name="account_place"),
    path("addresses/<str:place>/removal/", places.removal, name="account_place_removal"),
    path("security/", security.security, name="account_security"),
    path("sessions/<str:session>/end/", security.session_end, name="account_session_end"),
    path("password/", security.password, name="account_password"),
    path("password/removal/", security.password_removal, name="account_password_removal"),
    path("password/forgotten/", by_mail.forgotten, name="account_forgotten"),
    path("password/new/<str:token>/", by_mail.new_password, name="account_new_password"),
    path("address/", security.email, name="account_email"),
    path("address/new/<str:token>/", security.new_address, name="account_new_address"),
    path("passkeys/new/", factors.new_passkey, name="account_new_passkey"),
    path("passkeys/<int:factor>/", factors.passkey, name="account_passkey"),
    path("passkeys/<int:factor>/removal/", factors.passkey_removal, name="account_passkey_removal"),
    path("two-steps/", factors.second_step, name="account_two_steps"),
    path("two-steps/end/", factors.second_step_end, name="account_two_steps_end"),
    path("two-steps/codes/", factors.codes, name="account_codes"),
    path("was-this-you/<str:token>/", was_this_you.was_this_you, name="account_was_this_you"),
    path("undo/<str:token>/", security.undo, name="account_undo"),
    path("sign-in/", sign_in.sign_in, name="account_sign_in"),
    path("sign-in/passkey/", sign_in.by_passkey, name="account_by_passkey"),
    path("sign-in/mail/", by_mail.link, name="account_ask_link"),
    path("sign-up/", by_mail.sign_up, name="account_sign_up"),
    path("mailed/<str:token>/", by_mail.mailed, name="account_mailed"),
    path("link/<str:token>/", sign_in.by_link, name="account_link"),
    path("join/<str:token>/", by_mail.join, name="account_join"),
    path("second-step/<str:token>/", sign_in.second_step, name="account_second_step"),
    path("proof/", sign_in.proof, name="account_proof"),
    path("proof/mail/", by_mail.proof, name="account_proof_mail"),
    path("sign-out/", sign_in.sign_out, name="account_sign_out"),
]
