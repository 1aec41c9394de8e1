"""First names that one person may go by. Our own list, of what every reader of English and its neighbours knows.

A line is one group: whoever stands in it may be called by any other name of it. A name may stand in several groups
("Chris" is Christopher and Christine), and is then only a possible match for either. Sources of such facts are name
dictionaries and people; nothing here is taken from a published list. Add a line when a scheme misses a pair.
"""

from functools import cache

GROUPS = """
abigail abi abbie abby gail
adam ad
adrian ade
agnes aggie nessie
agnieszka aga agusia
alan allan allen alun al
alasdair alistair alastair alister alasdhair al
albert bert al bertie
alexander alex alec sandy alick xander sasha
alexandra alex sandra lexi sandy sasha alexa
alfred alf alfie fred
alice ali allie elise
alison ali allie
amanda mandy
andrew andy drew andrzej andreas
angela angie ange
angharad angie hari
anna ann anne annie ania hannah nan
anthony antony tony ant
antonia toni
archibald archie
arthur art artie
ayesha aisha aysha
babatunde tunde baba
barbara babs barb basia
barnaby barney
bartholomew bart
beatrice bea trixie beatrix
benjamin ben benny benji
bernadette bernie
bernard bernie
bethany beth
bozena bozenka
bradley brad
brendan bren
bridget bridie brid biddy
cameron cam
caroline carolyn carrie caro carol lynn
catherine katherine kathryn catharine katharine cathy kathy kate katie cath kath katy kitty kay cat kat kaye cate
catriona katrina trina catrina cat riona
charles charlie chas chuck chaz
charlotte charlie lottie lotte char
chiara clara
chidi chidiebere
chioma chichi
christine christina chris chrissie tina christie chrissy kirsty kirsten
christopher chris kit topher christoph
chukwuemeka emeka
ciara keira kiera kira
ciaran kieran kieron
clifford cliff
clementine clem clemmie
conor connor
constance connie
cordelia delia
cynthia cindy
dafydd david dai dave davy dewi
daniel dan danny daniil
danielle dani
david dave davie davy dai
deborah debbie debra deb debs
declan dec
denise den
derek del
desmond des
dominic dom dominick
donald don donnie
dorothy dot dottie dolly thea
douglas doug dougie
edith edie
edmund ed eddie ted ned
edward ed eddie ted ned teddy eddy
eileen eilish aileen
eilidh ailidh
eleanor ellie nell nora elinor ella eleanora lena
elizabeth liz lizzie beth betty eliza libby bess elisabeth lisa elsie betsy elspeth liza bette ela
elzbieta ela elizabeth
emily em emmie milly
emma em emmy
emmanuel manny emma
eugene gene
ewa eva eve
ewan euan owen eoin
fatima fatimah fatma
florence flo florrie flossie
folake flora
frances fran francesca frankie fanny
francis frank frankie fran
frederick fred freddie freddy frederic
funmilayo funmi
gabriel gabe
gareth gaz gary
geoffrey geoff jeffrey jeff jeffery
george georgie geordie
georgina georgie gina georgia
gerald gerry jerry ged
gerard gerry ged jerry
gillian gill jill jillian
gordon gordy
graham graeme grahame
gregory greg gregor grzegorz
grzegorz greg grzesiek
gwendolen gwen wendy gwendolyn
hannah hanna
harold harry hal
harpreet harp harry
harriet hattie harri harrie
harry henry harold
helen ellen nell helena lena ella
henry harry hal hank
herbert herb bert
hugh hughie huw hew
humphrey humph
hywel howell
ian iain
ifeoma ify
ikechukwu ike
imogen immy
imran immy
isabel isabella izzy bella belle isobel ishbel izzie isabelle
jacob jake jakub kuba
jacqueline jackie jacqui jacky
james jim jimmy jamie jem jimmie seamus hamish
jan john
jane janey jayne jan
janet jan
jaswinder jas jassi
jennifer jenny jen jenni jenna
jeremy jez jerry jem
jessica jess jessie
joan jo joanie
joanna joanne jo asia joasia jojo
jonathan jon jonny johnny jonathon john
john jack johnny jon sean ian jonny ieuan
jordan jord
joseph joe joey jo yusuf
josephine jo josie
joshua josh
joyce joy
judith judy jude
julia julie jules
julian jules
juliet jules julie
kamran kam
karen kaz
katarzyna kasia kaska catherine
kenneth ken kenny
kevin kev
krzysztof krzys krzysiek chris christopher
kwabena kobby
laura lori laurie
lawrence larry laurence laurie lawrie
lech leszek
leonard len lenny leo
leopold leo
leslie les
lewis louis lou lew
linda lynda lin
louise lou louisa
lucy lucia lucinda lu
lucja lucy
lukasz luke lucas
luke lucas
madeleine maddie maddy madeline
magdalena magda maddie
maire mary maura moira mairi
malcolm malc mal
malgorzata gosia margaret
manpreet mani manny
marcin martin mark
margaret maggie peggy meg madge margie marge greta mags peg rita maisie daisy megan mairead
maria marie mary mia
marion marian
martha marty pattie
martin marty
mary molly polly mollie may mamie maria marie
matilda tilly tilda mattie
matthew matt matty mat
maureen mo
maurice mo
maxwell max
maximilian max
michael mike mick micky michal mikey mitch
michal michael
michelle shelly chelle
mohammed muhammad mohammad mohamed muhammed muhamed mo mohd md
nancy nan
natalie nat natasha
natasha tasha nat
nathan nate nat nathaniel
neil neal niall nigel
niamh neve nieve
nicholas nick nicky nic nico nicolas
nicola nicky nikki nic niki nicole
nigel nige
norman norm
oliver ollie olly oli
olivia liv livvy olive
oluwaseun seun
obinna obi
pamela pam
padraig patrick paddy pat pauric podge
patricia pat patsy tricia trish patti patty
patrick pat paddy rick
paul pawel
pauline paula polly
penelope penny pen
peter pete piotr
philip phil phillip pip
philippa pippa pip phillippa
piotr piotrek peter
prudence prue
rachel rachael rach
rafal rafael
rajesh raj
ravi ravinder
raymond ray
rebecca becky becca beck bex
reginald reg reggie
rhiannon rhi
richard rick dick ricky rich richie dickie
robert bob rob bobby robbie bert robin
roberta bobbie
rodney rod
roderick rod roddy rory
roger rog
roisin rosheen
ronald ron ronnie
rosemary rose rosie romy
rosalind ros roz
rukhsana ruksana
rupert rupe
russell russ
ryan ry
samantha sam sammy
samuel sam sammy
sandeep sandy
sandra sandy
sanjay sanj
sarah sara sally sadie
sean shaun shawn john
sharon shaz
sheila sheelagh shelagh
sidney sid syd
simon si
sinead shinead
siobhan shevaun shivaun chevonne
aisling ashling aislinn
sophie sophia soph zofia
stanislaw stan staszek
stanley stan
stephanie steph stef stevie
stephen steve stevie steven stefan
steven steve stephen
stewart stuart stu stew
suresh sur
susan sue susie suzy suzanne sukie susanna susannah suzie
tabitha tabby
temitope temi tope
teresa theresa tess terry tessa tracy
terence terry tel
thaddeus tad
theodore theo ted teddy
thomas tom tommy thom tomos tomasz
timothy tim timmy
titilayo titi
tobias toby
tomasz tomek thomas
tracey tracy trace
trevor trev
uday udi
usman uthman osman
ursula ursie
valerie val
verity vee
victor vic
victoria vicky vicki tori vikki vic
vikram vik vicky
vincent vince vinny
violet vi
vivien viv vivienne vivian
walter wally walt wat
wilfred wilf fred
william bill will billy liam willie wills bil wilhelm
winifred win winnie freda
wojciech wojtek
yetunde yetty
yusuf yousuf yousef youssef joseph
zachary zach zac zak
zainab zaynab zeinab
zbigniew zbyszek
zoe zoey
"""


@cache
def groups_by_name() -> dict[str, tuple[str, ...]]:
    """The groups each name stands in, by the first name of the group."""
    found: dict[str, tuple[str, ...]] = {}
    for line in GROUPS.strip().splitlines():
        names = line.split()
        for name in names:
            found[name] = (*found.get(name, ()), names[0])
    return found


def called(name: str) -> tuple[str, ...]:
    """The groups of a folded first name; a name of none is a group of its own."""
    return groups_by_name().get(name) or (name,)


@cache
def _names_by_group() -> dict[str, tuple[str, ...]]:
    return {line.split()[0]: tuple(line.split()) for line in GROUPS.strip().splitlines()}


def names_called(group: str) -> tuple[str, ...]:
    """The names of a group, by its first; none for a name that is of no group."""
    return _names_by_group().get(group, ())
