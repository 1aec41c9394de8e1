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
    """Something a school asks for and an ambassador offers.

    Universities name it, or what comes nearest, by a code of HECoS and by a group of the third level of CAH.
    """

    code: str
    name: Words
    field: Field
    hecos: str
    cah: str


def _subjects(field: Field, **subjects: tuple[Words, str, str]) -> list[Subject]:
    return [Subject(code, name, field, hecos, cah) for code, (name, hecos, cah) in subjects.items()]


SUBJECTS: dict[str, Subject] = {
    subject.code: subject
    for subject in [
        *_subjects(
            Field.SCIENCE,
            general_science=(_("General science"), "100390", "CAH07-04-03"),
            biology=(_("Biology"), "100346", "CAH03-01-02"),
            chemistry=(_("Chemistry"), "100417", "CAH07-02-01"),
            physics=(_("Physics"), "100425", "CAH07-01-01"),
            astronomy=(_("Astronomy and space"), "100414", "CAH07-01-02"),
            forensic_science=(_("Forensic science"), "100388", "CAH07-04-02"),
            materials_science=(_("Materials science"), "100225", "CAH10-03-07"),
            genetics=(_("Genetics and biotechnology"), "100259", "CAH03-01-07"),
        ),
        *_subjects(
            Field.MATHEMATICS,
            mathematics=(_("Mathematics"), "100403", "CAH09-01-01"),
            statistics=(_("Statistics"), "100406", "CAH09-01-03"),
            finance=(_("Finance and actuarial science"), "100107", "CAH17-01-07"),
            operational_research=(_("Operational research"), "100404", "CAH09-01-02"),
        ),
        *_subjects(
            Field.COMPUTING,
            computer_science=(_("Computer science"), "100366", "CAH11-01-01"),
            software_engineering=(_("Software engineering"), "100374", "CAH11-01-04"),
            data_science=(_("Data science"), "100755", "CAH11-01-03"),
            artificial_intelligence=(_("Artificial intelligence"), "100359", "CAH11-01-05"),
            cyber_security=(_("Cyber security"), "100376", "CAH11-01-04"),
            games_development=(_("Games development"), "101020", "CAH11-01-06"),
        ),
        *_subjects(
            Field.ENGINEERING,
            aerospace_engineering=(_("Aerospace engineering"), "100115", "CAH10-01-04"),
            chemical_engineering=(_("Chemical engineering"), "100143", "CAH10-01-09"),
            civil_engineering=(_("Civil and structural engineering"), "100148", "CAH10-01-07"),
            electrical_engineering=(_("Electrical engineering"), "100164", "CAH10-01-08"),
            energy_engineering=(_("Energy engineering"), "100175", "CAH10-01-09"),
            manufacturing_engineering=(_("Manufacturing engineering"), "100202", "CAH10-01-03"),
            mechanical_engineering=(_("Mechanical engineering"), "100190", "CAH10-01-02"),
            transport_engineering=(_("Rail, road and marine engineering"), "100154", "CAH10-01-07"),
        ),
        *_subjects(
            Field.TECHNOLOGY,
            product_design=(_("Product design"), "100050", "CAH25-01-03"),
            architecture=(_("Architecture and construction"), "100122", "CAH13-01-01"),
            electronics=(_("Electronics"), "100165", "CAH10-01-08"),
            robotics=(_("Robotics"), "100170", "CAH10-01-03"),
            food_technology=(_("Food science and technology"), "100527", "CAH06-01-07"),
            textiles=(_("Textiles"), "100214", "CAH10-03-03"),
        ),
        *_subjects(
            Field.HEALTH,
            medicine=(_("Medicine"), "100271", "CAH01-01-02"),
            nursing=(_("Nursing and midwifery"), "100290", "CAH02-04-01"),
            pharmacy=(_("Pharmacy"), "100251", "CAH02-02-03"),
            dentistry=(_("Dentistry"), "100268", "CAH01-01-04"),
            biomedical_science=(_("Biomedical science"), "100265", "CAH02-05-03"),
            allied_health=(_("Physiotherapy and other health professions"), "100252", "CAH02-06-05"),
            veterinary_science=(_("Veterinary science"), "100531", "CAH05-01-01"),
            psychology=(_("Psychology"), "100497", "CAH04-01-01"),
        ),
        *_subjects(
            Field.ENVIRONMENT,
            environmental_science=(_("Environmental science"), "100381", "CAH26-01-04"),
            ecology=(_("Ecology and conservation"), "100347", "CAH03-01-03"),
            geology=(_("Geology"), "100395", "CAH26-01-06"),
            geography=(_("Physical geography"), "100410", "CAH26-01-02"),
            meteorology=(_("Weather and climate"), "100382", "CAH26-01-06"),
            oceanography=(_("Oceans and marine science"), "100418", "CAH26-01-06"),
            agriculture=(_("Agriculture and plant science"), "100517", "CAH06-01-03"),
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


# How old pupils are as the years begin that Gatsby's fifth benchmark asks about: Year 7 to Year 13 (rule E-54).
AGES = range(11, 18)


def ages_named(words: str, nation: str) -> frozenset[int]:
    """How old those pupils are, from 11 on, as the years begin that a teacher's words name."""
    years = [year.removeprefix("S") for year in years_named(words, nation)]
    return frozenset(age for year in years if year.isdecimal() and (age := youngest_in(int(year), nation)) in AGES)


def ages_taught(low: int, high: int) -> range:
    """Those of these ages that a school has, whose youngest pupils are so old, and its oldest as they leave."""
    return range(max(AGES.start, low), min(AGES.stop, high))


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
    # One pupil with one visitor: in sight and hearing of staff, as the school confirms (rule V-82).
    one_to_one: bool = False

    @property
    def is_series(self) -> bool:
        """Whether the same pupils are met again and again."""
        return self.sessions[1] > 1

    @property
    def needs_risk_assessment(self) -> bool:
        """Whether one is needed whatever the plan for the day."""
        return self.risk_assessment is RiskAssessment.YES

    @property
    def may_be_practical(self) -> bool:
        """Whether one is needed if whoever comes does something practical."""
        return self.risk_assessment is RiskAssessment.IF_PRACTICAL


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
                     _("One pupil at a time, 15 to 20 minutes each, in an open space in sight of staff."),
                     one_to_one=True),
        ActivityType("careers_fair", _("Careers fair"), (120, 240), 60, 1500, (1, 3), RiskAssessment.SITE,
                     _("A stand with one to three people, who each meet about 60 pupils an hour.")),
        ActivityType("stem_club", _("STEM club"), (45, 75), 20, 24, (1, 2), RiskAssessment.YES,
                     _("A series of 6 to 10 sessions with the same pupils."), sessions=(6, 10)),
        ActivityType("mentoring", _("Mentoring"), (30, 45), 4, 8, (1, 2), RiskAssessment.NO,
                     _("A series of 6 sessions, in sight of staff."), sessions=(6, 6), one_to_one=True),
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


class Aim(TextChoices):
    """What a school may hope that pupils take from meeting somebody, besides the subject (rule E-41).

    Each is something to speak of, never what somebody is (E-40). As bits they are kept: new ones come at the end.
    """

    STEREOTYPES = "stereotypes", _("Challenge stereotypes in this field")
    TECHNICAL_ROUTES = "technical_routes", _("Hear of technical routes, such as apprenticeships")
    SMALL_FIRMS = "small_firms", _("Hear what it is like in a small firm")
    LOCAL_JOBS = "local_jobs", _("Hear of jobs near the school")
    FIRST_IN_FAMILY = "first_in_family", _("Hear from the first in a family to go this way")


def aims_open_to(route: str) -> list[Aim]:
    """What somebody of this route may opt in to: of technical routes speaks who took one (rules E-41, SD-14)."""
    return [aim for aim in Aim if aim != Aim.TECHNICAL_ROUTES or route in TECHNICAL_ROUTES]
