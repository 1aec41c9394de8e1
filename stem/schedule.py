"""Every recurring job, one a line. `sync_schedule` makes the queue's own table say the same.

A job is a sweep over rows that may run twice or late; none of them is needed for the truth of a date (rule V-04).
"""

from dataclasses import dataclass

from django.db import transaction
from django_q.models import Schedule


@dataclass(frozen=True)
class Job:
    """A function that runs again and again: every so many minutes, or when a cron line (London time) says."""

    name: str
    path: str
    when: int | str
    why: str


JOBS = (
    Job("Send letters", "stem.letters.tasks.send_due_letters", 1, "reminders fall due, and failed tries are repeated"),
    Job("Send texts", "stem.texts.tasks.send_due_texts", 1, "what waited for the morning, and failed tries (T-42)"),
    Job("Lapse offers", "bookings.tasks.lapse_offers", 1, "whoever does not answer makes room for the next (E-32)"),
    Job("Remind the asked", "bookings.tasks.remind_asked", 5, "an answer is forgotten more often than refused (E-32)"),
    Job("Ask the next", "bookings.tasks.ask_next", 1, "a search goes on by itself, with nobody's hand (E-32)"),
    Job("Lapse proposals", "bookings.tasks.lapse_proposals", 5, "a visit that stays where it is is known to stay"),
    Job("Give back visits", "bookings.tasks.give_back_lapsed", "0 5 * * *", "who comes is cleared on the day (V-04)"),
    Job("Ask again", "bookings.tasks.ask_again", 15, "both sides say shortly before that all is as agreed (5.6)"),
    Job("Reckon priorities", "bookings.tasks.reckon_priorities", 15, "each day's queue is in its order (6.2)"),
    Job("Reckon coverage", "bookings.tasks.reckon_coverage", "0 3 * * *", "schools that never ask are seen (6.3)"),
    Job("List schools", "bookings.tasks.list_schools", "30 4 * * *", "each month some are invited to ask (E-20)"),
    Job("See who asked", "bookings.tasks.follow_up_invitations", 60, "what came of inviting them is seen (E-20)"),
    Job("Seal the record", "stem.audit.tasks.seal_record", 5, "what was written can be proved unchanged (L-01)"),
    Job("Tell the seal", "stem.audit.tasks.tell_seal", "30 5 * * *", "it proves most out of reach (L-01)"),
    Job("Settle visits", "quality.tasks.settle_visits", 30, "a visit that nobody disputes has taken place"),
    Job("Invite feedback", "quality.tasks.invite_feedback", 15, "both sides are asked while they remember"),
    Job("Close polls", "quality.tasks.close_polls", 15, "what pupils said is told once, when all is in (N-02)"),
    Job("Follow up visits", "quality.tasks.invite_follow_ups", "0 10 * * *", "what stays of one shows later (2.2)"),
    Job("Remind later", "quality.tasks.remind_of_follow_ups", "10 10 * * *", "one letter is easily forgotten (2.2)"),
    Job("Thank for a year", "quality.tasks.thank_for_year", "30 9 * 9 *", "a year of visits is thanked for once"),
    Job("Forget endorsements", "quality.tasks.forget_endorsements", "55 4 * * *", "a link that ran out opens nothing"),
    Job("Open cases", "quality.tasks.open_missed_cases", 60, "whoever did not come is spoken with in two days (R4)"),
    Job("Reckon the usual", "quality.tasks.reckon_case_mix", "50 2 * * *", "kinds of visit are rated unlike (S-02)"),
    Job("Tell of a term", "quality.tasks.release_term", "20 3 * * *", "it is told once, when all has come in (N-02)"),
    Job("Tell employers", "quality.tasks.tell_employers", "40 3 * * *", "their people have given it: told once (N-02)"),
    Job(
        "Remind of feedback",
        "quality.tasks.remind_of_feedback",
        "0 9 * * *",
        "seven of ten answer when asked again (S-23)",
    ),
    Job("Forget networks", "quality.tasks.forget_arrivals", 60, "from where a form came is known for a day (G-08)"),
    Job("Call learners back", "ambassadors.tasks.call_learners_back", 15, "a course that changed is to be taken again"),
    Job("Chase references", "ambassadors.tasks.chase_referees", "0 9 * * *", "a silent referee keeps someone waiting"),
    Job("Remind of renewals", "ambassadors.tasks.remind_of_renewals", "0 7 * * *", "what runs out is renewed (V-04)"),
    Job("Review suspensions", "quality.tasks.remind_of_reviews", "0 8 * * *", "nobody stays suspended unseen (V-72)"),
    Job("Remind of worries", "quality.tasks.remind_of_worries", 15, "a worry is looked at within hours (2.9)"),
    Job("Remind of complaints", "quality.tasks.remind_of_complaints", "5 8 * * *", "an answer is due in 20 days (2.9)"),
    Job("Close complaints", "quality.tasks.close_unappealed", "35 0 * * *", "nobody asked for another look (2.9)"),
    Job("Forget complaints", "quality.tasks.forget_complaints", "55 4 * * *", "6 years after they are closed (3.4)"),
    Job("Read registers", "stem.loads.tasks.look_for_waiting_files", 1, "what a killed worker left is begun again"),
    Job("Tend registers", "stem.loads.tasks.follow_up_all", "15 2 * * *", "what a load asks for is caught up if lost"),
    Job("Clear letters", "stem.letters.tasks.clear_old_letters", "30 3 * * *", "letters are kept for 90 days (3.4)"),
    Job("Clear texts", "stem.texts.tasks.clear_old_texts", "40 3 * * *", "texts are kept for 90 days (3.4)"),
    Job("Forget numbers", "bookings.tasks.forget_numbers", "20 4 * * *", "who has no part is not texted (3.4)"),
    Job("Forget messages", "quality.tasks.forget_messages", "45 4 * * *", "what is said of a visit: 90 days (3.4)"),
    Job("Forget remarks", "quality.tasks.forget_remarks", "50 4 * * *", "what pupils wrote: 6 months (3.4)"),
    Job("Find duplicates", "ambassadors.tasks.find_likely_pairs", "30 1 * * *", "one person has one record (V-92)"),
    Job("Forget merges", "ambassadors.tasks.forget_merges", "15 4 * * *", "they are undone for 90 days (V-92)"),
    Job(
        "Forget drafts",
        "ambassadors.tasks.forget_drafts",
        "0 4 * * *",
        "what nobody sent in is kept for 6 months (3.4)",
    ),
    Job(
        "Tend the search",
        "ambassadors.tasks.tend_register_search",
        "30 4 * * *",
        "people are found by what is on record of them, whatever wrote it",
    ),
    Job("Tend the reach", "ambassadors.tasks.tend_reach", "45 2 * * *", "matching finds people by what is on record"),
    Job(
        "Delete check notes",
        "ambassadors.tasks.purge_disclosure_notes",
        30,
        "what a check disclosed is kept for days, in Northern Ireland until it is decided, and not longer (V-22)",
    ),
    Job("Read people", "ambassadors.tasks.look_for_waiting_uploads", 1, "what a killed worker left is begun again"),
    Job("Clear sent people", "ambassadors.tasks.clear_uploads", "30 4 * * *", "what nobody took in is kept a week"),
    Job("Tell imported people", "ambassadors.tasks.tell_imported", 5, "they hear that we have their data (V-94)"),
    Job("Remind imported people", "ambassadors.tasks.remind_imported", "30 8 * * *", "nobody is lost unasked (V-95)"),
    Job("Forget the silent", "ambassadors.tasks.forget_silent", "15 4 * * *", "180 days to answer, no longer (V-95)"),
    Job("Watch the notices", "ambassadors.tasks.warn_of_late_notices", "45 7 * * *", "the law gives a month (V-94)"),
    Job("Look at calendars", "ambassadors.tasks.look_at_calendars", 10, "people are not asked for when they are busy"),
    Job("Clear sessions", "stem.tasks.clear_sessions", "45 3 * * *", "sign-ins that ran out are of use to nobody"),
)


@transaction.atomic
def sync_schedule() -> tuple[int, int]:
    """Make the queue's schedules those of `JOBS`; how many were added and how many removed.

    A schedule that is right is left alone, and keeps its next run.
    """
    wanted = {(job.name, job.path, *_cadence(job.when)) for job in JOBS}
    found: set[tuple[object, ...]] = set()
    removed = 0
    for row in Schedule.objects.select_for_update().order_by("pk"):
        line = (row.name, row.func, row.schedule_type, row.minutes, row.cron)
        if line in wanted - found:
            found.add(line)
        else:
            row.delete()
            removed += 1
    for name, path, kind, minutes, cron in sorted(wanted - found, key=str):
        Schedule.objects.create(name=name, func=path, schedule_type=kind, minutes=minutes, cron=cron)
    return len(wanted - found), removed


def _cadence(when: int | str) -> tuple[str, int | None, str | None]:
    return (Schedule.MINUTES, when, None) if isinstance(when, int) else (Schedule.CRON, None, when)
