"""The addresses of sign-in and of a person's own account."""

from allauth.account import views as account_pages
from allauth.mfa.recovery_codes import views as recovery_pages
from allauth.mfa.totp import views as app_pages
from allauth.mfa.webauthn import views as passkey_pages
from django.urls import include, path

from stem.access import freshly_confirmed, fully_proven
from stem.accounts.views import account as views
from stem.accounts.views import confirming, factors, providers, sessions

# The library's pages that change how one signs in: its own question whether it is still you takes a password from
# someone who has a second factor, and asks nobody who has neither.
guarded_pages = [
    path("account/email/", freshly_confirmed(account_pages.email), name="account_email"),
    path("account/password/change/", freshly_confirmed(account_pages.password_change), name="account_change_password"),
    path("account/password/set/", freshly_confirmed(account_pages.password_set), name="account_set_password"),
    path("account/second-factor/totp/activate/", fully_proven(app_pages.activate_totp), name="mfa_activate_totp"),
    path(
        "account/second-factor/totp/deactivate/",
        freshly_confirmed(app_pages.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path("account/second-factor/webauthn/add/", fully_proven(passkey_pages.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/second-factor/webauthn/keys/<int:pk>/remove/",
        freshly_confirmed(passkey_pages.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/second-factor/webauthn/keys/<int:pk>/edit/",
        freshly_confirmed(passkey_pages.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "account/second-factor/recovery-codes/",
        freshly_confirmed(recovery_pages.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/recovery-codes/download/",
        freshly_confirmed(recovery_pages.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(
        "account/second-factor/recovery-codes/generate/",
        freshly_confirmed(recovery_pages.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]

urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/teacher/", views.join_teacher, name="join_teacher"),
    path("join/ambassador/", views.join_ambassador, name="join_ambassador"),
    path("join/you/", providers.join_with_provider, name="socialaccount_signup"),
    path("account/signup/", views.join_somehow, name="account_signup"),
    path("account/confirm/", confirming.confirm_by_letter, name="confirm_by_letter"),
    path("account/confirm/send/", confirming.send_confirming_code, name="send_confirming_code"),
    path("account/sessions/", sessions.my_sessions, name="my_sessions"),
    path("account/sessions/end/", sessions.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<slug:reference>/end/", sessions.end_session, name="end_session"),
    path("account/second-factor/choose/", factors.choose_factor, name="choose_factor"),
    path("account/second-factor/ready/", factors.go_on_with_factor, name="go_on_with_factor"),
    path("account/connected/", providers.connected_accounts, name="connected_accounts"),
    path("account/connected/known/", providers.account_known, name="account_known"),
    path("account/connected/known/connect/", providers.connect_known, name="connect_known"),
    path("account/connected/<slug:provider_id>/end/", providers.disconnect_account, name="disconnect_account"),
    path("account/with/<slug:provider_id>/", providers.begin_with_provider, name="begin_with_provider"),
    path("account/with/<slug:provider_id>/callback/", providers.provider_callback, name="openid_connect_callback"),
    *guarded_pages,
    path("account/", include("allauth.account.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("staff/people/", views.staff_people, name="staff_people"),
    path("staff/people/grant/", views.grant_role, name="grant_role"),
    path("staff/people/<int:pk>/end/", views.end_role, name="end_role"),
    path("staff/people/<int:pk>/second-factor/", views.reset_factor, name="reset_factor"),
]
