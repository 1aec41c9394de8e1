"""Where the registers are to be had: publishers, the exact names of what they publish, and what they ask for it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from stem.loads.enums import LoadKind

OGL = _("Open Government Licence v3.0")
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Product:
    """One file that somebody publishes for everyone."""

    publisher: str
    name: str
    url: str
    # How to come by the file on that page, and what it is called.
    steps: Any
    licence: Any
    # The words that the licence asks those who use it to show.
    acknowledgement: str


@dataclass(frozen=True)
class Source:
    """One register: what it is good for, and which files it can be loaded from."""

    kind: LoadKind
    purpose: Any
    products: tuple[Product, ...]
    # The endings that the browser offers, and the largest file that anyone publishes with room to grow.
    accept: str
    most_megabytes: int

    @property
    def most_bytes(self) -> int:
        """The largest file taken."""
        return self.most_megabytes * MEGABYTE


CODE_POINT = Product(
    publisher="Ordnance Survey",
    name="Code-Point Open",
    url="https://osdatahub.os.uk/downloads/open/CodePointOpen",
    steps=_(
        "Choose the CSV format and press Download: the file is codepo_gb.zip. Do not unpack it. It needs no account."
    ),
    licence=OGL,
    acknowledgement="Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail "
    "copyright and database right. Contains National Statistics data © Crown copyright and database right.",
)
ONSPD = Product(
    publisher="Office for National Statistics",
    name="ONS Postcode Directory (ONSPD)",
    url="https://geoportal.statistics.gov.uk/",
    steps=_(
        "Take this one if you work in Northern Ireland. Look under Postcodes for the latest ONS Postcode Directory, "
        "download it and unpack it. In its Data folder is one CSV file of the whole United Kingdom, with a name that "
        "ends in UK: send that one, and if your line is slow pack it into a zip of its own first."
    ),
    licence=_("Open Government Licence v3.0; for postcodes of Northern Ireland (BT) a licence of their own"),
    acknowledgement="Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail "
    "copyright and database right. Source: Office for National Statistics licensed under the Open Government Licence "
    "v.3.0.",
)
GIAS_DOWNLOADS = "https://get-information-schools.service.gov.uk/Downloads"
ESTABLISHMENTS = Product(
    publisher="Department for Education",
    name="Get Information About Schools: establishment fields CSV",
    url=GIAS_DOWNLOADS,
    steps=_(
        "Under “Establishment downloads” tick “Establishment fields CSV” for all establishments, and download it. The "
        "file inside is called edubasealldata and a date."
    ),
    licence=OGL,
    acknowledgement="Contains public sector information from the Department for Education's Get Information About "
    "Schools, licensed under the Open Government Licence v3.0.",
)
LINKS = Product(
    publisher="Department for Education",
    name="Get Information About Schools: establishment links CSV",
    url=GIAS_DOWNLOADS,
    steps=_(
        "Under “Establishment downloads” tick “Establishment links CSV” for all establishments, and download it. The "
        "file inside is called links_edubasealldata and a date."
    ),
    licence=OGL,
    acknowledgement=ESTABLISHMENTS.acknowledgement,
)
SCHOOL_ROLL = Product(
    publisher="Scottish Government",
    name="Scottish School Roll and Locations",
    url="https://spatialdata.gov.scot/geonetwork/srv/eng/catalog.search#/metadata/5fa510db-88c8-40ef-bbf2-2989210b7167",
    steps=_(
        "Download “Scottish School Roll and Locations (Table)”, unpack it, open the workbook, and save its sheet as "
        "CSV. It has every school of the Scottish Government's school contact details, with its place."
    ),
    licence=OGL,
    acknowledgement="Copyright Scottish Government, contains Ordnance Survey data © Crown copyright and database "
    "right. Licensed under the Open Government Licence v3.0.",
)

# The codes by which our list of subjects is known to universities (stem/curriculum.py); no file of theirs is loaded.
SUBJECT_CODES = Product(
    publisher="Jisc (HESA)",
    name="HECoS and CAH",
    url="https://www.hesa.ac.uk/innovation/hecos",
    steps="",
    licence=_("Creative Commons Attribution 4.0"),
    acknowledgement="Codes of subjects from the Higher Education Classification of Subjects (HECoS) and the Common "
    "Aggregation Hierarchy (CAH), © Jisc.",
)

SOURCES = {
    source.kind: source
    for source in (
        Source(
            LoadKind.POSTCODES,
            _("So that distances and journeys are true. Without it everyone is in the middle of their postcode area."),
            (CODE_POINT, ONSPD),
            ".zip,.csv,.gz",
            1500,
        ),
        Source(
            LoadKind.GIAS,
            _("So that teachers find their school by its name, and you see its phase, ages and size."),
            (ESTABLISHMENTS,),
            ".csv,.zip,.gz",
            200,
        ),
        Source(
            LoadKind.SCOTLAND,
            _("So that teachers in Scotland find their school. It has state schools; others are added by hand."),
            (SCHOOL_ROLL,),
            ".csv,.zip,.gz",
            50,
        ),
        Source(
            LoadKind.LINKS,
            _("So that a school which becomes an academy, and gets a new number, keeps its visits and its people."),
            (LINKS,),
            ".csv,.zip,.gz",
            50,
        ),
    )
}

# What the words of a report's counts are, in the order in which they are shown.
COUNTS = {
    "read": _("Rows read"),
    "stored": _("Postcodes kept"),
    "without_place": _("Of these without a place"),
    "created": _("New"),
    "updated": _("Changed"),
    "unchanged": _("As they were"),
    "closed": _("Schools closed"),
    "unknown": _("About schools that we do not have"),
    "rejected": _("Rows left out"),
}
