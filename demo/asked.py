"""What schools ask for in the demonstration, and what is said of visits afterwards."""

from typing import Any

from bookings.enums import Mode, Risk

# Requests that schools really make, as answers to the form.
BRIDGES = {
    "purpose": "Show Year 8 that bridges are built by people like them",
    "outcome_1": "Name three jobs that keep a bridge standing",
    "outcome_2": "Explain one way into engineering that is not university",
    "subject": "civil_engineering",
    "topic": "Forces and structures",
    "stage": "ks3",
    "year_groups": "Year 8",
    "pupils": 28,
    "activity": "lesson_link",
    "mode": Mode.IN_PERSON,
}
RAILWAYS = {
    "purpose": "Hear how a railway line is planned, from the first map to the first train",
    "outcome_1": "Name three jobs that a new line needs",
    "subject": "transport_engineering",
    "stage": "ks4",
    "year_groups": "Year 10",
    "pupils": 30,
    "activity": "careers_talk",
    "mode": Mode.IN_PERSON,
}
CODING = {
    "purpose": "Meet someone who writes software for a living",
    "outcome_1": "Describe what a developer does in a week",
    "subject": "software_engineering",
    "stage": "ks4",
    "year_groups": "Year 10",
    "pupils": 60,
    "activity": "careers_talk",
    "mode": Mode.IN_PERSON,
}
STATISTICS = {
    "purpose": "See what statistics is for outside the exam hall",
    "outcome_1": "Give two examples of decisions made with data",
    "subject": "statistics",
    "stage": "ks5",
    "year_groups": "Year 12",
    "pupils": 18,
    "activity": "careers_talk",
    "mode": Mode.ONLINE,
}
DATA_PROJECT = {
    **STATISTICS,
    "purpose": "Follow one question through real data together, a step each time",
    "outcome_1": "Clean, plot and explain a set of data of their own",
    "meetings": 4,
    "weeks_apart": 2,
}
CHEMISTRY = {
    "purpose": "Bring our unit on reactions to life",
    "outcome_1": "Say where a chemist works and what they make",
    "subject": "chemistry",
    "stage": "ks3",
    "year_groups": "Year 9",
    "pupils": 30,
    "activity": "workshop",
    "mode": Mode.IN_PERSON,
}
ENERGY = {
    "purpose": "Help our sixth form see the jobs behind net zero",
    "outcome_1": "Compare two routes into the energy industry",
    "subject": "energy_engineering",
    "stage": "ks5",
    "year_groups": "Years 12 and 13",
    "pupils": 45,
    "activity": "careers_talk",
    "mode": Mode.IN_PERSON,
}
SPACE = {
    "purpose": "Meet someone who has put something into orbit",
    "outcome_1": "Describe how a satellite is made and by whom",
    "subject": "aerospace_engineering",
    "stage": "ks3",
    "year_groups": "S2",
    "pupils": 26,
    "activity": "careers_talk",
    "mode": Mode.IN_PERSON,
}
GEOLOGY = {
    "purpose": "Link our rocks topic to work in Wales today",
    "outcome_1": "Explain what a geologist looks for and why",
    "subject": "geology",
    "stage": "ks3",
    "year_groups": "Year 7",
    "pupils": 32,
    "activity": "lesson_link",
    "mode": Mode.IN_PERSON,
}
AIRCRAFT = {
    "purpose": "Show that aircraft are made ten minutes from school",
    "outcome_1": "Name two apprenticeships near us",
    "subject": "aerospace_engineering",
    "stage": "ks4",
    "year_groups": "Year 11",
    "pupils": 24,
    "activity": "careers_talk",
    "mode": Mode.IN_PERSON,
}
OCEANS = {
    "purpose": "Ask a marine biologist everything",
    "outcome_1": "Describe a day at sea for science",
    "subject": "oceanography",
    "stage": "ks3",
    "year_groups": "Year 7",
    "pupils": 30,
    "activity": "careers_talk",
    "mode": Mode.IN_PERSON,
}
BATTERIES = {
    "purpose": "Find out how a battery factory works",
    "outcome_1": "Say what chemical engineers do there",
    "subject": "chemical_engineering",
    "stage": "ks4",
    "year_groups": "Year 10",
    "pupils": 28,
    "activity": "careers_talk",
    "mode": Mode.IN_PERSON,
}
GAMES = {
    "purpose": "Show that games are made by teams, and that most of them are not programmers",
    "outcome_1": "Name four jobs in a games studio",
    "subject": "games_development",
    "stage": "ks3",
    "year_groups": "Year 9",
    "pupils": 30,
    "activity": "careers_talk",
    "mode": Mode.IN_PERSON,
}

# What could go wrong in the workshop, as whoever brings it writes it.
INDICATORS: dict[str, Any] = {
    "name": "Red cabbage indicator",
    "done": "In pairs pupils drop vinegar, soap and lemonade into red cabbage water, and sort them by colour.",
    "hazards": "Splashes in eyes\nSpills on the floor\nGlass that breaks",
    "who_harmed": "Pupils and staff: sore eyes, slips, cuts",
    "controls": "Eye protection for everyone (the school’s)\nPaper towels on each table\nPlastic cups, no glass",
    "residual": Risk.MEDIUM,
    "first_aid": "Ten minutes of cold water for eyes; the school’s first aider is called.",
    "equipment": "Droppers, plastic cups, a flask of cabbage water made at home",
    "substances": "Household vinegar, washing-up liquid, lemonade",
    "guidance_checked": True,
    "allergies": "Cabbage, citrus",
}

SAFEGUARDING = (
    {"safeguarding_lead": "Robin Ashe", "safeguarding_phone": "01632 960456"},
    {"safeguarding_lead": "Lesley Crane", "safeguarding_phone": "01632 960457"},
)

PLEASED_TEACHER = {
    "TF1": "as_planned",
    "TF2": "yes",
    "TF3": "28",
    **{f"T{number}": "5" if number % 3 else "4" for number in range(1, 9)},
    "T9": "5",
    "T10": "yes",
    "T11": "planned",
    "T12": "Stories from site, and time for questions.",
    "T14": "no",
}
PLEASED_AMBASSADOR = {
    "A1": "as_planned",
    "A2": "yes",
    "A3": "yes",
    "A4": "4",
    "A5": "5",
    "A6": "5",
    "A7": "yes",
    "A8": "3.5",
    "A9": "yes",
    "A11": "no",
}
