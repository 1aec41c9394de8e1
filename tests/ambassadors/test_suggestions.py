"""What job titles bring to mind, as a table; and that any text is answered, soon, with subjects that there are."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.job_words import NOTHING, PASSED_OVER, SUBJECTS_BY_WORDS
from ambassadors.suggestions import MOST, find_subjects, fold, suggest_subjects
from stem.curriculum import SUBJECTS

# A job title, and exactly the subjects that it suggests.
SUGGESTED = [
    ("Bridge engineer", "civil_engineering"),
    ("Senior Bridge Engineer", "civil_engineering"),
    ("Structural Engineer (Bridges & Tunnels)", "civil_engineering"),
    ("Graduate civil engineer", "civil_engineering"),
    ("Highways engineer", "civil_engineering transport_engineering"),
    ("Quantity surveyor", "mathematics civil_engineering architecture"),
    ("Flood modeller", "mathematics civil_engineering"),
    ("Site manager, HS2 tunnels", "civil_engineering"),
    ("Staff nurse", "nursing"),
    ("Ward sister", "nursing"),
    ("Midwife", "nursing"),
    ("Veterinary nurse", "veterinary_science"),
    ("Dental nurse", "dentistry"),
    ("Mental health nurse", "nursing psychology"),
    ("Paramedic", "allied_health"),
    ("Physiotherapist", "allied_health"),
    ("Physical therapist", "allied_health"),
    ("Radiographer", "allied_health"),
    ("Optometrist", "allied_health"),
    ("Consultant paediatric anaesthetist", "medicine"),
    ("Pediatrician", "medicine"),
    ("GP", "medicine"),
    ("Pharmacist", "pharmacy"),
    ("Dispensing optician", "allied_health"),
    ("Dentist", "dentistry"),
    ("Biomedical scientist", "biomedical_science"),
    ("Clinical psychologist", "psychology"),
    ("Vet", "veterinary_science"),
    ("Data scientist", "statistics data_science artificial_intelligence"),
    ("Data analyst", "statistics data_science"),
    ("Java teacher", "software_engineering"),
    ("Data centre technician", "computer_science"),
    ("Machine learning engineer", "artificial_intelligence"),
    ("AI researcher", "artificial_intelligence"),
    ("Software developer", "software_engineering"),
    ("Java developer", "software_engineering computer_science"),
    ("DevOps engineer", "software_engineering"),
    ("Cyber security analyst", "cyber_security"),
    ("Penetration tester", "cyber_security"),
    ("IT support technician", "computer_science"),
    ("Network engineer", "computer_science"),
    ("Solutions architect", "computer_science software_engineering"),
    ("UX designer", "software_engineering product_design"),
    ("Game designer", "games_development"),
    ("Lead gameplay programmer", "games_development computer_science software_engineering"),
    ("Architect", "architecture"),
    ("Naval architect", "transport_engineering"),
    ("Landscape architect", "architecture ecology"),
    ("Bricklayer", "architecture"),
    ("Carpenter and joiner", "architecture manufacturing_engineering"),
    ("Train driver", "transport_engineering"),
    ("Rail signalling technician", "transport_engineering electrical_engineering"),
    ("Aircraft fitter", "aerospace_engineering manufacturing_engineering mechanical_engineering"),
    ("Airline pilot", "aerospace_engineering"),
    ("Satellite engineer", "astronomy aerospace_engineering"),
    ("PhD student in astrophysics", "astronomy"),
    ("Lab technician", "general_science"),
    ("Physics teacher", "physics"),
    ("Maths teacher", "mathematics"),
    ("Professor of Statistics", "statistics"),
    ("Actuary", "mathematics finance"),
    ("Accountant", "finance"),
    ("Economist", "finance"),
    ("Supply chain analyst", "operational_research"),
    ("Operational researcher", "operational_research"),
    ("Chemist", "chemistry"),
    ("Analytical chemist", "chemistry"),
    ("Chemical engineer", "chemical_engineering"),
    ("Process engineer, aluminum works", "chemical_engineering"),
    ("Brewer", "chemical_engineering food_technology"),
    ("Head brewer", "chemical_engineering food_technology"),
    ("Food technologist", "food_technology"),
    ("Pastry chef", "food_technology"),
    ("Materials scientist", "materials_science"),
    ("Metallurgist", "materials_science"),
    ("Welder", "manufacturing_engineering"),
    ("CNC machinist", "manufacturing_engineering mechanical_engineering"),
    ("Toolmaker", "manufacturing_engineering mechanical_engineering"),
    ("Car mechanic", "mechanical_engineering"),
    ("Plumbing and heating engineer", "energy_engineering mechanical_engineering"),
    ("Electrician", "electrical_engineering"),
    ("Apprentice electrician", "electrical_engineering"),
    ("Wind turbine technician", "energy_engineering"),
    ("Solar installer", "energy_engineering"),
    ("Nuclear physicist", "physics energy_engineering"),
    ("Medical physicist", "physics biomedical_science"),
    ("Sound engineer", "physics electronics"),
    ("Embedded systems engineer", "software_engineering electronics"),
    ("Robotics engineer", "robotics"),
    ("Drone pilot", "aerospace_engineering"),
    ("Fashion designer", "textiles"),
    ("Knitwear technologist", "textiles"),
    ("Product designer", "product_design"),
    ("Furniture maker", "product_design"),
    ("Crime scene investigator", "forensic_science"),
    ("Fingerprint expert", "forensic_science"),
    ("Geneticist", "genetics"),
    ("Plant breeder", "genetics agriculture"),
    ("Microbiologist", "biology biomedical_science"),
    ("Zookeeper", "biology veterinary_science"),
    ("Marine biologist", "biology oceanography"),
    ("Oceanographer", "oceanography"),
    ("Ecologist", "ecology"),
    ("Countryside ranger", "ecology"),
    ("Geologist", "geology"),
    ("GIS analyst", "data_science geography"),
    ("Cartographer", "geography"),
    ("Weather forecaster", "meteorology"),
    ("Farmer", "agriculture"),
    ("Agronomist", "agriculture"),
    ("Sustainability consultant", "environmental_science"),
    ("Water quality scientist", "chemistry environmental_science general_science"),
    ("Patent attorney", "general_science"),
    ("Sofware enginer", "software_engineering"),
    ("Achitect", "architecture"),
    ("Vetinary nurse", "veterinary_science"),
    ("Statitician", "statistics"),
    ("Pharamcist", "pharmacy"),
    ("Mechnical engineer", "mechanical_engineering"),
    ("Machine lerning enginer", "artificial_intelligence"),
    ("Fiber optics engineer", "physics"),
    ("Fibre optics engineer", "physics"),
]
# Titles that tell how high someone stands, or a trade that is none of ours.
SUGGEST_NOTHING = [
    "Senior manager",
    "Manager",
    "Head of marketing",
    "Project manager",
    "Operations director",
    "Chief executive",
    "CEO",
    "Founder",
    "Retired",
    "Engineer",
    "Technician",
    "Consultant",
    "Analyst",
    "Trainer",
    "Nursery nurse",
    "Security guard",
    "Taxi driver",
    "Sales engineer",
    "Estate agent",
    "Solicitor",
    "Police officer",
    "Primary school teacher",
    "Hairdresser",
    "Personal trainer",
    "Painter",
    "Photographer",
    "Customer service manager",
    "HR business partner",
    "Content strategist",
    "Reverend",
    "Barista",
    "Enginer",
]
A_MOMENT = 0.5  # seconds, on a machine with other things to do: it takes a thousandth of one


@pytest.mark.parametrize(("title", "subjects"), SUGGESTED, ids=[title for title, _ in SUGGESTED])
def test_a_job_title_suggests_what_whoever_bears_it_could_answer(title, subjects):
    assert suggest_subjects(title) == subjects.split()


@pytest.mark.parametrize("title", SUGGEST_NOTHING)
def test_a_title_that_tells_no_subject_suggests_none(title):
    assert suggest_subjects(title) == []


def test_the_table_is_long_and_reaches_every_field():
    reached = {SUBJECTS[code].field for _title, subjects in SUGGESTED for code in subjects.split()}
    assert len(SUGGESTED) >= 120
    assert reached == {subject.field for subject in SUBJECTS.values()}


def phrases_of(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.split(",")]


def test_every_subject_has_its_words():
    assert list(SUBJECTS_BY_WORDS) == list(SUBJECTS)
    assert [code for code, text in SUBJECTS_BY_WORDS.items() if len(phrases_of(text)) < 8] == []


def test_every_phrase_of_the_list_suggests_its_subject():
    dumb = [
        (code, phrase)
        for code, text in SUBJECTS_BY_WORDS.items()
        for phrase in phrases_of(text)
        if code not in suggest_subjects(phrase.replace("~", ""))
    ]
    assert dumb == []


def test_what_only_looks_like_a_subject_suggests_none():
    assert [phrase for phrase in phrases_of(NOTHING) if suggest_subjects(phrase)] == []


def test_no_word_of_every_trade_is_taken_for_a_slip():
    of_subjects = {phrase for text in SUBJECTS_BY_WORDS.values() for phrase in phrases_of(text)}
    assert sorted(word for word in PASSED_OVER - of_subjects if suggest_subjects(word)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paediatricians", "pediatrician"),
        ("fibre", "fiber"),
        ("centre", "cent" + "er"),  # spelt whole it would be taken for a slip of ours
        ("programme", "program"),
        ("modelling", "modeling"),
        ("Anaesthetist", "anesthetist"),
        ("labour", "labor"),
        ("optimisation", "optimization"),
        ("Physicist’s", "physicists"),
    ],
)
def test_two_spellings_of_one_word_are_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("level", ["Senior", "Junior", "Principal", "Trainee", "Head", "Graduate", "Chartered"])
def test_how_high_someone_stands_changes_nothing(level):
    assert suggest_subjects(f"{level} geologist") == suggest_subjects("Geologist") == ["geology"]


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("civil", "civil_engineering"),
        ("bridg", "civil_engineering"),
        ("forens", "forensic_science"),
        ("rail road", "transport_engineering"),
        ("dinosaurs palaeontol", "geology"),
        ("weather", "meteorology"),
        ("BREW", "food_technology"),
        ("nursing and", "nursing"),
    ],
)
def test_a_subject_is_found_by_its_name_by_a_job_and_by_how_either_begins(typed, subject):
    assert subject in find_subjects(typed)


@pytest.mark.parametrize("typed", ["", "  ", "b", "br", "?!", "qqqqq"])
def test_too_little_or_nonsense_finds_nothing(typed):
    assert find_subjects(typed) == []


@given(st.text(max_size=3000))
def test_any_text_is_answered_soon_with_subjects_that_there_are(text):
    began = time.perf_counter()
    for found in (suggest_subjects(text), find_subjects(text)):
        assert len(found) <= MOST
        assert len(set(found)) == len(found)
        assert set(found) <= set(SUBJECTS)
    assert time.perf_counter() - began < A_MOMENT


@pytest.mark.parametrize(
    "text", ["engineer " * 20_000, "x" * 200_000, "é" * 50_000, "&" * 10_000], ids=["words", "x", "é", "&"]
)
def test_a_text_of_any_length_is_answered_soon(text):
    began = time.perf_counter()
    suggest_subjects(text)
    find_subjects(text)
    assert time.perf_counter() - began < A_MOMENT
