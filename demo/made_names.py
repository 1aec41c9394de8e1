"""Names to make people of, by community, the commonest first: everyday names as any telephone book has them.

The shares of the communities are near the 2021 census's for people in technical work; the order within each is near
that of published lists of first names and surnames. Nobody real stands behind a pair of them.
"""

from dataclasses import dataclass


def words(text: str) -> tuple[str, ...]:
    """The words of a text, so that a list reads as one."""
    return tuple(text.split())


@dataclass(frozen=True)
class Community:
    """First names of women and of men, and surnames; `tail` is the share whose surname is a rare one."""

    share: float
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    tail: float = 0.0


ENGLISH = Community(
    0.60,
    words(
        "Susan Sarah Margaret Elizabeth Emma Helen Rebecca Laura Karen Julie Claire Nicola Rachel Victoria Alison"
        " Catherine Jennifer Amy Hannah Lucy Charlotte Katherine Joanna Samantha Jessica Deborah Jane Anne Sophie"
        " Angela Jacqueline Christine Louise Michelle Emily Lisa Tracey Sharon Alexandra Patricia Linda Caroline"
        " Natalie Gemma Kathryn Georgina Eleanor Olivia Abigail Bethany Alice Grace Judith Frances Philippa Heather"
        " Rosemary Penelope Harriet Isabel Theresa Imogen Hazel Beatrice Gillian Stephanie Danielle Florence Edith"
        " Winifred Clementine Cordelia Tabitha Verity Marguerite Zoë"
    ),
    words(
        "David John Michael Paul Andrew Mark Peter Stephen James Robert Richard Christopher Matthew Simon Daniel"
        " Thomas Anthony William Ian Philip Nicholas Jonathan Martin Kevin Benjamin Alan Gary Graham Timothy Joseph"
        " Adam Edward Samuel Alexander Keith Nigel Charles George Neil Stuart Colin Geoffrey Steven Patrick Oliver"
        " Joshua Luke Jack Harry Ryan Lee Adrian Jeremy Roger Trevor Dominic Lawrence Gregory Raymond Kenneth"
        " Frederick Douglas Leonard Gerald Rupert Maxwell Toby Barnaby Leopold Quentin Ambrose Cuthbert"
    ),
    words(
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts"
        " Green Hall Wood Jackson Clarke Harris Clark Turner Hill Cooper Ward Moore Morris King Watson Baker Harrison"
        " Morgan Martin Allen Lewis Parker Cook Bennett Young Lee Richardson Carter Shaw Collins Bell Davis Mitchell"
        " Phillips Bailey Cox Miller Marshall Simpson Price Anderson Adams Wilkinson Foster Ellis Chapman Mason Gray"
        " Webb Rogers Richards Hunt Mills Holmes Palmer Matthews Fisher Barnes Knight Lloyd Barker Butler Stevens"
        " Jenkins Dixon Harvey Pearson Fletcher Hunter Howard Andrews Reynolds Elliott Fox Ford Saunders Payne Day"
        " Brooks West Lawrence Bradley Atkinson Dawson Walsh Burton Cole Ball Rose Francis Booth Pearce Watts Hart"
        " Newman Perry Wells Hudson Fuller Page Barrett Field Hawkins Chambers Gibbs Nicholson Hodgson Stone Parsons"
        " Rowe Sharp Frost Whitehead Goodwin Sutton Lowe Bird Potter Hayward Bishop Coleman Holland Lane Mann"
    ),
    tail=0.45,
)
SCOTTISH = Community(
    0.08,
    words("Fiona Catriona Eilidh Morag Kirsty Shona Isla Aileen Mairi Elspeth Rhona Heather Lorna Ailsa Moira"),
    words("Alasdair Callum Ewan Hamish Iain Angus Fraser Gregor Rory Duncan Fergus Malcolm Craig Ross Scott"),
    words(
        "MacDonald Campbell Stewart Robertson Thomson Murray MacLeod McKenzie Fraser Ross Reid Paterson McGregor"
        " Henderson Hamilton Graham Kerr Cameron Ferguson Duncan Sinclair MacKay Gordon Sutherland MacLean McIntyre"
        " Buchanan Drummond Farquharson Colquhoun Urquhart MacFarlane Munro Galbraith Abernethy"
    ),
)
WELSH = Community(
    0.06,
    words("Siân Rhiannon Megan Cerys Angharad Bethan Carys Ffion Gwen Nerys Eleri Lowri Catrin Mair Delyth"),
    words("Rhys Gareth Dafydd Owain Huw Emrys Geraint Ieuan Alun Gethin Dylan Hywel Iwan Llŷr Tomos"),
    words(
        "Jones Davies Williams Evans Thomas Roberts Lewis Hughes Morgan Griffiths Edwards Owen James Rees Price"
        " Morris Jenkins Phillips Powell Bowen Pritchard Llewellyn Vaughan Gwilym Prosser Maddocks Meredith"
    ),
)
IRISH = Community(
    0.06,
    words("Siobhán Aoife Niamh Sinéad Róisín Ciara Gráinne Orla Maeve Caoimhe Deirdre Bríd Aisling Clodagh"),
    words("Seán Ciarán Pádraig Eoin Conor Declan Liam Niall Oisín Brendan Diarmuid Fionn Cormac Donal Éamon"),
    words(
        "Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor O'Neill Doyle McCarthy Gallagher Doherty Kennedy"
        " Lynch Quinn McLoughlin O'Carroll Connolly Daly Nolan O'Donnell Fitzgerald Magee McGrath Ó'Riordan"
    ),
)
SOUTH_ASIAN = Community(
    0.09,
    words(
        "Priya Anjali Fatima Ayesha Sunita Nadia Deepa Meera Zainab Harpreet Kavita Saima Rukhsana Lakshmi"
        " Manpreet Shabnam Nasreen Pooja Jaswinder Sana"
    ),
    words(
        "Mohammed Imran Sanjay Rajesh Amit Tariq Harjit Vikram Arjun Abdul Yusuf Gurpreet Ravi Hassan Kamran Suresh"
        " Anil Bilal Sandeep Usman"
    ),
    words(
        "Patel Khan Singh Hussain Ahmed Ali Begum Kaur Shah Sharma Akhtar Malik Chowdhury Mahmood Iqbal Rahman Gupta"
        " Mistry Mehta Desai Chaudhry Siddiqui Qureshi Banerjee Mukherjee Iyer Reddy Nair Bhattacharya Gill Dhillon"
        " Sandhu Uddin Miah Krishnan Subramaniam Joshi Verma Kapoor Sheikh"
    ),
)
WEST_AFRICAN = Community(
    0.04,
    words("Ngozi Chioma Adaeze Folake Abena Akosua Funmilayo Yetunde Ifeoma Ama Titilayo Efua Blessing Temi"),
    words("Chukwuemeka Oluwaseun Kwame Kofi Emeka Tunde Babatunde Obinna Femi Kwabena Ikechukwu Yaw Segun"),
    words(
        "Okonkwo Mensah Adeyemi Okafor Owusu Boateng Adebayo Eze Asante Nwosu Balogun Okoro Osei Ogunleye Agyeman"
        " Obi Appiah Chukwu Olatunji Amoah Nwachukwu Akinola Danso Bankole Ofori"
    ),
)
POLISH = Community(
    0.03,
    words("Anna Katarzyna Małgorzata Agnieszka Joanna Magdalena Monika Ewa Elżbieta Zofia Bożena Grażyna Łucja"),
    words("Piotr Krzysztof Tomasz Paweł Michał Marcin Łukasz Wojciech Jakub Grzegorz Stanisław Rafał Zbigniew"),
    words(
        "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski"
        " Kozłowski Jankowski Mazur Krawczyk Piotrowski Grabowski Nowakowski Pawłowski Michalski Wróbel"
    ),
)
CHINESE = Community(
    0.04,
    words("Wei Mei Xiu Jing Li Yan Hui Ying Fang Mei-Ling Siu-Wai Xiaoling Yuk Lan Ka-Yan"),
    words("Wei Jun Ming Hao Chi-Wai Ka-Ming Jian Lei Tao Qiang Yiu-Fai Zhiqiang Kwok Bo Chun-Hei"),
    words("Wong Li Chan Wang Zhang Chen Liu Lee Cheung Lam Ng Yang Huang Zhao Wu Zhou Xu Ho Leung Tang Lau"),
)
COMMUNITIES = (ENGLISH, SCOTTISH, WELSH, IRISH, SOUTH_ASIAN, WEST_AFRICAN, POLISH, CHINESE)

# Rare surnames are made of two parts, as most English ones once were.
RARE_FIRST = words(
    "Ash Thorn Oak Brad Whit Black Hart Stan Win Lang Fair Mar Cor Pen Tre Wal Har Cal Hol Ever Ains Butter Clay"
    " Raven Wether Hazel Mil Shuttle Long Broad Birk Thistle Hal Cald Red Pick Kirk Lind Mart Elling Sax"
    " Willing Bram Crow Dun Eden Gold Hether Ingle"
)
RARE_LAST = words(
    "worth ley ton bury ford field wood well man house by combe shaw croft thwaite ham den stead bourne dale more"
    " wick gate ridge cott stone side ward low bottom er son"
)
# What people are called by those who know them: only names that are here more than once in life.
CALLED = {
    "Susan": "Sue",
    "Margaret": "Maggie",
    "Elizabeth": "Liz",
    "Rebecca": "Becky",
    "Katherine": "Kate",
    "Catherine": "Cathy",
    "Jennifer": "Jenny",
    "Victoria": "Vicky",
    "Samantha": "Sam",
    "Deborah": "Debbie",
    "Jacqueline": "Jackie",
    "Christine": "Chris",
    "Alexandra": "Alex",
    "Patricia": "Pat",
    "Philippa": "Pippa",
    "Joanna": "Jo",
    "Kathryn": "Kathy",
    "Georgina": "Georgie",
    "Eleanor": "Ellie",
    "Abigail": "Abi",
    "Bethany": "Beth",
    "Judith": "Judy",
    "Penelope": "Penny",
    "Theresa": "Tess",
    "Stephanie": "Steph",
    "Nicola": "Nicky",
    "Jessica": "Jess",
    "Isabel": "Izzy",
    "Harriet": "Hattie",
    "Gillian": "Gill",
    "David": "Dave",
    "Michael": "Mike",
    "Andrew": "Andy",
    "Peter": "Pete",
    "Stephen": "Steve",
    "James": "Jim",
    "Robert": "Bob",
    "Richard": "Dick",
    "Christopher": "Chris",
    "Matthew": "Matt",
    "Daniel": "Dan",
    "Thomas": "Tom",
    "Anthony": "Tony",
    "William": "Bill",
    "Philip": "Phil",
    "Nicholas": "Nick",
    "Jonathan": "Jon",
    "Benjamin": "Ben",
    "Timothy": "Tim",
    "Joseph": "Joe",
    "Edward": "Ted",
    "Samuel": "Sam",
    "Alexander": "Alex",
    "Charles": "Charlie",
    "Geoffrey": "Geoff",
    "Steven": "Steve",
    "Patrick": "Paddy",
    "Joshua": "Josh",
    "Lawrence": "Larry",
    "Gregory": "Greg",
    "Raymond": "Ray",
    "Kenneth": "Ken",
    "Frederick": "Fred",
    "Douglas": "Doug",
    "Leonard": "Len",
    "Gerald": "Gerry",
    "Oliver": "Ollie",
    "Catriona": "Trina",
    "Alasdair": "Al",
    "Rhiannon": "Rhi",
    "Dafydd": "Dai",
    "Katarzyna": "Kasia",
    "Małgorzata": "Gosia",
    "Agnieszka": "Aga",
    "Krzysztof": "Krzys",
    "Tomasz": "Tomek",
    "Piotr": "Piotrek",
    "Chukwuemeka": "Emeka",
    "Oluwaseun": "Seun",
    "Babatunde": "Tunde",
    "Mohammed": "Mo",
    "Harpreet": "Harp",
    "Sanjay": "Sanj",
    "Rajesh": "Raj",
    "Vikram": "Vik",
    "Yetunde": "Yetty",
}
# The same name written by another clerk, from another script or another spelling of it.
OTHERWISE_SPELT = {
    "Mohammed": "Muhammad",
    "Hussain": "Hussein",
    "Ahmed": "Ahmad",
    "Chowdhury": "Choudhury",
    "Yusuf": "Yousuf",
    "Chaudhry": "Choudhary",
    "Rahman": "Rehman",
    "Mahmood": "Mehmood",
    "Sheikh": "Shaikh",
    "Fatima": "Fatimah",
    "Ayesha": "Aisha",
    "Uddin": "Udin",
    "Siddiqui": "Siddiqi",
    "Qureshi": "Quraishi",
    "Mukherjee": "Mukerji",
    "Catherine": "Katharine",
    "Stephen": "Steven",
    "Philip": "Phillip",
    "Geoffrey": "Jeffrey",
    "Ian": "Iain",
    "Clarke": "Clark",
    "Thompson": "Thomson",
    "MacDonald": "McDonald",
    "McKenzie": "MacKenzie",
    "Reid": "Reed",
    "Seán": "Shaun",
    "Niamh": "Neve",
    "Siobhán": "Shevaun",
    "Aisling": "Ashling",
    "Alasdair": "Alistair",
    "Davies": "Davis",
    "Phillips": "Philips",
    "Zhang": "Chang",
    "Zhou": "Chow",
    "Xu": "Hsu",
    "Wójcik": "Wojcick",
    "O'Connor": "OConnor",
    "O'Brien": "O Brien",
    "O'Neill": "O'Neil",
    "McLoughlin": "McLaughlin",
}
