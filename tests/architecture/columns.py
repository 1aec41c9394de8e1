"""What we keep about people, column by column: which we chose to, by which rule, and which we never may (V-20, V-21).

A new column of vetting is added here by whoever can name the rule that allows it. A name that smells of a document, an
offence or a pupil is refused wherever it stands, unless it is excepted here with its reason.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import models

from tests.architecture.source import PACKAGES

# What every history has: who did what when, in whose name, and an officer's word about it.
HISTORY = {
    **dict.fromkeys(["kind", "status", "at", "by", "on_behalf_of"], "1.8: who did what, and when"),
    "reason": "1.8: one of the scheme's own codes",
    "note": "1.8: an officer's words about a step, never about what a check says",
}
# Each model that says whether somebody can be trusted, with each of its columns and why it may be kept.
KEPT: Mapping[str, Mapping[str, str]] = {
    "ambassadors.Requirement": {
        "ambassador": "1.2: whose it is",
        "kind": "1.2: which requirement",
        "body": "V-20: body",
        "barred_list": "V-20: barred list yes or no",
        "conditions": "V-34: codes of what someone may be booked for",
        "evidence": "V-50: the kinds of document seen, or where its evidence is; never a number or a copy",
        "started_on": "V-03: issue date of a check; else the day it was done",
        "valid_until": "V-02: recheck due",
        "recorded_by": "V-20: seen by",
        "recorded_at": "V-20: seen on",
        "confirmed_by": "V-31: the second of two deciders",
        "confirmed_at": "V-20: decision date",
        "withdrawn_by": "1.2: a record made in error is kept as such",
        "withdrawn_at": "1.2: a record made in error is kept as such",
    },
    "ambassadors.RenewalNotice": {
        "requirement": "V-04: what was reminded of",
        "days_before": "V-04: at which of the four steps",
        "told_on": "V-04: when, so that nobody is told twice",
    },
    "ambassadors.Hold": {
        **dict.fromkeys(["ambassador", "kind", "starts_on", "ends_on"], "1.8: who is not to be booked, and when"),
        "truth": "1.9: why, for those entitled to know",
        "referral_owed": "C-04: that their part is not ended before somebody says whether they are referred",
        **dict.fromkeys(["set_by", "set_at", "lifted_by", "lifted_at"], "1.8: who decided it, and when"),
    },
    "ambassadors.Application": {
        **dict.fromkeys(["ambassador", "started_at", "sent_at", "reminded_at"], "3.4: how far it has come"),
        "identity_method": "V-50: how identity is shown, never with which document",
        "paid_or_credited": "V-14: whether the fee is a volunteer's",
        "expects_frequent": "V-15: whether the barred list is asked for",
        "check_agreed_at": "V-13: consent to a check",
        "wants_to_talk": "V-24: that they would like to talk, never what about",
        **dict.fromkeys(["asked_for", "asked_by", "asked_at", "answered_at"], "1.8: what an officer asked for"),
        **dict.fromkeys(["decline_proposed_by", "decline_proposed_at"], "V-33: time to comment before a no"),
    },
    "ambassadors.ClauseAcceptance": dict.fromkeys(
        ["ambassador", "version", "code", "accepted_at"], "V-53: each promise of the code of conduct, and when"
    ),
    "ambassadors.Referee": {
        **dict.fromkeys(["ambassador", "full_name", "email", "phone", "organisation"], "V-51: who vouches for whom"),
        **dict.fromkeys(["capacity", "status", "named_at", "asked_at", "answered_at"], "V-51: how, and how far it is"),
        **dict.fromkeys(["known_for", "seen_with_children", "has_doubts", "reliability"], "V-51: the four questions"),
        **dict.fromkeys(["verified_how", "decided_by", "decided_at"], "V-51: that it came from them, and who says so"),
    },
    "ambassadors.AmbassadorEvent": {**HISTORY, "ambassador": "1.8: whose standing it is"},
    "ambassadors.RefereeEvent": {**HISTORY, "referee": "V-51: whose reference it is"},
    "ambassadors.Photo": {
        **dict.fromkeys(["ambassador", "picture", "digest", "width", "height", "added_at"], "V-25: the card's photo"),
        **dict.fromkeys(["confirmed_by", "confirmed_at"], "V-50: that it shows them"),
    },
    "quality.Suspension": {
        **dict.fromkeys(["ambassador", "hold", "status"], "V-71: who is kept out of schools"),
        **dict.fromkeys(["review_by", "lift_proposed_by"], "V-72: looked at again, and lifted by two"),
    },
    "quality.SuspensionEvent": {**HISTORY, "suspension": "V-71: which suspension it is"},
    # The check itself, and what is remembered while it is decided.
    "ambassadors.Check": {
        **dict.fromkeys(
            ["ambassador", "status", "began_at", "moved_at", "requirement"], "1.5: whose, and how far it has come"
        ),
        "body": "V-20: body",
        "barred_list": "V-20: barred list yes or no",
        **dict.fromkeys(
            ["eligibility_basis", "eligibility_note", "eligibility_by"], "V-13: by what right, who says so"
        ),
        "volunteer_free": "V-14: whether the fee is a volunteer's",
        **dict.fromkeys(["number", "number_ends"], "V-20: certificate number, encrypted, and its last four"),
        "issued_on": "V-20: issue date",
        "joined_on": "V-12: since when they are in Scotland's scheme, by which it ends",
        "linked_on": "V-12: since when that is linked to this scheme, without which it does not count",
        **dict.fromkeys(["seen_by", "seen_on", "seen_place"], "V-26: who saw the original, when and where"),
        **dict.fromkeys(["decided_on", "first_decider", "second_decider"], "V-31: when, and which two"),
    },
    "ambassadors.CheckEvent": {**HISTORY, "check_of": "1.5: which check it is"},
    "ambassadors.UpdateConsent": dict.fromkeys(
        ["check_of", "given_at", "withdrawn_at"], "V-40: consent to the update service, dated, until it is withdrawn"
    ),
    "ambassadors.StatusCheck": {
        **dict.fromkeys(["check_of", "checked_at", "checked_by"], "V-41: which was asked about, when, by whom"),
        "result": "V-41: one of three words, none of which says whether there was anything on it",
        "requirement": "V-41: what counts for it",
    },
    "ambassadors.Assessment": {
        **dict.fromkeys(["check_of", "assessor", "recorded_at", "suitability", "conditions"], "V-31: one view of two"),
        **dict.fromkeys(
            ["relevance", "seriousness", "time_since", "pattern", "changed", "openness", "supervision"],
            "V-31: a weight for each question, no word of what was disclosed",
        ),
    },
    "ambassadors.DisclosureNote": dict.fromkeys(
        ["check_of", "words", "written_by", "written_at"], "V-22: encrypted, and deleted on its day"
    ),
    # What matching reads instead of the rows from which it is reckoned.
    "ambassadors.Reach": {
        **dict.fromkeys(
            ["ambassador", "subject", "south", "north", "west", "east", "lat", "lon", "max_minutes", "in_person"],
            "6.4: what they offer, and how far they go",
        ),
        **dict.fromkeys(
            ["online", "stages", "activities", "languages", "at_short_notice", "aims"], "6.4: what they offer"
        ),
        **dict.fromkeys(
            ["cleared_from", "cleared_until", "in_scotland"], "1.2: on which days they are cleared, no why"
        ),
        "barred_list": "V-15: barred list yes or no",
        "conditions": "V-34: what the scheme may not book them for, in words that schools never read",
    },
    # Who was told that we have their data, and the little that is kept of those who said no.
    "ambassadors.Notice": {
        **dict.fromkeys(["ambassador", "days", "told_on", "told_by"], "V-94: who was told, when, at which step"),
        **dict.fromkeys(["noted_by", "letter", "is_returned"], "V-94: how we know that it reached them"),
    },
    "ambassadors.Suppression": dict.fromkeys(
        ["scheme", "record_digest", "address_digest", "because", "since"], "V-94: a minimal suppression entry"
    ),
    "ambassadors.SuppressionKey": dict.fromkeys(["number", "sealed"], "V-94: the encrypted key of its hashes"),
    "ambassadors.Tombstone": dict.fromkeys(
        ["check_of", "deleted_on", "count"], "V-22: that notes were deleted, when and how many"
    ),
}
# What else the register keeps: who someone is and offers, what they learn, and where they came from.
NOT_ABOUT_TRUST = frozenset(
    {
        *("ambassadors.Ambassador", "ambassadors.Offering", "ambassadors.Scheme", "ambassadors.Membership"),
        *("ambassadors.SearchWord", "ambassadors.SearchTerm", "ambassadors.SavedSearch"),
        *("ambassadors.Pin", "ambassadors.LikelyPair", "ambassadors.Apart", "ambassadors.Merge"),
        *("ambassadors.Upload", "ambassadors.UploadEvent", "ambassadors.Limits", "ambassadors.FreeHours"),
        *("ambassadors.OwnAim",),
        *("ambassadors.OwnCalendar", "ambassadors.BusyTime"),
        *("ambassadors.CourseEdition", "ambassadors.CourseDraft", "ambassadors.LessonRead"),
        *("ambassadors.QuizAttempt", "ambassadors.QuizAnswer"),
    }
)

DOCUMENT = "a document: what was seen is on record, never a copy of it (V-21)"
OFFENCE = "an offence: nothing of what a check discloses is kept (V-21)"
PUPIL = "a pupil: we count pupils, and know none of them (2.8)"
SMELLS = {
    DOCUMENT: "files? images? scan(s|ned)? cop(y|ies) upload(s|ed)? attach(ed|ments?)? documents? "
    "certificates? pdf photocopy pictures? photos?",
    OFFENCE: "offences? offending offender convictions? convicted cautions? police disclos(e|ed|ure) criminal crimes? "
    "arrest(ed)? sentence spent blank clean barred",
    PUPIL: "pupils? child(ren)? birth birthday birthdate born dob upn student guardian parents?",
}
PATTERNS = {why: re.compile(rf"^({'|'.join(words.split())})$") for why, words in SMELLS.items()}

# What may be called so all the same.
EXCEPTED = {
    "ambassadors.Upload": "a scheme's own list of its people, deleted once they are in (V-91)",
    "ambassadors.Upload.file": "that list, deleted once they are in, and after a week at the latest (V-91)",
    "ambassadors.Upload.file_name": "what that list was called",
    "ambassadors.UploadEvent": "what happened to that list (V-91)",
    "ambassadors.UploadEvent.upload": "which list it is (V-91)",
    "loads.Load.file": "a public register of schools or postcodes",
    "loads.Load.file_name": "what that register's file was called",
    "ambassadors.Photo": "an ambassador's own face, which schools see (V-25)",
    "ambassadors.Photo.picture": "an ambassador's own face, which schools see (V-25)",
    "scheme.Logo.picture": "the scheme's own mark",
    "ambassadors.Requirement.barred_list": "whether the check was one with the children's barred list (V-20)",
    "ambassadors.Reach.barred_list": "whether what clears them is with the children's barred list (V-15)",
    "ambassadors.Check.barred_list": "whether the check is one with the children's barred list (V-20)",
    "ambassadors.DisclosureNote": "encrypted, and deleted on its day (V-22)",
    "ambassadors.Referee.seen_with_children": "what a referee saw of the ambassador (V-51)",
    "quality.Concern.police_told_at": "when somebody told them of what a child may have suffered (C-05)",
    "bookings.Request.pupils": "how many pupils a visit is for",
}
# Columns that could hold a document whatever they are called.
HOLDS_BYTES = {
    "loads.Load.file",
    "ambassadors.Upload.file",
    "ambassadors.Photo.picture",
    "scheme.Logo.picture",
    "geography.Sector.units",
    "audit.Seal.marks",
    "ambassadors.Check.number",
    "ambassadors.DisclosureNote.words",
    "ambassadors.SuppressionKey.sealed",
    "ambassadors.OwnCalendar.address",
    "quality.Complaint.account",
    "quality.Complaint.answer",
    "quality.Complaint.appeal",
    "quality.Complaint.second_answer",
    "quality.ComplaintEvent.sealed_note",
    "quality.Concern.account",
    "quality.Concern.delayed_because",
    "quality.ConcernEvent.sealed_note",
    "quality.Glass.reason",
}


def our_models() -> list[type[models.Model]]:
    """Every model of ours."""
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] in PACKAGES]


def columns_of(model: type[models.Model]) -> list[Any]:
    """What a model keeps: its columns but the key, and its links to many."""
    return [
        field
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        if not isinstance(field, models.AutoField)
    ]


def unlisted(kept: Mapping[str, Mapping[str, str]], found: Iterable[type[models.Model]]) -> Iterator[str]:
    """What these models keep and the list does not name, and what it names that they do not keep."""
    for model in found:
        label = model._meta.label
        names = {field.name for field in columns_of(model)}
        if label not in kept:
            if model._meta.app_label == "ambassadors" and label not in NOT_ABOUT_TRUST:
                yield f"{label}: is it about trust? Name it, with the rule that allows each of its columns"
            continue
        yield from (f"{label}.{name}: which rule allows it?" for name in sorted(names - kept[label].keys()))
        yield from (f"{label}.{name}: it is kept no more" for name in sorted(kept[label].keys() - names))


def refused(found: Iterable[type[models.Model]]) -> Iterator[str]:
    """What these models, or their columns, are called that smells of what we never keep, and where bytes are kept."""
    for model in found:
        label = model._meta.label
        words = re.findall("[A-Z][a-z]*", model.__name__)
        yield from _smelling(label, words)
        for field in columns_of(model):
            name = f"{label}.{field.name}"
            yield from _smelling(name, field.name.split("_"))
            if isinstance(field, models.FileField | models.BinaryField) and name not in HOLDS_BYTES:
                yield f"{name} could hold {DOCUMENT}"


def _smelling(name: str, words: Iterable[str]) -> Iterator[str]:
    if name in EXCEPTED:
        return
    for why, pattern in PATTERNS.items():
        if any(pattern.match(word.lower()) for word in words):
            yield f"{name} smells of {why}"
