"""What made people are made of: homes that lie in clusters as real ones do, employers, telephones, addresses.

Every draw is skewed as life is: a few towns and employers have many people, and many have few. No telephone number is
in use: mobiles stand in a range that has never been given out, and 01632 is the area code kept for drama.
"""

import random
import re
import unicodedata
from functools import cache
from itertools import accumulate, count

from demo.made_names import COMMUNITIES, ENGLISH, RARE_FIRST, RARE_LAST, Community, words
from stem.geography.areas import AREAS

SECTORS = 10_500  # of the whole country, near enough what there are
UNITS = [a + b for a in "ABDEFGHJLN" for b in "ABDEFGHJLN"]
EMPLOYERS = 4_000
SERVICES = ("post.example", "mailbox.example", "inbox.example", "letters.example", "quickmail.example")
_PLACES = words(
    "Northgate Ravensworth Calder Severn Mersey Avon Pennine Solent Tamar Lomond Tywi Humber Tees Trent Medway"
)
_TRADES = words("Engineering Systems Aerospace Energy Biosciences Software Instruments Materials Water Robotics Optics")
_KINDS = ("{0} {1} Ltd", "{0} {1} plc", "{0} {1}", "University of {0}", "{0} NHS Trust", "{0} {1} Group", "{0} {1} Ltd")


@cache
def skewed(count: int, steepness: float, flat: float = 2.0) -> list[float]:
    """Weights added up, the first the heaviest, falling as a power of the place (Zipf's law)."""
    return list(accumulate(1 / (place + flat) ** steepness for place in range(count)))


def plain(text: str) -> str:
    """A name as it stands in an address: plain small letters."""
    parts = unicodedata.normalize("NFKD", text.translate(str.maketrans("łŁ", "lL")))
    return re.sub(r"[^a-z]", "", parts.casefold())


class Ground:
    """Draws homes, names, employers, numbers and addresses; all chance comes from the caller."""

    def __init__(self) -> None:
        chance = random.Random(4)
        areas = sorted(AREAS)
        chance.shuffle(areas)
        shares = [1 / (place + 8) ** 0.9 for place in range(len(areas))]
        self._sectors: list[tuple[str, float, float]] = []
        self._of_area: dict[str, list[int]] = {}
        for area, share in zip(areas, shares, strict=True):
            self._lay_out(area, max(9, round(SECTORS * share / sum(shares))), chance)
        # Some sectors have ten times the people of others.
        self._sector_weights = list(accumulate(chance.lognormvariate(0, 0.9) for _ in self._sectors))
        self._points = {sector: (lat, lon) for sector, lat, lon in self._sectors}
        self._employers = [self._name_of_employer(number, chance) for number in range(EMPLOYERS)]
        self._employer_weights = skewed(EMPLOYERS, 0.95, 6)
        self._given_out: set[str] = set()

    def _lay_out(self, area: str, count: int, chance: random.Random) -> None:
        """The sectors of an area, nine a district, round its middle."""
        middle = AREAS[area].point
        for number in range(count):
            district = 1 + number // 9
            side = random.Random(f"{area}{district}")
            lat, lon = middle.lat + side.gauss(0, 0.09), middle.lon + side.gauss(0, 0.14)
            self._of_area.setdefault(area, []).append(len(self._sectors))
            near = lat + chance.gauss(0, 0.012), lon + chance.gauss(0, 0.018)
            self._sectors.append((f"{area}{district} {1 + number % 9}", round(near[0], 5), round(near[1], 5)))

    @staticmethod
    def _name_of_employer(number: int, chance: random.Random) -> str:
        if number < 40:
            return chance.choice(_KINDS).format(_PLACES[number % 15], _TRADES[number % 11])
        maker = chance.choice(RARE_FIRST) + chance.choice(RARE_LAST)
        return chance.choice(_KINDS).format(maker, chance.choice(_TRADES))

    def home(self, chance: random.Random) -> tuple[str, float, float]:
        """A postcode anywhere, with the middle of its sector."""
        [place] = chance.choices(range(len(self._sectors)), cum_weights=self._sector_weights)
        sector, lat, lon = self._sectors[place]
        return sector + chance.choice(UNITS), lat, lon

    def home_near(self, postcode: str, chance: random.Random) -> tuple[str, float, float]:
        """Another postcode of the same area."""
        area = re.match(r"[A-Z]*", postcode)
        places = self._of_area.get(area.group() if area else "")
        if not places:
            return self.home(chance)
        sector, lat, lon = self._sectors[chance.choice(places)]
        return sector + chance.choice(UNITS), lat, lon

    def point(self, postcode: str) -> tuple[float | None, float | None]:
        """The middle of its sector, or nothing where there is no such sector."""
        return self._points.get(postcode[:-2], (None, None))

    def community(self, chance: random.Random) -> Community:
        """One of them, by their shares."""
        return chance.choices(COMMUNITIES, [each.share for each in COMMUNITIES])[0]

    def surname(self, chance: random.Random, community: Community = ENGLISH) -> str:
        """A surname: a common one, or in some communities a rare one that few share."""
        if chance.random() < community.tail:
            return chance.choice(RARE_FIRST) + chance.choice(RARE_LAST)
        return chance.choices(community.surnames, cum_weights=skewed(len(community.surnames), 0.75))[0]

    def first_name(self, chance: random.Random, community: Community, *, woman: bool) -> str:
        """A first name."""
        names = community.women if woman else community.men
        return chance.choices(names, cum_weights=skewed(len(names), 0.7, 4))[0]

    def employer(self, chance: random.Random) -> str:
        """An employer."""
        return chance.choices(self._employers, cum_weights=self._employer_weights)[0]

    def mobile(self, chance: random.Random) -> str:
        """A mobile number."""
        return f"0701{chance.randrange(10_000_000):07}"

    def landline(self, chance: random.Random) -> str:
        """A landline number."""
        return f"01632{chance.randrange(1_000_000):06}"

    def switchboard(self, employer: str) -> str:
        """The one number of an employer."""
        return f"01632{random.Random(employer).randrange(1_000_000):06}"

    def email(self, first: str, last: str, chance: random.Random) -> str:
        """A private address: names in some order, often with figures."""
        given, family = plain(first) or "x", plain(last) or "y"
        pattern = chance.choice(("{0}.{1}", "{0}{1}", "{0}_{1}", "{2}{1}", "{1}.{0}", "{0}{3}"))
        figures = str(chance.randrange(1950, 2006)) if chance.random() < 0.3 else str(chance.randrange(100))
        local = pattern.format(given, family, given[0], family[0])
        common = chance.random() < 0.55 or pattern == "{0}{3}"
        return self._unused(f"{local}{figures if common else ''}", chance.choice(SERVICES))

    def work_email(self, first: str, last: str, employer: str) -> str:
        """The address at work, made of the names; a second of that name there gets a figure."""
        return self._unused(f"{plain(first)}.{plain(last)}", f"{plain(employer) or 'firm'}.work.example")

    def _unused(self, local: str, domain: str) -> str:
        """No service and no employer gives one address to two people."""
        for figure in count(1):
            address = f"{local}{figure if figure > 1 else ''}@{domain}"
            if address not in self._given_out:
                self._given_out.add(address)
                return address
        raise AssertionError("figures never end")

    def office_email(self, employer: str) -> str:
        """The one address of an employer's office."""
        return f"office@{plain(employer) or 'firm'}.work.example"

    def orcid(self, chance: random.Random) -> str:
        """Sixteen characters, the last of which checks the rest (ISO 7064, mod 11-2)."""
        digits = f"0009{chance.randrange(10**11):011}"
        total = 0
        for digit in digits:
            total = (total + int(digit)) * 2
        check = (12 - total % 11) % 11
        whole = digits + ("X" if check == 10 else str(check))
        return "-".join(whole[start : start + 4] for start in range(0, 16, 4))
