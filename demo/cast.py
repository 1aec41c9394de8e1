"""The made people and places of the demonstration. None of them exists."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SchoolPart:
    """A made school."""

    number: str
    name: str
    street: str
    town: str
    postcode: str
    phase: str
    roll: int


SCHOOLS = [
    SchoolPart("900001", "Calder Vale Academy", "Mill Lane", "Leeds", "LS12 3QQ", "secondary", 1120),
    SchoolPart("900002", "Beckside Primary School", "Chapel Row", "Bradford", "BD5 7QQ", "primary", 310),
    SchoolPart("900003", "Foss Bank School", "Ings Road", "York", "YO31 9QQ", "secondary", 890),
    SchoolPart("900004", "Rivelin High School", "Stone Street", "Sheffield", "S6 5QQ", "secondary", 1340),
    SchoolPart("900005", "Humber Reach College", "Dock Road", "Hull", "HU9 1QQ", "16_plus", 1900),
    SchoolPart("900006", "Wharfedale Special School", "Park View", "Otley", "LS21 1QQ", "special", 96),
    SchoolPart("900007", "Soho Hill School", "Foundry Street", "Birmingham", "B19 1QQ", "secondary", 1050),
    SchoolPart("900008", "Cannock Chase Primary", "Forge Way", "Walsall", "WS3 4QQ", "primary", 420),
    SchoolPart("900009", "Lea Valley School", "Canal Walk", "London", "E9 5QQ", "secondary", 1210),
    SchoolPart("900010", "Deptford Creek Primary", "Anchor Street", "London", "SE8 3QQ", "primary", 450),
    SchoolPart("900011", "Carrick Roads Academy", "Harbour Terrace", "Truro", "TR1 2QQ", "secondary", 760),
    SchoolPart("900012", "Exe Moor Primary", "Fore Street", "Exeter", "EX4 2QQ", "primary", 180),
    SchoolPart("W90001", "Ysgol Cwm Taf", "Heol y Parc", "Pontypridd", "CF37 1QQ", "secondary", 980),
    SchoolPart("W90002", "Ysgol Bae Abertawe", "Oyster Road", "Swansea", "SA1 8QQ", "primary", 290),
    SchoolPart("S90001", "Clydeview Academy of Science", "Shipbank Road", "Glasgow", "G51 4QQ", "secondary", 1010),
    SchoolPart("S90002", "Lammermuir Primary School", "Kirk Wynd", "Haddington", "EH41 3QQ", "primary", 240),
    SchoolPart("N90001", "Lagan Bridge College", "Linen Row", "Belfast", "BT6 8QQ", "secondary", 840),
    SchoolPart("N90002", "Strangford Primary School", "Shore Road", "Newtownards", "BT23 4QQ", "primary", 260),
]


@dataclass(frozen=True)
class AmbassadorPart:
    """A made ambassador: who, doing what, for whom, by which route, from where, offering what."""

    name: str
    job: str
    employer: str
    route: str
    postcode: str
    subjects: tuple[str, ...]
    story: str = ""
    minutes: int = 60


A = AmbassadorPart
AMBASSADORS = [
    A("Tom Okafor", "Bridge inspection engineer", "Airedale Structures", "apprenticeship", "LS28 6QQ",
      ("civil_engineering", "transport_engineering"),
      "I left school at sixteen for an apprenticeship, and hung off my first bridge at eighteen. My degree came later, "
      "in the evenings."),
    A("Amina Yusuf", "Structural engineer", "Pennine Consulting Engineers", "degree", "LS6 2QQ",
      ("civil_engineering", "architecture")),
    A("Gareth Bell", "Rail signalling technician", "Northern Line Signals", "technical", "BD1 3QQ",
      ("transport_engineering", "electrical_engineering")),
    A("Sofia Marchetti", "Flood modeller", "Rivers and Coasts Group", "degree", "YO1 7QQ",
      ("civil_engineering", "environmental_science", "mathematics")),
    A("Callum Reid", "Software developer", "Tykeware", "degree_apprenticeship", "LS1 5QQ",
      ("software_engineering", "computer_science")),
    A("Priti Desai", "Data scientist", "Harrogate Health Analytics", "degree", "HG1 2QQ",
      ("data_science", "statistics", "mathematics")),
    A("Joanna Kaminska", "Biomedical scientist", "St Aidan's Hospital", "degree", "S10 2QQ",
      ("biomedical_science", "biology", "genetics")),
    A("Marcus Thorne", "Wind turbine technician", "Dogger Offshore", "apprenticeship", "HU3 2QQ",
      ("energy_engineering", "mechanical_engineering"), "", 90),
    A("Helen Ashworth", "Analytical chemist", "Calder Fine Chemicals", "degree", "HX1 5QQ",
      ("chemistry", "forensic_science")),
    A("Deepak Rao", "Machine learning engineer", "Kite Robotics", "degree", "S1 4QQ",
      ("artificial_intelligence", "robotics", "software_engineering")),
    A("Niamh Gallagher", "Veterinary nurse", "Dales Animal Practice", "technical", "HG3 1QQ",
      ("veterinary_science", "biology")),
    A("Owen Hughes", "Geologist", "Deep Heat Cymru", "degree", "CF10 3QQ",
      ("geology", "environmental_science")),
    A("Carys Pritchard", "Apprentice machinist", "Port Talbot Precision", "apprenticeship", "SA13 1QQ",
      ("manufacturing_engineering", "mechanical_engineering")),
    A("Ifan Rees", "Cyber security analyst", "Tarian Secure", "degree_apprenticeship", "CF24 2QQ",
      ("cyber_security", "computer_science")),
    A("Fiona MacAskill", "Naval architect", "Govan Marine", "degree", "G51 2QQ",
      ("transport_engineering", "mechanical_engineering", "physics")),
    A("Ruaridh Sinclair", "Satellite engineer", "Clyde Orbital", "degree", "G3 8QQ",
      ("aerospace_engineering", "electronics", "physics")),
    A("Eilidh Grant", "Plant breeder", "Lothian Seeds", "degree", "EH41 4QQ",
      ("agriculture", "biology", "genetics")),
    A("Aoife Donnelly", "Pharmacist", "Lagan Pharmacy", "degree", "BT7 1QQ",
      ("pharmacy", "chemistry", "medicine")),
    A("Conor McKee", "Aircraft fitter", "Belfast Wing Works", "apprenticeship", "BT3 9QQ",
      ("aerospace_engineering", "manufacturing_engineering")),
    A("Jago Pascoe", "Boatbuilder", "Fal Composites", "apprenticeship", "TR11 3QQ",
      ("materials_science", "manufacturing_engineering"), "", 75),
    A("Morwenna Tregear", "Marine biologist", "Cornish Seas Trust", "degree", "TR1 1QQ",
      ("oceanography", "ecology", "biology")),
    A("Ben Ellacott", "Weather forecaster", "Moor Weather", "degree", "EX1 3QQ",
      ("meteorology", "mathematics", "physics")),
    A("Grace Adeyemi", "Games designer", "Brindley Games", "technical", "B9 4QQ",
      ("games_development", "software_engineering")),
    A("Harpreet Gill", "Battery engineer", "Midland Cells", "degree", "CV1 3QQ",
      ("chemical_engineering", "energy_engineering", "chemistry")),
    A("Leon Whitfield", "Toolmaker", "Black Country Dies", "apprenticeship", "DY1 2QQ",
      ("manufacturing_engineering", "mechanical_engineering")),
    A("Mei-Ling Chow", "Actuary", "Thames Mutual", "degree", "EC2A 4QQ",
      ("finance", "mathematics", "statistics")),
    A("Dan Abrahams", "Sound engineer", "Lea Studios", "technical", "E8 3QQ",
      ("electronics", "physics")),
    A("Zainab Malik", "Doctor in training", "Riverside Hospital", "degree", "SE1 7QQ",
      ("medicine", "biology")),
    A("Rosa Lindqvist", "Food technologist", "Humber Foods", "degree", "HU1 2QQ",
      ("food_technology", "chemistry")),
    A("Victor Mensah", "Quantity surveyor", "Sheaf Builders", "degree_apprenticeship", "S11 8QQ",
      ("architecture", "civil_engineering", "mathematics")),
    A("Priti Saran", "Radiographer", "Aire Hospitals", "degree", "LS9 7QQ",
      ("medicine", "physics")),
    A("Owain Pugh", "Toolmaker", "Taff Tools", "apprenticeship", "CF10 4QQ",
      ("manufacturing_engineering", "mechanical_engineering")),
]  # fmt: skip
# The last of them are on their way in, each at another place.
IN_VETTING = 6


@dataclass(frozen=True)
class StaffPart:
    """A made member of the scheme's staff."""

    email: str
    name: str
    roles: tuple[str, ...]
    regions: tuple[str, ...] = ()


ADMINISTRATOR = "alex.moss@scheme.example"
STAFF = [
    StaffPart("hannah.lewis@scheme.example", "Hannah Lewis", ("coordinator",)),
    StaffPart("wren.castle@scheme.example", "Wren Castle", ("vetting_officer",)),
    StaffPart("joel.barker@scheme.example", "Joel Barker", ("coordinator",), ("Yorkshire and the Humber",)),
    StaffPart("siobhan.kerr@scheme.example", "Siobhan Kerr", ("safeguarding_lead",)),
    StaffPart("nell.frith@scheme.example", "Nell Frith", ("safeguarding_lead",)),
    StaffPart("sol.hart@scheme.example", "Sol Hart", ("second_deputy",)),
    StaffPart("ruth.adair@scheme.example", "Ruth Adair", ("disclosure_assessor",)),
    StaffPart("omar.quill@scheme.example", "Omar Quill", ("disclosure_assessor",)),
    StaffPart("mina.okoro@scheme.example", "Mina Okoro", ("quality_manager",)),
    StaffPart("theo.lamb@scheme.example", "Theo Lamb", ("complaint_handler",)),
    StaffPart(ADMINISTRATOR, "Alex Moss", ("administrator",)),
    StaffPart("ines.holm@scheme.example", "Ines Holm", ("administrator",)),
]

REGIONS = {
    "Yorkshire and the Humber": ("england", ("LS", "BD", "HX", "HD", "WF", "YO", "HG", "S", "DN", "HU")),
    "West Midlands": ("england", ("B", "CV", "DY", "WS", "WV", "ST", "TF", "WR")),
    "London": ("england", ("E", "EC", "N", "NW", "SE", "SW", "W", "WC")),
    "South West": ("england", ("BS", "BA", "EX", "PL", "TR", "TQ", "TA", "GL")),
    "Wales": ("wales", ("CF", "NP", "SA", "LD", "LL")),
    "Scotland": ("scotland", ("G", "EH", "PA", "ML", "FK", "KY", "DD", "AB", "IV")),
    "Northern Ireland": ("northern_ireland", ("BT",)),
}

# The people a visitor signs in as with one click.
TEACHER = ("p.nair@caldervale.example", "Priya Nair", "Head of science")
OTHER_TEACHERS = [
    ("m.holt@fossbank.example", "Martin Holt", "900003"),
    ("c.evans@cwmtaf.example", "Cerys Evans", "W90001"),
    ("i.kerr@clydeview.example", "Isla Kerr", "S90001"),
    ("r.magee@laganbridge.example", "Rory Magee", "N90001"),
    ("s.khan@sohohill.example", "Saira Khan", "900007"),
    ("j.penrose@carrick.example", "Jenna Penrose", "900011"),
]
# Colleagues of the first teacher, who leads at her school: one joined by its domain, one has another address and waits.
SCHOOL_DOMAIN = "caldervale.example"
COLLEAGUE = ("b.ferns@caldervale.example", "Beth Ferns", "Careers leader")
WAITING_COLLEAGUE = ("o.marsh@supply.example", "Owen Marsh", "Teacher of computing")
# Whose training runs out soon.
RUNS_OUT = "leon-whitfield@people.example"
# Who has chosen another photo since, of which nobody has said yet that it is her.
NEW_PHOTO = "sofia-marchetti@people.example"
# People on their way in, each waiting for somebody else; the learner is half way through the induction.
NEEDS_A_COLLEAGUE, LEARNER, TALKER, VOUCHED_FOR, READY, SILENT = (
    f"{name}@people.example"
    for name in ("dan-abrahams", "zainab-malik", "rosa-lindqvist", "victor-mensah", "priti-saran", "owain-pugh")
)
APPLICANT = ("noor.haddad@people.example", "Noor Haddad", "Tram technician")
WAITING_TEACHER = ("d.lowe@beckside.example", "Dina Lowe", "900002")

# A group of firms that is told what its people give; who reads for it, and who was asked to.
EMPLOYER = "Calder and Aire Group"
FIRMS = (
    *("Airedale Structures", "Pennine Consulting Engineers", "Tykeware", "Kite Robotics"),
    *("Harrogate Health Analytics", "Sheaf Builders", "Calder Fine Chemicals"),
)
EMPLOYER_LEAD = ("nadia.frost@calder-aire.example", "Nadia Frost")
SECOND_LEAD = "giles.thorpe@calder-aire.example"
