"""Words planted in the world that not everybody may read, and who may."""

from collections.abc import Iterator

from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador
from tests import make
from tests.architecture.world import World

# What is planted: the words, and the people who may meet them.
SECRETS: dict[str, frozenset[str]] = {
    "HX7 8AD": frozenset({"ambassador", "coordinator"}),  # where the ambassador lives
    "Zebedee Secret-Truth": frozenset({"coordinator"}),  # why they are not to be booked
    "Quokka-worried words": frozenset({"safeguarding_lead"}),  # what somebody was worried about
    "Tess Quokka-Teller": frozenset({"safeguarding_lead"}),  # and who told it
    "Echidna-complained words": frozenset({"administrator"}),  # what somebody complained of
    "Wombat Other-Purpose": frozenset({"stranger", "another", "coordinator"}),  # what another school asks for
    "numbat.other@school.example": frozenset({"stranger", "coordinator", "administrator"}),  # and its teacher's address
    "Bilby Other-Ambassador": frozenset({"another", "coordinator", "administrator"}),  # another ambassador
    "bilby.other@work.example": frozenset({"another", "coordinator", "administrator"}),
}


class GuardedWorld(World):
    """The world, with strangers who have rows of their own, and words in it that must not get about."""

    def __init__(self) -> None:
        super().__init__()
        self.strangers = make.contact(
            user=make.user(email="numbat.other@school.example", name="Nell Numbat-Other"), lead=True
        )
        self.anothers = make.ambassador(
            name="Bilby Other-Ambassador",
            user=make.user(email="bilby.other@work.example", name="Bilby Other-Ambassador"),
            cleared=True,
        )
        request = make.request(contact=self.strangers, status="open", purpose="Wombat Other-Purpose")
        make.offer(visit=make.visit(request=request), ambassador=self.anothers)
        make.visit(contact=self.strangers, ambassador=self.anothers)
        self.make_known()

    def make_known(self) -> None:
        """Put the words where they belong."""
        self.ambassador.set_place("HX7 8AD")
        self.ambassador.save()
        hold = self.hold
        hold.kind, hold.truth = HoldKind.AWAY, "Zebedee Secret-Truth"
        hold.save()
        complained = make.complained(words="Echidna-complained words")
        type(self.complaint).objects.filter(pk=self.complaint.pk).update(account=complained.sealed())
        told = make.told(words="Quokka-worried words", told_by="Tess Quokka-Teller")
        type(self.concern).objects.filter(pk=self.concern.pk).update(account=told.sealed())

    def user(self, person: str):
        """Who this is; the strangers are those who have rows."""
        if person == "stranger":
            return self.strangers.user
        return self.anothers.user if person == "another" else super().user(person)


def leaked(html: str, person: str) -> Iterator[str]:
    """The planted words on this page that this person may not read."""
    return (words for words, may in SECRETS.items() if words in html and person not in may)


def all_ids(argument: str) -> list[object]:
    """Ids of rows that exist, or are near those that do."""
    if argument != "pk":
        return []
    return [*range(1, 12), *Ambassador.objects.values_list("pk", flat=True)[:5]]
