"""The one list of what is taught, to whom, how, and by whom: subjects, stages, activities and routes.

The codes are spelt the same in addresses, commands, files and the database, and are never reused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stem.nations import Nation

Words: TypeAlias = str | Promise


class Field(TextChoices):
    """A family of subjects. Someone from the same family can often stand in (rule 6.4)."""

    SCIENCE = "science", _("Science")
    MATHEMATICS = "mathematics", _("Mathematics")
    COMPUTING = "computing", _("Computing")
    ENGINEERING = "engineering", _("Engineering")
    TECHNOLOGY = "technology", _("Design and technology")
    HEALTH = "health", _("Medicine and health")
    ENVIRONMENT = "environment", _("Environment and Earth")


@dataclass(frozen=True)
class Subject:
    """Something a school asks for and an ambassador offers."""

    code: str
    name: Words
    field: Field


def _subjects(field: Field, **names: Words) -> list[Subject]:
    return [Subject(code, name, field) for code, name in names.items()]


SUBJECTS: dict[str, Subject] = {
    subject.code: subject
    for subject in [
        *_subjects(
            Field.SCIENCE,
            general_science=_("General science"),
            biology=_("Biology"),
            chemistry=_("Chemistry"),
            physics=_("Physics"),
            astronomy=_("Astronomy and space"),
            forensic_science=_("Forensic science"),
            materials_science=_("Materials science"),
            genetics=_("Genetics and biotechnology"),
        ),
        *_subjects(
            Field.MATHEMATICS,
            mathematics=_("Mathematics"),
            statistics=_("Statistics"),
            finance=_("Finance and actuarial science"),
            operational_research=_("Operational research"),
        ),
        *_subjects(
            Field.COMPUTING,
            computer_science=_("Computer science"),
            software_engineering=_("Software engineering"),
            data_science=_("Data science"),
            artificial_intelligence=_("Artificial intelligence"),
            cyber_security=_("Cyber security"),
            games_development=_("Games development"),
        ),
        *_subjects(
            Field.ENGINEERING,
            aerospace_engineering=_("Aerospace engineering"),
            chemical_engineering=_("Chemical engineering"),
            civil_engineering=_("Civil and structural engineering"),
            electrical_engineering=_("Electrical engineering"),
            energy_engineering=_("Energy engineering"),
            manufacturing_engineering=_("Manufacturing engineering"),
            mechanical_engineering=_("Mechanical engineering"),
            transport_engineering=_("Rail, road and marine engineering"),
        ),
        *_subjects(
            Field.TECHNOLOGY,
            product_design=_("Product design"),
            architecture=_("Architecture and construction"),
            electronics=_("Electronics"),
            robotics=_("Robotics"),
            food_technology=_("Food science and technology"),
            textiles=_("Textiles"),
        ),
        *_subjects(
            Field.HEALTH,
            medicine=_("Medicine"),
            nursing=_("Nursing and midwifery"),
            pharmacy=_("Pharmacy"),
            dentistry=_("Dentistry"),
            biomedical_science=_("Biomedical science"),
            allied_health=_("Physiotherapy and other health professions"),
            veterinary_science=_("Veterinary science"),
            psychology=_("Psychology"),
        ),
        *_subjects(
            Field.ENVIRONMENT,
            environmental_science=_("Environmental science"),
            ecology=_("Ecology and conservation"),
            geology=_("Geology"),
            geography=_("Physical geography"),
            meteorology=_("Weather and climate"),
            oceanography=_("Oceans and marine science"),
            agriculture=_("Agriculture and plant science"),
        ),
    ]
}


def subjects_in(field: str) -> list[Subject]:
    """The subjects of one field, in the order of the list."""
    return [subject for subject in SUBJECTS.values() if subject.field == field]


# Grouped by field, as a `<select>` or a set of tick boxes shows them.
SUBJECT_CHOICES: list[tuple[Words, list[tuple[str, Words]]]] = [
    (field.label, [(subject.code, subject.name) for subject in subjects_in(field)]) for field in Field
]


def fields_of(subjects: Iterable[str]) -> frozenset[Field]:
    """The fields that these subjects belong to; a code that is no longer on the list belongs to none."""
    return frozenset(SUBJECTS[code].field for code in subjects if code in SUBJECTS)


def subjects_near(subject: str) -> frozenset[str]:
    """This subject and all others of its field: whoever offers one of them may be asked (rule 6.4)."""
    return frozenset(each.code for field in fields_of([subject]) for each in subjects_in(field))


class Stage(TextChoices):
    """How old pupils are, in words that no nation owns. `year_groups` gives each nation's own (rule T-06)."""

    KS1 = "ks1", _("Key Stage 1 (ages 5 to 7)")
    KS2 = "ks2", _("Key Stage 2 (ages 7 to 11)")
    KS3 = "ks3", _("Key Stage 3 (ages 11 to 14)")
    KS4 = "ks4", _("Key Stage 4 (ages 14 to 16)")
    KS5 = "ks5", _("Sixth form (ages 16 to 18)")
    FE = "fe", _("Further education college (ages 16 and over)")


SECONDARY = frozenset({Stage.KS3, Stage.KS4, Stage.KS5, Stage.FE})


# First and last year. England and Wales count alike; Northern Ireland's number is one higher for the same stage,
# and Scotland's S3 belongs to either half of secondary school, as each school arranges it.
_ENGLISH_YEARS = {
    Stage.KS1: (1, 2),
    Stage.KS2: (3, 6),
    Stage.KS3: (7, 9),
    Stage.KS4: (10, 11),
    Stage.KS5: (12, 13),
}
_IRISH_YEARS = {
    Stage.KS1: (3, 4),
    Stage.KS2: (5, 7),
    Stage.KS3: (8, 10),
    Stage.KS4: (11, 12),
    Stage.KS5: (13, 14),
}
_SCOTTISH_YEARS = {
    Stage.KS1: ("P", 2, 3),
    Stage.KS2: ("P", 4, 7),
    Stage.KS3: ("S", 1, 3),
    Stage.KS4: ("S", 3, 4),
    Stage.KS5: ("S", 5, 6),
}


def year_groups(nation: str, stage: str) -> list[str]:
    """What the year groups of a stage are called in a nation (rule T-06); a college has none."""
    stage = Stage(stage)
    if stage is Stage.FE:
        return []
    if nation == Nation.SCO:
        letter, first, last = _SCOTTISH_YEARS[stage]
        return [f"{letter}{number}" for number in range(first, last + 1)]
    first, last = (_IRISH_YEARS if nation == Nation.NIR else _ENGLISH_YEARS)[stage]
    return [str(_("Year %(number)d") % {"number": number}) for number in range(first, last + 1)]


# The years that sit public examinations, and none of the others (rule T-11).
_EXAM_YEARS = {
    Nation.ENG: frozenset({"11", "13"}),
    Nation.WLS: frozenset({"11", "13"}),
    Nation.NIR: frozenset({"12", "14"}),
    Nation.SCO: frozenset({"S4", "S5", "S6"}),
}
_EXAM_STAGES = frozenset({Stage.KS4, Stage.KS5})
_YEARS_NAMED = re.compile(r"(?<![0-9a-z])([psy]?)(\d{1,2})(?:\s*(?:-|–|to)\s*[psy]?(\d{1,2}))?(?![0-9])", re.IGNORECASE)


def years_named(words: str, nation: str) -> frozenset[str]:
    """The years that a teacher's words name, such as "Years 12 and 13", "Y7-Y9" or "S2": "12", "13"; "S2"."""
    named = set()
    for letter, first, last in _YEARS_NAMED.findall(words):
        prefix = (letter.upper() or "S") if nation == Nation.SCO else ""
        named |= {f"{prefix}{number}" for number in range(int(first), int(last or first) + 1)}
    return frozenset(named)


def sits_exams(nation: str, stage: str, year_groups: str) -> bool:
    """Whether a class sits public examinations: by the years it names, or by its stage where it names none."""
    if stage not in _EXAM_STAGES:
        return False
    named = years_named(year_groups, nation)
    return not named or bool(named & _EXAM_YEARS[Nation(nation)])


def youngest_in(year: int, nation: str) -> int:
    """How old pupils are when a numbered year begins for them: a year less, for the same number, in Northern Ireland.

    For secondary school in Scotland the number is that of its S years.
    """
    return year + {Nation.NIR: 3, Nation.SCO: 11}.get(Nation(nation), 4)


class RiskAssessment(TextChoices):
    """When an activity needs a risk assessment (rule T-13)."""

    NO = "no", _("Not needed")
    IF_PRACTICAL = "if_practical", _("Needed if practical")
    YES = "yes", _("Needed")
    SITE = "site", _("The host's own for the site")


@dataclass(frozen=True)
class ActivityType:
    """A kind of visit, with the numbers that make a good one (rule 5.2)."""

    code: str
    name: Words
    minutes: tuple[int, int]
    pupils_per_ambassador: int
    max_group: int
    ambassadors: tuple[int, int]
    risk_assessment: RiskAssessment
    note: Words
    needs_curriculum_link: bool = False
    sessions: tuple[int, int] = (1, 1)
    online: bool = False

    @property
    def is_series(self) -> bool:
        """Whether the same pupils are met again and again."""
        return self.sessions[1] > 1

    @property
    def needs_risk_assessment(self) -> bool:
        """Whether one is needed whatever the plan for the day."""
        return self.risk_assessment is RiskAssessment.YES


ACTIVITIES: dict[str, ActivityType] = {
    activity.code: activity
    for activity in [
        ActivityType("careers_talk", _("Careers talk"), (20, 40), 240, 240, (1, 1), RiskAssessment.NO,
                     _("Keep at least 10 minutes for questions.")),
        ActivityType("lesson_link", _("Part of a lesson"), (45, 100), 32, 32, (1, 2), RiskAssessment.IF_PRACTICAL,
                     _("Linked to what the class is learning."), needs_curriculum_link=True),
        ActivityType("workshop", _("Hands-on workshop"), (60, 120), 32, 64, (1, 4), RiskAssessment.YES,
                     _("Agree the kit list beforehand.")),
        ActivityType("speed_networking", _("Speed networking"), (45, 75), 8, 64, (4, 10), RiskAssessment.NO,
                     _("Small groups move on every 5 to 8 minutes.")),
        ActivityType("mock_interview", _("Mock interviews"), (60, 180), 1, 30, (3, 15), RiskAssessment.NO,
                     _("One pupil at a time, 15 to 20 minutes each, in an open space in sight of staff.")),
        ActivityType("careers_fair", _("Careers fair"), (120, 240), 60, 1500, (1, 3), RiskAssessment.SITE,
                     _("A stand with one to three people, who each meet about 60 pupils an hour.")),
        ActivityType("stem_club", _("STEM club"), (45, 75), 20, 24, (1, 2), RiskAssessment.YES,
                     _("A series of 6 to 10 sessions with the same pupils."), sessions=(6, 10)),
        ActivityType("mentoring", _("Mentoring"), (30, 45), 4, 8, (1, 2), RiskAssessment.NO,
                     _("A series of 6 sessions, in sight of staff."), sessions=(6, 6)),
        ActivityType("panel_qa", _("Panel and questions"), (40, 60), 60, 240, (3, 5), RiskAssessment.NO,
                     _("People who came into their work by different routes.")),
        ActivityType("virtual_talk", _("Online talk"), (30, 45), 240, 300, (1, 2), RiskAssessment.NO,
                     _("Through the school's own account, with a member of staff in the room."), online=True),
        ActivityType("site_visit", _("Visit to a workplace"), (180, 240), 10, 30, (2, 6), RiskAssessment.YES,
                     _("Half a day. The school follows its own rules for trips.")),
    ]
}  # fmt: skip

ACTIVITY_CHOICES: list[tuple[str, Words]] = [(each.code, each.name) for each in ACTIVITIES.values()]


class Route(TextChoices):
    """How someone came into their work. Pupils hear of the academic route often, and of the others seldom (SD-14)."""

    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    TECHNICAL = "technical", _("Technical qualification (T level, HNC, HND or similar)")
    DEGREE_APPRENTICESHIP = "degree_apprenticeship", _("Degree apprenticeship")
    DEGREE = "degree", _("University degree")
    OTHER = "other", _("Another route")


TECHNICAL_ROUTES = frozenset({Route.APPRENTICESHIP, Route.TECHNICAL, Route.DEGREE_APPRENTICESHIP})
