"""Addresses of feedback and of worries."""

from django.urls import path

from quality.views import cases, concerns, encounters, feedback, held, suspensions, words

urlpatterns = [
    path("account/what-we-hold/", held.what_we_hold, name="what_we_hold"),
    path("account/what-we-hold/<slug:subject>/", held.what_we_hold_about, name="what_we_hold_about"),
    path("school/encounters/", encounters.school_encounters, name="school_encounters"),
    path("school/encounters/file/", encounters.export_encounters, name="export_encounters"),
    path("feedback/sent/", feedback.feedback_sent, name="feedback_sent"),
    path("feedback/<str:token>/", feedback.give_feedback, name="give_feedback"),
    path("quality/feedback/", feedback.feedback_list, name="feedback_list"),
    path("quality/feedback/<int:pk>/", feedback.feedback, name="feedback"),
    path("quality/feedback/<int:pk>/read/", feedback.read_feedback, name="read_feedback"),
    path("quality/feedback/<int:pk>/share/", words.share_words, name="share_words"),
    path("quality/feedback/<int:pk>/take-back/", words.take_back_words, name="take_back_words"),
    path("quality/cases/", cases.cases, name="cases"),
    path("quality/cases/<int:pk>/", cases.case, name="case"),
    path("quality/cases/<int:pk>/take/", cases.take_case, name="take_case"),
    path("quality/cases/<int:pk>/note/", cases.note_on_case, name="note_on_case"),
    path("quality/cases/<int:pk>/ask/", cases.ask_for_reply, name="ask_for_reply"),
    path("quality/cases/<int:pk>/their-side/", cases.reply_by_phone, name="reply_by_phone"),
    path("quality/cases/<int:pk>/decide/", cases.decide_case, name="decide_case"),
    path("ambassador/reviews/", cases.reviews, name="reviews"),
    path("ambassador/reviews/<int:pk>/", cases.review, name="review"),
    path("ambassador/words/", words.words_of_schools, name="words_of_schools"),
    path("school/words/", words.words_of_ambassadors, name="words_of_ambassadors"),
    path("concern/", concerns.raise_concern, name="raise_concern"),
    path("concern/received/", concerns.concern_raised, name="concern_raised"),
    path("concern/<str:key>/", concerns.raise_concern_about, name="raise_concern_about"),
    path("safeguarding/", concerns.concerns, name="concerns"),
    path("safeguarding/<int:pk>/", concerns.concern, name="concern"),
    path("safeguarding/<int:pk>/triage/", concerns.triage_concern, name="triage_concern"),
    path("safeguarding/<int:pk>/close/", concerns.close_concern, name="close_concern"),
    path("suspensions/", suspensions.suspensions, name="suspensions"),
    path("suspensions/people/<int:pk>/", suspensions.suspend, name="suspend"),
    path("suspensions/absences/<int:pk>/end/", suspensions.end_absence, name="end_absence"),
    path("suspensions/<int:pk>/", suspensions.suspension, name="suspension"),
    path("suspensions/<int:pk>/review/", suspensions.review_suspension, name="review_suspension"),
    path("suspensions/<int:pk>/propose/", suspensions.propose_lift, name="propose_lift"),
    path("suspensions/<int:pk>/lift/", suspensions.lift_suspension, name="lift_suspension"),
]
