"""Two schemes that came to an end and handed over their people, of whom some are here already."""

import csv
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from ambassadors.models import LikelyPair, Scheme
from ambassadors.operations.duplicates import find_likely_pairs
from ambassadors.operations.importing import commit_import
from ambassadors.operations.merging import merge_people
from ambassadors.operations.notices import tell_imported
from ambassadors.operations.schemes import describe_scheme
from stem.accounts.models import User

HEADINGS = ("Member ID", "Name", "Email", "Mobile", "Postcode", "Employer", "Job title", "Date joined", "Last updated")
# By its name who answered for each, by what right its people came, and the people themselves.
SCHEMES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "Engineers into Classrooms": (
        "Northern Engineers' Trust (closed)",
        "Legitimate interest: the trust closed and asked us to offer its volunteers a place to go on.",
        (
            "E014;Thomas Okafor;tom-okafor@people.example;07700 900000;LS28 6QQ;Airedale Structures Ltd;Inspector",
            "E015;Amina Yousef;amina.yousef@pennine.example;07700 900001;LS6 2QQ;Pennine Consulting;Engineer",
            "E022;BELL Gareth;gareth-bell@people.example;;BD1 3QQ;Northern Line Signals;Technician",
            "E031;Sofia Marchetti-Hill;sofia-marchetti@people.example;07700 900003;YO1 7QQ;Rivers & Coasts;Modeller",
            "E040;Dr Hannah Oyelaran;h.oyelaran@steel.example;01632 960201;S10 2QQ;Don Valley Steel;Metallurgist",
            "E041;Peter Illingworth;p.illingworth@steel.example;01632 960202;S11 8QQ;Don Valley Steel;Foundry manager",
            "E047;Catherine Nowak;kate.nowak@home.example;07700 900810;HX1 5QQ;Calder Looms;Textile technologist",
            "E052;Wasim Chaudhry;wasim@chaudhry.example;07700 900811;BD1 3QQ;Aire Hospitals;Medical physicist",
            "E058;Lucy Braithwaite;lucy.b@home.example;07700 900812;HG1 2QQ;Nidd Water;Water engineer",
            "E063;Stefan Kowalczyk;s.kowalczyk@wolds.example;07700 900813;HU3 2QQ;Wolds Energy;Blade designer",
        ),
    ),
    "Researchers on the Road": (
        "Five Rivers Universities",
        "Public task: outreach that the universities have agreed to run through this register.",
        (
            "R-101;H. Oyelaran;hannah.oyelaran@fiverivers.example;01632 960201;S10 2QQ;Five Rivers;Researcher",
            "R-104;Kate Nowak;kate.nowak@home.example;;HX1 5QQ;University of Calderdale;Textile scientist",
            "R-109;Stephan Kowalczyck;s.kowalczyk@wolds.example;07700 900813;HU3 2QQ;Wolds Energy;Engineer",
            "R-112;Priti Dessai;priti-desai@people.example;07700 900005;HG1 2QQ;Harrogate Health;Data scientist",
            "R-118;Chowdhury Wasim;wasim@chaudhry.example;07700 900811;BD1 3QQ;Aire Hospitals Trust;Physicist",
            "R-120;Deepak Raó;d.rao@kite.example;07700 900009;S1 4QQ;Kite Robotics;Robotics researcher",
            "R-133;Ines Carvalho;ines.carvalho@fiverivers.example;07700 900820;LS6 2QQ;Five Rivers;Ecologist",
            "R-135;Robert Illingworth;r.illingworth@home.example;01632 960202;S11 8QQ;Sheaf Rail;Driver",
            "R-140;Yewande Balogun;y.balogun@fiverivers.example;07700 900821;YO1 7QQ;Five Rivers;Astronomer",
        ),
    ),
}
UPDATED = "2026-02-14"


def bring_newcomers(administrator: User, officer: User, *, at: datetime) -> None:
    """Bring both schemes' people in as an administrator would, look for duplicates, and merge the likeliest pair."""
    came = at - timedelta(days=6)
    with tempfile.TemporaryDirectory() as folder:
        for name, (owner, basis, people) in SCHEMES.items():
            file = Path(folder) / "people.csv"
            with file.open("w", newline="", encoding="utf-8") as opened:
                writer = csv.writer(opened)
                writer.writerow(HEADINGS)
                writer.writerows([*row.split(";"), "2019-09-02", UPDATED] for row in people)
            commit_import(path=file, scheme=name, columns={}, by=administrator, at=came, tell=lambda _done, _all: None)
            describe_scheme(
                scheme=Scheme.objects.get(name=name),
                owner=owner,
                legal_basis_note=basis,
                transfer_date=date(2026, 3, 1),
                by=administrator,
                at=came,
            )
    tell_imported(at=came + timedelta(hours=1))
    find_likely_pairs(at=at)
    likeliest = LikelyPair.objects.visible_to(officer).select_related("one", "other").first()
    if likeliest is not None:
        merge_people(one=likeliest.one, other=likeliest.other, choices={}, by=officer, at=at - timedelta(days=1))
