"""The postcode areas of the United Kingdom: the letters that a postcode begins with.

An area's nation and region are those of its post town: CH, DG, GL, HR, LD, LL, NP, SY and TD reach across a border, and
some areas across regions. Its point is the middle of its postcodes; see docs/decisions/0005-places.md for the source.
"""

from dataclasses import dataclass

from stem.geography.points import Point
from stem.nations import Nation


@dataclass(frozen=True, slots=True)
class Area:
    """One postcode area: its letters, post town, nation, region of England (or nation), and the middle of it."""

    code: str
    town: str
    nation: Nation
    region: str
    point: Point

    def __str__(self) -> str:
        return f"{self.code} {self.town}"


# fmt: off
_ROWS = (
    ("AB", "Aberdeen", Nation.SCO, "Scotland", 57.289, -2.318),
    ("AL", "St Albans", Nation.ENG, "East of England", 51.776, -0.286),
    ("B", "Birmingham", Nation.ENG, "West Midlands", 52.463, -1.888),
    ("BA", "Bath", Nation.ENG, "South West", 51.221, -2.420),
    ("BB", "Blackburn", Nation.ENG, "North West", 53.785, -2.336),
    ("BD", "Bradford", Nation.ENG, "Yorkshire and the Humber", 53.833, -1.838),
    ("BH", "Bournemouth", Nation.ENG, "South West", 50.751, -1.892),
    ("BL", "Bolton", Nation.ENG, "North West", 53.587, -2.409),
    ("BN", "Brighton", Nation.ENG, "South East", 50.830, -0.116),
    ("BR", "Bromley", Nation.ENG, "London", 51.394, 0.048),
    ("BS", "Bristol", Nation.ENG, "South West", 51.445, -2.631),
    ("BT", "Belfast", Nation.NIR, "Northern Ireland", 54.600, -6.300),
    ("CA", "Carlisle", Nation.ENG, "North West", 54.720, -3.105),
    ("CB", "Cambridge", Nation.ENG, "East of England", 52.207, 0.208),
    ("CF", "Cardiff", Nation.WLS, "Wales", 51.552, -3.329),
    ("CH", "Chester", Nation.ENG, "North West", 53.291, -3.023),
    ("CM", "Chelmsford", Nation.ENG, "East of England", 51.758, 0.401),
    ("CO", "Colchester", Nation.ENG, "East of England", 51.901, 0.932),
    ("CR", "Croydon", Nation.ENG, "London", 51.356, -0.099),
    ("CT", "Canterbury", Nation.ENG, "South East", 51.256, 1.232),
    ("CV", "Coventry", Nation.ENG, "West Midlands", 52.370, -1.499),
    ("CW", "Crewe", Nation.ENG, "North West", 53.155, -2.456),
    ("DA", "Dartford", Nation.ENG, "South East", 51.441, 0.226),
    ("DD", "Dundee", Nation.SCO, "Scotland", 56.543, -2.853),
    ("DE", "Derby", Nation.ENG, "East Midlands", 52.929, -1.502),
    ("DG", "Dumfries", Nation.SCO, "Scotland", 55.021, -3.880),
    ("DH", "Durham", Nation.ENG, "North East", 54.826, -1.617),
    ("DL", "Darlington", Nation.ENG, "North East", 54.533, -1.667),
    ("DN", "Doncaster", Nation.ENG, "Yorkshire and the Humber", 53.541, -0.727),
    ("DT", "Dorchester", Nation.ENG, "South West", 50.760, -2.485),
    ("DY", "Dudley", Nation.ENG, "West Midlands", 52.453, -2.181),
    ("E", "London", Nation.ENG, "London", 51.543, -0.015),
    ("EC", "London", Nation.ENG, "London", 51.520, -0.097),
    ("EH", "Edinburgh", Nation.SCO, "Scotland", 55.924, -3.227),
    ("EN", "Enfield", Nation.ENG, "London", 51.684, -0.083),
    ("EX", "Exeter", Nation.ENG, "South West", 50.831, -3.678),
    ("FK", "Falkirk", Nation.SCO, "Scotland", 56.078, -3.860),
    ("FY", "Blackpool", Nation.ENG, "North West", 53.828, -3.020),
    ("G", "Glasgow", Nation.SCO, "Scotland", 55.869, -4.270),
    ("GL", "Gloucester", Nation.ENG, "South West", 51.833, -2.178),
    ("GU", "Guildford", Nation.ENG, "South East", 51.221, -0.721),
    ("HA", "Harrow", Nation.ENG, "London", 51.587, -0.338),
    ("HD", "Huddersfield", Nation.ENG, "Yorkshire and the Humber", 53.634, -1.782),
    ("HG", "Harrogate", Nation.ENG, "Yorkshire and the Humber", 54.043, -1.552),
    ("HP", "Hemel Hempstead", Nation.ENG, "East of England", 51.727, -0.692),
    ("HR", "Hereford", Nation.ENG, "West Midlands", 52.068, -2.726),
    ("HS", "Stornoway", Nation.SCO, "Scotland", 57.966, -6.710),
    ("HU", "Hull", Nation.ENG, "Yorkshire and the Humber", 53.772, -0.355),
    ("HX", "Halifax", Nation.ENG, "Yorkshire and the Humber", 53.720, -1.895),
    ("IG", "Ilford", Nation.ENG, "London", 51.587, 0.075),
    ("IP", "Ipswich", Nation.ENG, "East of England", 52.205, 1.078),
    ("IV", "Inverness", Nation.SCO, "Scotland", 57.595, -4.186),
    ("KA", "Kilmarnock", Nation.SCO, "Scotland", 55.565, -4.605),
    ("KT", "Kingston upon Thames", Nation.ENG, "London", 51.358, -0.344),
    ("KW", "Kirkwall", Nation.SCO, "Scotland", 58.656, -3.287),
    ("KY", "Kirkcaldy", Nation.SCO, "Scotland", 56.165, -3.199),
    ("L", "Liverpool", Nation.ENG, "North West", 53.443, -2.925),
    ("LA", "Lancaster", Nation.ENG, "North West", 54.172, -2.907),
    ("LD", "Llandrindod Wells", Nation.WLS, "Wales", 52.130, -3.339),
    ("LE", "Leicester", Nation.ENG, "East Midlands", 52.643, -1.136),
    ("LL", "Llandudno", Nation.WLS, "Wales", 53.129, -3.728),
    ("LN", "Lincoln", Nation.ENG, "East Midlands", 53.256, -0.351),
    ("LS", "Leeds", Nation.ENG, "Yorkshire and the Humber", 53.822, -1.552),
    ("LU", "Luton", Nation.ENG, "East of England", 51.897, -0.503),
    ("M", "Manchester", Nation.ENG, "North West", 53.477, -2.270),
    ("ME", "Rochester", Nation.ENG, "South East", 51.332, 0.589),
    ("MK", "Milton Keynes", Nation.ENG, "South East", 52.063, -0.661),
    ("ML", "Motherwell", Nation.SCO, "Scotland", 55.774, -3.941),
    ("N", "London", Nation.ENG, "London", 51.585, -0.112),
    ("NE", "Newcastle upon Tyne", Nation.ENG, "North East", 55.044, -1.651),
    ("NG", "Nottingham", Nation.ENG, "East Midlands", 53.010, -1.062),
    ("NN", "Northampton", Nation.ENG, "East Midlands", 52.297, -0.833),
    ("NP", "Newport", Nation.WLS, "Wales", 51.683, -3.019),
    ("NR", "Norwich", Nation.ENG, "East of England", 52.647, 1.333),
    ("NW", "London", Nation.ENG, "London", 51.556, -0.198),
    ("OL", "Oldham", Nation.ENG, "North West", 53.584, -2.125),
    ("OX", "Oxford", Nation.ENG, "South East", 51.791, -1.295),
    ("PA", "Paisley", Nation.SCO, "Scotland", 55.922, -4.785),
    ("PE", "Peterborough", Nation.ENG, "East of England", 52.667, -0.011),
    ("PH", "Perth", Nation.SCO, "Scotland", 56.571, -3.739),
    ("PL", "Plymouth", Nation.ENG, "South West", 50.432, -4.341),
    ("PO", "Portsmouth", Nation.ENG, "South East", 50.801, -1.045),
    ("PR", "Preston", Nation.ENG, "North West", 53.727, -2.754),
    ("RG", "Reading", Nation.ENG, "South East", 51.401, -1.032),
    ("RH", "Redhill", Nation.ENG, "South East", 51.107, -0.209),
    ("RM", "Romford", Nation.ENG, "London", 51.548, 0.218),
    ("S", "Sheffield", Nation.ENG, "Yorkshire and the Humber", 53.396, -1.405),
    ("SA", "Swansea", Nation.WLS, "Wales", 51.771, -4.227),
    ("SE", "London", Nation.ENG, "London", 51.467, -0.033),
    ("SG", "Stevenage", Nation.ENG, "East of England", 51.953, -0.158),
    ("SK", "Stockport", Nation.ENG, "North West", 53.369, -2.099),
    ("SL", "Slough", Nation.ENG, "South East", 51.516, -0.644),
    ("SM", "Sutton", Nation.ENG, "London", 51.363, -0.185),
    ("SN", "Swindon", Nation.ENG, "South West", 51.500, -1.904),
    ("SO", "Southampton", Nation.ENG, "South East", 50.940, -1.386),
    ("SP", "Salisbury", Nation.ENG, "South West", 51.108, -1.789),
    ("SR", "Sunderland", Nation.ENG, "North East", 54.874, -1.389),
    ("SS", "Southend-on-Sea", Nation.ENG, "East of England", 51.563, 0.595),
    ("ST", "Stoke-on-Trent", Nation.ENG, "West Midlands", 52.977, -2.143),
    ("SW", "London", Nation.ENG, "London", 51.461, -0.169),
    ("SY", "Shrewsbury", Nation.ENG, "West Midlands", 52.666, -3.049),
    ("TA", "Taunton", Nation.ENG, "South West", 51.057, -3.067),
    ("TD", "Galashiels", Nation.SCO, "Scotland", 55.613, -2.528),
    ("TF", "Telford", Nation.ENG, "West Midlands", 52.716, -2.461),
    ("TN", "Tonbridge", Nation.ENG, "South East", 51.084, 0.446),
    ("TQ", "Torquay", Nation.ENG, "South West", 50.457, -3.623),
    ("TR", "Truro", Nation.ENG, "South West", 50.213, -5.242),
    ("TS", "Middlesbrough", Nation.ENG, "North East", 54.585, -1.223),
    ("TW", "Twickenham", Nation.ENG, "London", 51.447, -0.393),
    ("UB", "Southall", Nation.ENG, "London", 51.529, -0.416),
    ("W", "London", Nation.ENG, "London", 51.511, -0.200),
    ("WA", "Warrington", Nation.ENG, "North West", 53.391, -2.598),
    ("WC", "London", Nation.ENG, "London", 51.519, -0.122),
    ("WD", "Watford", Nation.ENG, "East of England", 51.661, -0.390),
    ("WF", "Wakefield", Nation.ENG, "Yorkshire and the Humber", 53.685, -1.492),
    ("WN", "Wigan", Nation.ENG, "North West", 53.534, -2.636),
    ("WR", "Worcester", Nation.ENG, "West Midlands", 52.166, -2.186),
    ("WS", "Walsall", Nation.ENG, "West Midlands", 52.649, -1.953),
    ("WV", "Wolverhampton", Nation.ENG, "West Midlands", 52.580, -2.169),
    ("YO", "York", Nation.ENG, "Yorkshire and the Humber", 54.071, -0.842),
    ("ZE", "Lerwick", Nation.SCO, "Scotland", 60.224, -1.201),
)
# fmt: on

AREAS: dict[str, Area] = {
    code: Area(code, town, nation, region, Point(lat, lon)) for code, town, nation, region, lat, lon in _ROWS
}
