"""What stands in the address of a page that is about one thing: of which of the world's rows it is asked."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ambassadors.enums import Course
from bookings.queries.cards import card_token
from quality.given import year_of
from quality.views.concerns import concern_key
from stem.accounts.feeds import FeedKind, feed_key
from stem.letters.choices import stop_key
from stem.letters.kinds import LetterKind
from tests import make

if TYPE_CHECKING:
    from tests.architecture.world import World

# How the addresses that carry something are filled in, by the page's name.
ARGUMENTS: Mapping[str, Callable[["World"], dict[str, Any]]] = {
    **dict.fromkeys(
        ["confirm_succession", "decline_succession", "reopen_succession"],
        lambda world: {"pk": world.succession.pk},
    ),
    "register": lambda world: {"kind": world.load.kind},
    **dict.fromkeys(
        ["scheme_report", "export_scheme_report"],
        lambda world: {"year": world.release.term.year, "season": world.release.term.season},
    ),
    **dict.fromkeys(
        ["region_report", "export_region_report"],
        lambda world: {
            "year": world.release.term.year,
            "season": world.release.term.season,
            "pk": world.region.pk,
        },
    ),
    **dict.fromkeys(["load", "load_rejected", "undo_load"], lambda world: {"pk": world.load.pk}),
    **dict.fromkeys(["scheme", "describe_scheme"], lambda world: {"pk": world.sent_people.scheme_id}),
    **dict.fromkeys(
        ["upload", "settle_columns", "upload_rejected", "take_people_in", "throw_away_upload"],
        lambda world: {"pk": world.sent_people.pk},
    ),
    **dict.fromkeys(["employer", "add_spelling", "invite_lead"], lambda world: {"pk": world.employer.pk}),
    "remove_spelling": lambda world: {"pk": world.employer.spellings.all()[0].pk},
    "end_lead": lambda world: {"pk": world.employer_lead.pk},
    "accept_invitation": lambda world: {"token": world.token("accept_invitation", world.invited_lead.pk)},
    "allow_losses": lambda world: {"pk": world.refused_load.pk},
    **dict.fromkeys(["offer_oneself", "no_longer_offer_oneself"], lambda world: {"pk": world.willing.request_id}),
    "remove_own_visit": lambda world: {"pk": world.own_visit.pk},
    "remove_calendar": lambda world: {"pk": world.own_calendar.pk},
    "logo": lambda world: {"digest": world.logo.digest},
    **dict.fromkeys(["end_role", "reset_factor"], lambda world: {"pk": world.grant.pk}),
    "end_session": lambda _: {"reference": "of-nobody-s"},
    **dict.fromkeys(
        ["begin_with_provider", "openid_connect_callback", "disconnect_account"], lambda _: {"provider_id": "nobody-s"}
    ),
    "stop_letters": lambda world: {"key": stop_key(world.contact.user, LetterKind.RECEIPTS)},
    "what_we_hold_about": lambda _: {"subject": "profile"},
    **dict.fromkeys(
        [
            "staff_letter",
            "letter_preview",
            "edit_letter",
            "hold_letter",
            "release_letter",
            "retry_letter",
            "cancel_letter",
        ],
        lambda world: {"pk": world.letter.pk},
    ),
    # no texts are sent here, and no page of theirs stands: whichever it is of
    **dict.fromkeys(["staff_text", "hold_text", "release_text", "retry_text", "cancel_text"], lambda _: {"pk": 1}),
    "change_region": lambda world: {"slug": world.region.slug},
    "set_policy_value": lambda _: {"key": "offer_hours"},
    "confirm_policy_value": lambda world: {"pk": world.number.pk},
    **dict.fromkeys(
        ["compare_records", "merge_people", "note_apart", "take_back_apart"],
        lambda world: {"one": world.pair.one_id, "other": world.pair.other_id},
    ),
    "separate_people": lambda world: {"pk": world.merge.pk},
    "who_said_what": lambda world: {"pk": world.ambassador.pk},
    "choose_word": lambda world: {"pk": world.ambassador.pk, "field": "phone"},
    "same_person": lambda world: {"pk": world.ambassador.pk},
    **dict.fromkeys(
        ["ambassador", "record_requirement", "set_hold", "photo", "confirm_photo", "leave_scheme_for", "note_pvg_told"],
        lambda world: {"pk": world.ambassador.pk},
    ),
    **dict.fromkeys(
        [
            "begin_check",
            "approve_application",
            "decline_application",
            "confirm_decline",
            "take_back_decline",
            "ask_for_more",
            "settle_asked",
            "settle_talk",
            "remind_draft",
        ],
        lambda world: {"pk": world.applicant.pk},
    ),
    **dict.fromkeys(
        [
            *("check", "confirm_check_right", "apply_for_check", "note_issued"),
            *("see_certificate", "clear_check", "withdraw_check"),
        ],
        lambda world: {"pk": world.applicant.checks.all()[0].pk},
    ),
    **dict.fromkeys(["rename_search", "remove_search"], lambda world: {"pk": world.kept_search.pk}),
    **dict.fromkeys(["ask_update_service", "record_update_answer"], lambda world: {"pk": world.relied_on.pk}),
    **dict.fromkeys(
        [
            "check_to_weigh",
            "record_view",
            "note_disclosure",
            "decide_check",
            "hear_appeal",
            "who_saw_check",
            "bar_from_work",
        ],
        lambda world: {"pk": world.weighed.pk},
    ),
    "date_membership": lambda world: {"pk": world.membership.pk},
    "withdraw_requirement": lambda world: {"pk": world.applicant.requirements.all()[0].pk},
    "remind_waiting": lambda _: {"show": "person"},
    "lift_hold": lambda world: {"pk": world.hold.pk},
    "cannot_join_yet": lambda _: {"because": "adult"},
    **dict.fromkeys(
        ["ask_referee_again", "withdraw_referee", "reference", "accept_reference", "not_accept_reference"],
        lambda world: {"pk": world.referee.pk},
    ),
    **dict.fromkeys(
        ["answer_notice", "refuse_notice"], lambda world: {"token": world.token("answer_notice", world.brought.pk)}
    ),
    **dict.fromkeys(["known_here", "refuse_known"], lambda world: world.known_and_no_argument()),
    "note_told": lambda world: {"pk": world.unreached.pk},
    "say_no_for": lambda world: {"pk": world.brought.pk},
    "give_reference": lambda world: {"token": world.token("give_reference", world.referee.pk)},
    **dict.fromkeys(
        [
            *("offer", "accept_offer", "decline_offer", "withdraw_offer", "answer_for"),
            *("name_other_times", "ask_there_again", "no_longer_in_reserve"),
        ],
        lambda world: {"pk": world.offer.pk},
    ),
    **dict.fromkeys(["write_outline", "agree_to_outline"], lambda world: {"pk": world.prepared.visit_id}),
    "write_outline_for": lambda world: {"pk": world.prepared.visit.seats.all()[0].pk},
    "write_risk_assessment": lambda world: {"pk": world.maybe_practical.pk},
    "write_risk_assessment_for": lambda world: {"pk": world.sent_back.visit.seats.all()[0].pk},
    **dict.fromkeys(
        [*("risk_assessment", "accept_risk_assessment", "send_back_risk_assessment", "agree_to_high_risk")],
        lambda world: {"pk": world.risky.pk},
    ),
    "visit_messages": lambda world: {"pk": world.written.visit_id},
    "reconfirm": lambda world: {"token": world.token("reconfirm", world.asked_again.pk)},
    **dict.fromkeys(
        ["as_agreed", "as_agreed_for_school", "visit_pack", "visit_reception"],
        lambda world: {"pk": world.asked_again.visit_id},
    ),
    "as_agreed_for_seat": lambda world: {"pk": world.asked_again.seat_id},
    "accept_after_all": lambda world: {"pk": world.declined.pk},
    "keep_in_reserve": lambda world: {"pk": world.superseded.pk},
    **dict.fromkeys(["other_time", "answer_other_time_for"], lambda world: {"pk": world.countered.pk}),
    "answer_other_time": lambda world: {"token": world.token("answer_other_time", world.countered.pk)},
    **dict.fromkeys(
        ["confirm_calendar_reply", "dismiss_calendar_reply"], lambda world: {"pk": world.calendar_reply.pk}
    ),
    "no_longer_away": lambda world: {"pk": world.days_away.pk},
    "answer_offer": lambda world: {"token": world.token("answer_offer", world.offer.pk)},
    **dict.fromkeys(
        [
            *("give_up_seat", "visit_calendar", "cancel_visit_for_scheme", "confirm_visit_for_school"),
            *("add_shadow_place", "refuse_shadow_for"),
        ],
        lambda world: {"pk": world.agreed.pk},
    ),
    **dict.fromkeys(["give_up_seat_for", "swap_person"], lambda world: {"pk": world.agreed.seats.all()[0].pk}),
    "settle_visit": lambda world: {"pk": world.past.pk},
    "invite_shadow": lambda world: {"pk": world.with_room_to_watch.pk},
    "refuse_shadow": lambda world: {"pk": world.watched.pk},
    "calendar_feed": lambda world: {"key": feed_key(world.contact.user)},
    "busy_feed": lambda world: {"key": feed_key(world.contact.user, FeedKind.BUSY)},
    **dict.fromkeys(
        [
            *("coordinate_request", "open_request", "give_up_request", "invite_ambassador"),
            *("compare_candidates", "who_misses", "what_would_help"),
        ],
        lambda world: {"pk": world.visit.request_id},
    ),
    "ask_this_person": lambda world: {"pk": world.visit.request_id, "person": world.missing_by_stage.pk},
    "how_people_are_asked": lambda world: {"pk": world.passing_others.request_id},
    "share_of_request": lambda world: {"pk": world.passing_others.request_id},
    **dict.fromkeys(
        ["approve_contact", "decline_contact"],
        lambda _: {"pk": make.contact(approved=False).pk},
    ),
    **dict.fromkeys(
        ["approve_colleague", "decline_colleague"],
        lambda world: {"pk": make.contact(school=world.contact.school, approved=False).pk},
    ),
    **dict.fromkeys(
        ["hand_over_lead", "end_colleague", "end_contact", "make_lead"],
        lambda world: {"pk": world.colleague.pk},
    ),
    **dict.fromkeys(["change_school_person", "forget_school_person"], lambda world: {"pk": world.person.pk}),
    "open_again": lambda world: {"pk": world.closure.pk},
    **dict.fromkeys(["copy_authority_dates", "drop_school_dates"], lambda world: {"year": world.closure.of_year.year}),
    "forget_authority_dates": lambda world: {"pk": world.authority_year.pk},
    "remove_school_domain": lambda world: {"pk": world.domain.pk},
    **dict.fromkeys(
        ["ask_person_again", "somebody_else_next_time", "welcome_again"],
        lambda world: {"pk": world.came.seats.all()[0].pk},
    ),
    **dict.fromkeys(["not_there_again", "go_there_again"], lambda world: {"pk": world.came.pk}),
    "ask_for_anyone": lambda world: {"pk": world.draft.pk},
    **dict.fromkeys(
        ["school", "school_kept_apart", "add_school_domain"], lambda world: {"pk": world.contact.school_id}
    ),
    "claim_this_school": lambda world: {"pk": world.contact.school_id},
    "school_claimed": lambda world: {"pk": world.contact.pk},
    "edit_request": lambda world: {"pk": world.draft.pk, "step": "times"},
    "coverage_school": lambda world: {"pk": world.covered.school_id},
    "write_to_school": lambda world: {"pk": world.uninvited.school_id},
    "note_call": lambda world: {"pk": world.uninvited.school_id},
    "note_answer": lambda world: {"pk": world.invited.pk},
    "could_come": lambda world: {"pk": world.draft.pk, "step": "class"},
    **dict.fromkeys(["check_request", "discard_request"], lambda world: {"pk": world.draft.pk}),
    **dict.fromkeys(
        ["request", "request_sent", "withdraw_request", "ask_again", "more_times", "hand_over_request"],
        lambda world: {"pk": world.visit.request_id},
    ),
    **dict.fromkeys(
        ["visit", "confirm_visit", "ask_for_someone_else", "cancel_visit", "propose_time"],
        lambda world: {"pk": world.matched.pk},
    ),
    **dict.fromkeys(["proposal", "withdraw_proposal"], lambda world: {"pk": world.proposal.pk}),
    **dict.fromkeys(["change_arrangements", "set_lessons"], lambda world: {"pk": world.proposal.visit_id}),
    **dict.fromkeys(["visit_card", "visit_card_photo"], lambda world: {"pk": world.today.seats.all()[0].pk}),
    **dict.fromkeys(["check_card", "checked_photo"], lambda world: {"token": card_token(world.today.seats.all()[0])}),
    "visitor_photo": lambda world: {"pk": world.matched.seats.all()[0].pk},
    "give_feedback": lambda world: {"token": world.token("give_feedback", world.asked.pk)},
    **dict.fromkeys(["feedback", "read_feedback", "correct_feedback"], lambda world: {"pk": world.told.pk}),
    **dict.fromkeys(
        [
            "comment",
            "release_comment",
            "redact_comment",
            "keep_comment",
            "hold_comment",
            "escalate_comment",
            "take_back_comment",
            "let_employer_read",
            "keep_from_employer",
        ],
        lambda world: {"pk": world.comment.pk},
    ),
    "confirm_address": lambda world: {"pk": world.asked.pk},
    "look_at_oddity": lambda world: {"pk": world.oddity.pk},
    **dict.fromkeys(
        ["case", "take_case", "note_on_case", "ask_for_reply", "reply_by_phone", "decide_case"],
        lambda world: {"pk": world.case.pk},
    ),
    "give_follow_up": lambda world: {"token": world.token("give_follow_up", world.follow_up.pk)},
    **dict.fromkeys(
        ["certificates", "endorsement", "make_endorsement", "end_endorsement"],
        lambda world: world.praised_and_no_argument(),
    ),
    "certificate": lambda world: {"year": year_of(world.praised.visit.starts_at)},
    "shown_endorsement": lambda world: {"token": world.endorsement_token},
    "answer_poll": lambda world: {"code": world.poll.code},
    **dict.fromkeys(
        ["class_poll", "poll_board", "open_poll_now", "end_poll"], lambda world: {"pk": world.poll.visit_id}
    ),
    "count_hands": lambda world: {"pk": world.by_hands.visit_id},
    **dict.fromkeys(
        ["poll", "count_poll", "leave_out_poll", "read_remarks"], lambda world: {"pk": world.stopped_poll.pk}
    ),
    "review": lambda world: {"pk": world.review.pk},
    **dict.fromkeys(
        ["course", "start_quiz", "course_versions", "edit_course"], lambda _: {"slug": Course.INDUCTION.value}
    ),
    "lesson": lambda _: {"slug": Course.INDUCTION.value, "lesson": "never-alone"},
    "quiz": lambda world: {"pk": world.quiz.pk, "place": 2},
    **dict.fromkeys(["check_quiz", "finish_quiz"], lambda world: {"pk": world.quiz.pk}),
    "quiz_result": lambda world: {"pk": world.failed_quiz.pk},
    **dict.fromkeys(
        ["preview_course", "publish_course", "discard_draft"], lambda world: {"slug": world.course_draft.course}
    ),
    "preview_lesson": lambda world: {"slug": world.course_draft.course, "lesson": "who"},
    **dict.fromkeys(
        ["course_version", "go_back_to_version"],
        lambda world: {"slug": world.edition.course, "number": world.edition.number},
    ),
    "raise_concern_about": lambda world: {"key": concern_key(world.agreed.pk)},
    "my_complaint": lambda world: {"key": world.answered_complaint.key},
    "appeal_complaint": lambda world: {"key": world.answered_complaint.key},
    **dict.fromkeys(
        [
            *("complaint", "acknowledge_complaint", "assign_complaint", "investigate_complaint", "note_on_complaint"),
            *("respond_to_complaint", "propose_repeat", "keep_investigating", "confirm_repeat", "answer_appeal"),
            *("withdraw_complaint", "reroute_complaint"),
        ],
        lambda world: {"pk": world.complaint.pk},
    ),
    "end_absence": lambda world: {"pk": world.absence.pk},
    "suspend": lambda world: {"pk": world.ambassador.pk},
    **dict.fromkeys(
        ["suspension", "review_suspension", "propose_lift", "lift_suspension"],
        lambda world: {"pk": world.suspension.pk},
    ),
    "forget_officer": lambda world: {"pk": world.officer.pk},
    **dict.fromkeys(
        [
            *("concern", "triage_concern", "note_on_concern", "pass_on_concern", "refer_concern", "record_outcome"),
            *("record_actions", "propose_close", "keep_open", "close_concern", "break_glass"),
            *("answer_referral", "confirm_not_met", "record_report"),
        ],
        lambda world: {"pk": world.concern.pk},
    ),
}
