"""Addresses of pages on which vetting officers look after people."""

from django.urls import path

from ambassadors.views import vetting

urlpatterns = [
    path("coordinator/ambassadors/", vetting.ambassadors, name="ambassadors"),
    path("coordinator/ambassadors/<int:pk>/", vetting.ambassador, name="ambassador"),
    path("coordinator/ambassadors/<int:pk>/record/", vetting.record_requirement, name="record_requirement"),
    path("coordinator/requirements/<int:pk>/confirm/", vetting.confirm_check, name="confirm_check"),
    path("coordinator/requirements/<int:pk>/withdraw/", vetting.withdraw_requirement, name="withdraw_requirement"),
    path("coordinator/ambassadors/<int:pk>/approve/", vetting.approve_application, name="approve_application"),
    path("coordinator/ambassadors/<int:pk>/decline/", vetting.decline_application, name="decline_application"),
    path("coordinator/ambassadors/<int:pk>/hold/", vetting.set_hold, name="set_hold"),
    path("coordinator/holds/<int:pk>/lift/", vetting.lift_hold, name="lift_hold"),
]
