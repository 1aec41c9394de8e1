"""Addresses of the pages on which coordinators run a region."""

from django.urls import path

from bookings.views import (
    assessing,
    choosing,
    coordination,
    diaries,
    inbox,
    leaving,
    matchmaking,
    oversight,
    sharing,
    standing,
    updates,
)

urlpatterns = [
    path("coordinator/", inbox.coordinator_home, name="coordinator_home"),
    path("coordinator/requests/", oversight.requests, name="requests"),
    path("coordinator/requests/<int:pk>/", matchmaking.coordinate_request, name="coordinate_request"),
    path("coordinator/requests/<int:pk>/open/", matchmaking.open_request, name="open_request"),
    path("coordinator/requests/<int:pk>/give-up/", matchmaking.give_up_request, name="give_up_request"),
    path("coordinator/requests/<int:pk>/invite/", matchmaking.invite_ambassador, name="invite_ambassador"),
    path("coordinator/requests/<int:pk>/compare/", choosing.compare_candidates, name="compare_candidates"),
    path("coordinator/requests/<int:pk>/misses/", choosing.who_misses, name="who_misses"),
    path("coordinator/requests/<int:pk>/misses/<int:person>/", choosing.ask_this_person, name="ask_this_person"),
    path("coordinator/requests/<int:pk>/turn/", sharing.share_of_request, name="share_of_request"),
    path("coordinator/offers/<int:pk>/withdraw/", matchmaking.withdraw_offer, name="withdraw_offer"),
    path("coordinator/offers/<int:pk>/answer/", matchmaking.answer_for, name="answer_for"),
    path("coordinator/diary/", diaries.region_diary, name="region_diary"),
    path("coordinator/visits/remind/", inbox.remind_at_risk, name="remind_at_risk"),
    path("coordinator/visits/", oversight.visits, name="visits"),
    path(
        "coordinator/visits/<int:pk>/confirm/", coordination.confirm_visit_for_school, name="confirm_visit_for_school"
    ),
    path("coordinator/visits/<int:pk>/cancel/", coordination.cancel_visit_for_scheme, name="cancel_visit_for_scheme"),
    path("coordinator/visits/<int:pk>/settle/", coordination.settle_visit, name="settle_visit"),
    path("coordinator/seats/<int:pk>/cannot-come/", coordination.give_up_seat_for, name="give_up_seat_for"),
    path("coordinator/requirements/<int:pk>/withdraw/", standing.withdraw_requirement, name="withdraw_requirement"),
    path("coordinator/requirements/<int:pk>/last-day/", standing.date_membership, name="date_membership"),
    path("coordinator/checks/<int:pk>/confirm/", assessing.clear_check, name="clear_check"),
    path("coordinator/checks/<int:pk>/status/", updates.ask_update_service, name="ask_update_service"),
    path("coordinator/checks/<int:pk>/answer/", updates.record_update_answer, name="record_update_answer"),
    path("weighing/", assessing.checks_to_weigh, name="checks_to_weigh"),
    path("weighing/<int:pk>/", assessing.check_to_weigh, name="check_to_weigh"),
    path("weighing/<int:pk>/view/", assessing.record_view, name="record_view"),
    path("weighing/<int:pk>/note/", assessing.note_disclosure, name="note_disclosure"),
    path("weighing/<int:pk>/decide/", assessing.decide_check, name="decide_check"),
    path("weighing/<int:pk>/appeal/", assessing.hear_appeal, name="hear_appeal"),
    path("weighing/<int:pk>/seen/", assessing.who_saw_check, name="who_saw_check"),
    path("weighing/<int:pk>/barred/", assessing.bar, name="bar_from_work"),
    path("coordinator/ambassadors/<int:pk>/hold/", standing.set_hold, name="set_hold"),
    path("coordinator/contacts/<int:pk>/end/", leaving.end_contact, name="end_contact"),
    path("coordinator/schools/", oversight.schools, name="schools"),
    path("coordinator/schools/<int:pk>/", oversight.school, name="school"),
]
