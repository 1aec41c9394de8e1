"""Addresses of pages on which vetting officers look after people."""

from django.urls import path

from ambassadors.views import board, checks, deciding, duplicates, said, searching, vetting

urlpatterns = [
    path("coordinator/vetting/", board.vetting_board, name="vetting_board"),
    path("coordinator/vetting/remind/<str:show>/", board.remind_waiting, name="remind_waiting"),
    path("coordinator/ambassadors/<int:pk>/remind/", board.remind_draft, name="remind_draft"),
    path("coordinator/ambassadors/", searching.ambassadors, name="ambassadors"),
    path("coordinator/ambassadors/export/", searching.export_ambassadors, name="export_ambassadors"),
    path("coordinator/ambassadors/searches/new/", searching.keep_search, name="keep_search"),
    path("coordinator/ambassadors/searches/<int:pk>/", searching.rename_search, name="rename_search"),
    path("coordinator/ambassadors/searches/<int:pk>/remove/", searching.remove_search, name="remove_search"),
    path("coordinator/ambassadors/<int:pk>/", vetting.ambassador, name="ambassador"),
    path("coordinator/ambassadors/<int:pk>/record/", vetting.record_requirement, name="record_requirement"),
    path("coordinator/ambassadors/<int:pk>/check/", checks.begin_check, name="begin_check"),
    path("coordinator/checks/<int:pk>/", checks.check, name="check"),
    path("coordinator/checks/<int:pk>/right/", checks.confirm_check_right, name="confirm_check_right"),
    path("coordinator/checks/<int:pk>/applied/", checks.apply_for_check, name="apply_for_check"),
    path("coordinator/checks/<int:pk>/issued/", checks.note_issued, name="note_issued"),
    path("coordinator/checks/<int:pk>/seen/", checks.see_certificate, name="see_certificate"),
    path("coordinator/checks/<int:pk>/withdraw/", checks.withdraw_check, name="withdraw_check"),
    path("coordinator/ambassadors/<int:pk>/ask/", deciding.ask_for_more, name="ask_for_more"),
    path("coordinator/ambassadors/<int:pk>/settle/", deciding.settle_asked, name="settle_asked"),
    path("coordinator/ambassadors/<int:pk>/talked/", deciding.settle_talk, name="settle_talk"),
    path("coordinator/ambassadors/<int:pk>/approve/", deciding.approve_application, name="approve_application"),
    path("coordinator/ambassadors/<int:pk>/decline/", deciding.decline_application, name="decline_application"),
    path("coordinator/ambassadors/<int:pk>/decline/confirm/", deciding.confirm_decline, name="confirm_decline"),
    path("coordinator/ambassadors/<int:pk>/decline/take-back/", deciding.take_back_decline, name="take_back_decline"),
    path("coordinator/ambassadors/<int:pk>/disclosure-scotland/", vetting.note_pvg_told, name="note_pvg_told"),
    path("coordinator/duplicates/", duplicates.duplicates, name="duplicates"),
    path("coordinator/duplicates/<int:one>/<int:other>/", duplicates.compare_records, name="compare_records"),
    path("coordinator/duplicates/<int:one>/<int:other>/merge/", duplicates.merge_people, name="merge_people"),
    path("coordinator/duplicates/<int:one>/<int:other>/apart/", duplicates.note_apart, name="note_apart"),
    path(
        "coordinator/duplicates/<int:one>/<int:other>/apart/take-back/",
        duplicates.take_back_apart,
        name="take_back_apart",
    ),
    path("coordinator/merges/<int:pk>/", duplicates.separate_people, name="separate_people"),
    path("coordinator/ambassadors/<int:pk>/said/", said.who_said_what, name="who_said_what"),
    path("coordinator/ambassadors/<int:pk>/said/<slug:field>/choose/", said.choose_word, name="choose_word"),
    path("coordinator/ambassadors/<int:pk>/same/", duplicates.same_person, name="same_person"),
    path("coordinator/holds/<int:pk>/lift/", vetting.lift_hold, name="lift_hold"),
]
