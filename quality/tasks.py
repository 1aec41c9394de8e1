"""Sweeps over visits that are over, and over suspensions: each may run twice, or late, and does no harm."""

from django.utils import timezone

from quality.operations import (
    case_mix,
    cases,
    complaint_sweeps,
    counting,
    doubts,
    employers,
    endorsing,
    feedback,
    following_up,
    forgetting,
    polls,
    releases,
    reminding,
    suspensions,
    telling_employers,
    thanking,
)


def invite_feedback() -> int:
    """Ask both sides of visits that are over."""
    return feedback.invite_feedback(at=timezone.now())


def remind_of_feedback() -> int:
    """Ask whoever has not said how a visit went once more."""
    return feedback.remind_of_feedback(at=timezone.now())


def settle_visits() -> int:
    """Settle visits where one side has been silent."""
    return feedback.settle_silent_visits(at=timezone.now())


def open_missed_cases() -> int:
    """Open a case about whoever did not come, or gave visits back too late."""
    return cases.open_missed_cases(at=timezone.now())


def reckon_case_mix() -> int:
    """Reckon anew what ratings are like; of how many."""
    return case_mix.reckon_case_mix(at=timezone.now()).ratings


def release_term() -> str:
    """Tell of the last term, once no form of it may come in; which term, or nothing."""
    return str(releases.release_term(at=timezone.now()) or "")


def tell_employers() -> int:
    """Tell employers of the last term, once the scheme has been told of it, and of nobody who has left; how many."""
    counting.forget_agreements(at=timezone.now())
    employers.forget_leads(at=timezone.now())
    return telling_employers.tell_employers(at=timezone.now())


def invite_follow_ups() -> int:
    """Ask some teachers what has become of the visits of eight weeks ago."""
    return following_up.invite_follow_ups(at=timezone.now())


def remind_of_follow_ups() -> int:
    """Ask once more whoever has not said what has become of a visit."""
    return following_up.remind_of_follow_ups(at=timezone.now())


def thank_for_year() -> int:
    """Thank everybody who visited schools in the school year that has ended."""
    return thanking.thank_for_year(at=timezone.now())


def forget_endorsements() -> int:
    """Throw away links to ambassadors' pages that have run out."""
    return endorsing.forget_endorsements(at=timezone.now())


def close_polls() -> int:
    """Close the polls of classes whose days are over."""
    return polls.close_polls(at=timezone.now())


def forget_remarks() -> int:
    """Delete what pupils wrote that has been told of for half a year."""
    return forgetting.forget_remarks(at=timezone.now())


def remind_of_reviews() -> int:
    """Tell safeguarding leads of suspensions that nobody has looked at in time."""
    return suspensions.remind_of_reviews(at=timezone.now())


def remind_of_worries() -> int:
    """Tell safeguarding leads of worries that wait longer than they may."""
    return reminding.remind_of_worries(at=timezone.now())


def forget_messages() -> int:
    """Delete what was written about visits that are long over, and their practical notes."""
    return forgetting.forget_messages(at=timezone.now())


def forget_arrivals() -> int:
    """Throw away from where forms came."""
    return doubts.forget_arrivals(at=timezone.now())


def remind_of_complaints() -> int:
    """Tell whoever sees to a complaint that its day is near, or over."""
    return complaint_sweeps.remind_of_complaints(at=timezone.now())


def close_unappealed() -> int:
    """Close complaints that were answered, and of which nobody asked for another look."""
    return complaint_sweeps.close_unappealed(at=timezone.now())


def forget_complaints() -> int:
    """Delete complaints that were closed six years ago."""
    return complaint_sweeps.forget_complaints(at=timezone.now())
