"""The education authority of a local authority district, its nation and its region, by the district's ONS code.

A county of two tiers has one authority for its districts; elsewhere a district is its own authority. In Northern
Ireland one Education Authority serves all: there the name is the council's, which is what people know.

The codes are the Office for National Statistics'. Names are spelt as the open registers of schools spell them (Get
Information About Schools for England and Wales, the Scottish school register), so that a school and the postcode it
stands at agree; in Great Britain each was checked against the schools whose postcodes lie in the district.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stem.nations import Nation


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority: its plain name, nation, and region of England (or nation), spelt as in `stem.geography.areas`."""

    name: str
    nation: Nation
    region: str

    def __str__(self) -> str:
        return self.name


# By region: each authority with its districts, a run of codes by its first and the end of its last. What follows "was"
# is no longer given out, and still stands in files older than the mergers and changes of border that ended it.
_DISTRICTS: dict[str, dict[str, str]] = {
    "North East": {
        "County Durham": "E06000047",
        "Darlington": "E06000005",
        "Gateshead": "E08000037 (was E08000020)",
        "Hartlepool": "E06000001",
        "Middlesbrough": "E06000002",
        "Newcastle upon Tyne": "E08000021",
        "North Tyneside": "E08000022",
        "Northumberland": "E06000057 (was E06000048)",
        "Redcar and Cleveland": "E06000003",
        "South Tyneside": "E08000023",
        "Stockton-on-Tees": "E06000004",
        "Sunderland": "E08000024",
    },
    "North West": {
        "Blackburn with Darwen": "E06000008",
        "Blackpool": "E06000009",
        "Bolton": "E08000001",
        "Bury": "E08000002",
        "Cheshire East": "E06000049",
        "Cheshire West and Chester": "E06000050",
        "Cumberland": "E06000063 (was E07000026 E07000028-029)",
        "Halton": "E06000006",
        "Knowsley": "E08000011",
        "Lancashire": "E07000117-128",
        "Liverpool": "E08000012",
        "Manchester": "E08000003",
        "Oldham": "E08000004",
        "Rochdale": "E08000005",
        "Salford": "E08000006",
        "Sefton": "E08000014",
        "St. Helens": "E08000013",
        "Stockport": "E08000007",
        "Tameside": "E08000008",
        "Trafford": "E08000009",
        "Warrington": "E06000007",
        "Westmorland and Furness": "E06000064 (was E07000027 E07000030-031)",
        "Wigan": "E08000010",
        "Wirral": "E08000015",
    },
    "Yorkshire and the Humber": {
        "Barnsley": "E08000038 (was E08000016)",
        "Bradford": "E08000032",
        "Calderdale": "E08000033",
        "Doncaster": "E08000017",
        "East Riding of Yorkshire": "E06000011",
        "Kingston upon Hull, City of": "E06000010",
        "Kirklees": "E08000034",
        "Leeds": "E08000035",
        "North East Lincolnshire": "E06000012",
        "North Lincolnshire": "E06000013",
        "North Yorkshire": "E06000065 (was E07000163-169)",
        "Rotherham": "E08000018",
        "Sheffield": "E08000039 (was E08000019)",
        "Wakefield": "E08000036",
        "York": "E06000014",
    },
    "East Midlands": {
        "Derby": "E06000015",
        "Derbyshire": "E07000032-039",
        "Leicester": "E06000016",
        "Leicestershire": "E07000129-135",
        "Lincolnshire": "E07000136-142",
        "North Northamptonshire": "E06000061 (was E07000150 E07000152-153 E07000156)",
        "Nottingham": "E06000018",
        "Nottinghamshire": "E07000170-176",
        "Rutland": "E06000017",
        "West Northamptonshire": "E06000062 (was E07000151 E07000154-155)",
    },
    "West Midlands": {
        "Birmingham": "E08000025",
        "Coventry": "E08000026",
        "Dudley": "E08000027",
        "Herefordshire, County of": "E06000019",
        "Sandwell": "E08000028",
        "Shropshire": "E06000051",
        "Solihull": "E08000029",
        "Staffordshire": "E07000192-199",
        "Stoke-on-Trent": "E06000021",
        "Telford and Wrekin": "E06000020",
        "Walsall": "E08000030",
        "Warwickshire": "E07000218-222",
        "Wolverhampton": "E08000031",
        "Worcestershire": "E07000234-239",
    },
    "East of England": {
        "Bedford": "E06000055",
        "Cambridgeshire": "E07000008-012",
        "Central Bedfordshire": "E06000056",
        "Essex": "E07000066-077",
        "Hertfordshire": (
            "E07000095-096 E07000098-099 E07000102-103 E07000240-243 (was E07000097 E07000100-101 E07000104)"
        ),
        "Luton": "E06000032",
        "Norfolk": "E07000143-149",
        "Peterborough": "E06000031",
        "Southend-on-Sea": "E06000033",
        "Suffolk": "E07000200 E07000202-203 E07000244-245 (was E07000201 E07000204-206)",
        "Thurrock": "E06000034",
    },
    "London": {
        "Barking and Dagenham": "E09000002",
        "Barnet": "E09000003",
        "Bexley": "E09000004",
        "Brent": "E09000005",
        "Bromley": "E09000006",
        "Camden": "E09000007",
        "City of London": "E09000001",
        "Croydon": "E09000008",
        "Ealing": "E09000009",
        "Enfield": "E09000010",
        "Greenwich": "E09000011",
        "Hackney": "E09000012",
        "Hammersmith and Fulham": "E09000013",
        "Haringey": "E09000014",
        "Harrow": "E09000015",
        "Havering": "E09000016",
        "Hillingdon": "E09000017",
        "Hounslow": "E09000018",
        "Islington": "E09000019",
        "Kensington and Chelsea": "E09000020",
        "Kingston upon Thames": "E09000021",
        "Lambeth": "E09000022",
        "Lewisham": "E09000023",
        "Merton": "E09000024",
        "Newham": "E09000025",
        "Redbridge": "E09000026",
        "Richmond upon Thames": "E09000027",
        "Southwark": "E09000028",
        "Sutton": "E09000029",
        "Tower Hamlets": "E09000030",
        "Waltham Forest": "E09000031",
        "Wandsworth": "E09000032",
        "Westminster": "E09000033",
    },
    "South East": {
        "Bracknell Forest": "E06000036",
        "Brighton and Hove": "E06000043",
        "Buckinghamshire": "E06000060 (was E07000004-007)",
        "East Sussex": "E07000061-065",
        "Hampshire": "E07000084-094",
        "Isle of Wight": "E06000046",
        "Kent": "E07000105-116",
        "Medway": "E06000035",
        "Milton Keynes": "E06000042",
        "Oxfordshire": "E07000177-181",
        "Portsmouth": "E06000044",
        "Reading": "E06000038",
        "Slough": "E06000039",
        "Southampton": "E06000045",
        "Surrey": "E07000207-217",
        "West Berkshire": "E06000037",
        "West Sussex": "E07000223-229",
        "Windsor and Maidenhead": "E06000040",
        "Wokingham": "E06000041",
    },
    "South West": {
        "Bath and North East Somerset": "E06000022",
        "Bournemouth, Christchurch and Poole": "E06000058 (was E06000028-029 E07000048)",
        "Bristol, City of": "E06000023",
        "Cornwall": "E06000052",
        "Devon": "E07000040-047",
        "Dorset": "E06000059 (was E07000049-053)",
        "Gloucestershire": "E07000078-083",
        "Isles Of Scilly": "E06000053",
        "North Somerset": "E06000024",
        "Plymouth": "E06000026",
        "Somerset": "E06000066 (was E07000187-191 E07000246)",
        "South Gloucestershire": "E06000025",
        "Swindon": "E06000030",
        "Torbay": "E06000027",
        "Wiltshire": "E06000054",
    },
    "Wales": {
        "Blaenau Gwent": "W06000019",
        "Bridgend": "W06000013",
        "Caerphilly": "W06000018",
        "Cardiff": "W06000015",
        "Carmarthenshire": "W06000010",
        "Ceredigion": "W06000008",
        "Conwy": "W06000003",
        "Denbighshire": "W06000004",
        "Flintshire": "W06000005",
        "Gwynedd": "W06000002",
        "Isle of Anglesey": "W06000001",
        "Merthyr Tydfil": "W06000024 (was W06000017)",
        "Monmouthshire": "W06000021",
        "Neath Port Talbot": "W06000012",
        "Newport": "W06000022",
        "Pembrokeshire": "W06000009",
        "Powys": "W06000023 (was W06000007)",
        "Rhondda Cynon Taf": "W06000016",
        "Swansea": "W06000011",
        "Torfaen": "W06000020",
        "Vale of Glamorgan": "W06000014",
        "Wrexham": "W06000006",
    },
    "Scotland": {
        "Aberdeen City": "S12000033",
        "Aberdeenshire": "S12000034",
        "Angus": "S12000041",
        "Argyll and Bute": "S12000035",
        "City of Edinburgh": "S12000036",
        "Clackmannanshire": "S12000005",
        "Dumfries and Galloway": "S12000006",
        "Dundee City": "S12000042",
        "East Ayrshire": "S12000008",
        "East Dunbartonshire": "S12000045 (was S12000009)",
        "East Lothian": "S12000010",
        "East Renfrewshire": "S12000011",
        "Falkirk": "S12000014",
        "Fife": "S12000047 (was S12000015)",
        "Glasgow City": "S12000049 (was S12000043 S12000046)",
        "Highland": "S12000017",
        "Inverclyde": "S12000018",
        "Midlothian": "S12000019",
        "Moray": "S12000020",
        "Na h-Eileanan an Iar": "S12000013",
        "North Ayrshire": "S12000021",
        "North Lanarkshire": "S12000050 (was S12000044)",
        "Orkney Islands": "S12000023",
        "Perth and Kinross": "S12000048 (was S12000024)",
        "Renfrewshire": "S12000038",
        "Scottish Borders": "S12000026",
        "Shetland Islands": "S12000027",
        "South Ayrshire": "S12000028",
        "South Lanarkshire": "S12000029",
        "Stirling": "S12000030",
        "West Dunbartonshire": "S12000039",
        "West Lothian": "S12000040",
    },
    "Northern Ireland": {
        "Antrim and Newtownabbey": "N09000001",
        "Ards and North Down": "N09000011",
        "Armagh City, Banbridge and Craigavon": "N09000002",
        "Belfast": "N09000003",
        "Causeway Coast and Glens": "N09000004",
        "Derry City and Strabane": "N09000005",
        "Fermanagh and Omagh": "N09000006",
        "Lisburn and Castlereagh": "N09000007",
        "Mid Ulster": "N09000009",
        "Mid and East Antrim": "N09000008",
        "Newry, Mourne and Down": "N09000010",
    },
}

_NATIONS = {nation.value.replace("_", " ").title(): nation for nation in Nation}
_RUN = re.compile(r"([A-Z]\d\d)(\d{6})(?:-(\d{3}))?")


def _codes_in(districts: str) -> Iterator[str]:
    """Each code of each run: "E07000004-007" is four."""
    for kind, first, end in _RUN.findall(districts):
        last = first[:3] + (end or first[3:])
        yield from (f"{kind}{number:06}" for number in range(int(first), int(last) + 1))


def _known_codes() -> Iterator[tuple[str, Authority]]:
    """Each code of the table with its authority."""
    for region, authorities in _DISTRICTS.items():
        for name, districts in authorities.items():
            authority = Authority(name, _NATIONS.get(region, Nation.ENG), region)
            yield from ((code, authority) for code in _codes_in(districts))


AUTHORITIES: dict[str, Authority] = dict(_known_codes())


def authority_of(code: str) -> Authority | None:
    """The authority of the district with this ONS code, which may be a superseded one; None when it is not known."""
    return AUTHORITIES.get(code)
