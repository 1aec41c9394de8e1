"""What people call each field of which a scheme may speak."""

from django.utils.translation import gettext_lazy as lazy

SAID_WORDS = {
    "full_name": lazy("Full name"),
    "known_as": lazy("Known as"),
    "email": lazy("E-mail address"),
    "phone": lazy("Telephone"),
    "organisation": lazy("Employer or university"),
    "job_title": lazy("Job title"),
    "postcode": lazy("Home postcode"),
    "orcid": lazy("ORCID"),
    "route": lazy("Route taken"),
    "max_minutes": lazy("Longest journey, in minutes"),
    "subjects": lazy("Subjects"),
    "stages": lazy("Ages"),
    "activities": lazy("Kinds of visit"),
    "languages": lazy("Languages"),
    "joined_on": lazy("Joined"),
    "left_on": lazy("Left"),
    "legacy_status": lazy("Status there"),
}
# What a column of a file may be, in the order of `columns.HEADINGS`.
COLUMN_WORDS = {
    "legacy_id": lazy("Id in that scheme"),
    "full_name": lazy("Full name"),
    "first_name": lazy("First name"),
    "last_name": lazy("Last name"),
    **{name: words for name, words in SAID_WORDS.items() if name != "full_name"},
    "updated_on": lazy("When a row was last changed"),
}
