"""People of the register, and whatever belongs to them."""

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Lower

from ambassadors.enums import UNSEEN, AmbassadorStatus, CheckBody, CheckStatus, HoldKind, OfferingKind
from ambassadors.workflow import PVG_TOLD
from stem.accounts.roles import Role
from stem.accounts.scope import areas_looked_after_by
from stem.geography.located import LocatedQuerySet
from stem.querysets import HouseQuerySet, Row

if TYPE_CHECKING:
    from ambassadors.models import Ambassador
    from stem.accounts.models import User


# What a check came to that keeps someone out of schools for good, or may.
ENDED_CHECKS = (CheckStatus.BARRED, CheckStatus.REFUSED, CheckStatus.NOT_SUITABLE, CheckStatus.APPEALED)


def looks_after(user: "User", role: Role, person: str = "") -> Q:
    """As a condition on people, or on rows that point at one by this column: of this role's regions, never oneself.

    Who is sealed is a safeguarding lead's alone, and to everybody else as if they were deleted (P-21).
    """
    areas = areas_looked_after_by(user, role)
    here = Q() if areas is None else Q(**{_of(person, "area__in"): areas})
    unseen = [AmbassadorStatus.MERGED] if role == Role.SAFEGUARDING_LEAD else UNSEEN
    return here & ~Q(**{_of(person, "user"): user}) & ~Q(**{_of(person, "status__in"): unseen})


def _of(person: str, column: str) -> str:
    return f"{person}__{column}" if person else column


class AmbassadorQuerySet(LocatedQuerySet["Ambassador"]):
    """People of the register."""

    def active(self) -> Self:
        """Those who take part now."""
        return self.filter(status=AmbassadorStatus.ACTIVE)

    def offering(self, kind: OfferingKind, *codes: str) -> Self:
        """Those who offer at least one of these subjects (or stages, activities, languages)."""
        offerings = self.related("offerings")
        return self.filter(Exists(offerings.filter(ambassador=OuterRef("pk"), kind=kind, code__in=codes)))

    def unmerged(self) -> Self:
        """Those that are people, and no part of another record."""
        return self.exclude(status=AmbassadorStatus.MERGED)

    def known(self) -> Self:
        """Those whom others than safeguarding leads know of: neither part of another record, nor sealed."""
        return self.exclude(status__in=UNSEEN)

    def matter_of_lead(self) -> Self:
        """Those about whose records a safeguarding lead decides (rule V-92): turned down, removed, or held."""
        return self.filter(self.is_matter_of_lead())

    def is_matter_of_lead(self, person: str = "") -> Q:
        """The same as a condition on people, or on rows that point at one by this column.

        An absence without a last day is among them: what is held must not be told from it (V-71).
        """
        holds, checks, key = self.related("holds"), self.related("checks"), OuterRef(person or "pk")
        held = holds.filter(
            Q(kind=HoldKind.SAFEGUARDING) | Q(kind=HoldKind.AWAY, ends_on__isnull=True),
            ambassador=key,
            lifted_at__isnull=True,
        )
        ended = checks.filter(ambassador=key, status__in=ENDED_CHECKS)
        decided = (AmbassadorStatus.DECLINED, AmbassadorStatus.SEALED)
        return Q(**{_of(person, "status__in"): decided}) | Q(Exists(held)) | Q(Exists(ended))

    def looked_after_by(self, user: "User") -> Self:
        """Those whom this person vets or protects."""
        return self.filter(looks_after(user, Role.VETTING_OFFICER) | looks_after(user, Role.SAFEGUARDING_LEAD))

    def decided_by(self, user: "User") -> Self:
        """Those about whose records this person decides (rule V-92), one by one."""
        matter = self.is_matter_of_lead()
        guarded = looks_after(user, Role.SAFEGUARDING_LEAD) & matter
        return self.filter(looks_after(user, Role.VETTING_OFFICER) & ~matter | guarded)

    def pair_for(self, user: "User", one: int, other: int) -> Self:
        """Of these two records those about which this person decides whether they are one person's (rule V-92).

        A vetting officer of both; where one of them is a matter of a safeguarding lead, such a lead alone.
        """
        matter = Exists(self.model.objects.matter_of_lead().filter(pk__in=(one, other)))
        guarded = looks_after(user, Role.SAFEGUARDING_LEAD) & Q(matter)
        return self.filter(looks_after(user, Role.VETTING_OFFICER) & ~Q(matter) | guarded, pk__in=(one, other))

    def brought_by(self, scheme: int) -> Self:
        """Those who came from this scheme, by its key, whoever else brought them too."""
        return self.filter(Exists(self.related("memberships").filter(ambassador=OuterRef("pk"), scheme=scheme)))

    def visible_to(self, user: "User") -> Self:
        """Oneself, and for scheme staff the people of their regions."""
        areas = areas_looked_after_by(user)
        everywhere = areas is None
        return self.known() if everywhere else self.known().filter(Q(area__in=areas) | Q(user=user))

    def vetted_by(self, user: "User") -> Self:
        """The people of the regions in which this person is a vetting officer, but never they themselves (V-31)."""
        return self.filter(looks_after(user, Role.VETTING_OFFICER))

    def protected_by(self, user: "User") -> Self:
        """The people of the regions in which this person is a safeguarding lead, but never they themselves (V-71)."""
        return self.filter(looks_after(user, Role.SAFEGUARDING_LEAD))

    def reviewed_by(self, user: "User") -> Self:
        """The people of the regions in which this person looks after quality, but never they themselves (rule 2.5)."""
        return self.filter(looks_after(user, Role.COORDINATOR) | looks_after(user, Role.QUALITY_MANAGER))

    def assessed_by(self, user: "User") -> Self:
        """The people of the regions in which this person weighs what a check disclosed, but never themselves (V-31)."""
        return self.filter(looks_after(user, Role.DISCLOSURE_ASSESSOR))

    def other_than(self, user: "User") -> Self:
        """All of these but oneself."""
        return self.exclude(user=user)

    def matching_text(self, text: str) -> Self:
        """People whose name, e-mail, employer or scheme number holds every word of this text."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(
                Q(full_name__icontains=word)
                | Q(known_as__icontains=word)
                | Q(email__icontains=word)
                | Q(user__email__icontains=word)
                | Q(organisation__icontains=word)
                | Q(scheme_number__iexact=word)
            )
        return found

    def unclaimed(self) -> Self:
        """Those whom another scheme brought, and who have not said yet that it is them."""
        return self.filter(status=AmbassadorStatus.IMPORTED, user=None)

    def claimable(self) -> Self:
        """Those of the register without a sign-in whom somebody may yet say to be: brought by a scheme, or gone."""
        return self.filter(status__in=[AmbassadorStatus.IMPORTED, AmbassadorStatus.LEFT], user=None)

    def told(self) -> Self:
        """Those who heard, as far as we know, that another scheme brought us their data (rule V-94)."""
        notices = self.related("notices").filter(ambassador=OuterRef("pk"), days=0, is_returned=False)
        return self.filter(Exists(notices))

    def untold(self) -> Self:
        """Those whom another scheme brought and who have yet to hear of it."""
        notices = self.related("notices").filter(ambassador=OuterRef("pk"), days=0, is_returned=False)
        return self.unclaimed().exclude(Exists(notices))

    def at_address(self, address: str) -> Self:
        """Those on whose record this e-mail address stands, whatever the case of its letters."""
        # As the index has it, which no `iexact` uses on SQLite.
        found = self.alias(plain_email=Lower("email")).filter(plain_email=address.lower())
        return found if address else self.none()

    def written_like(self, address: str) -> Self:
        """Those whose address may be another way of writing this one: with a mark after a plus, or capital letters."""
        local, _at, domain = address.partition("@")
        if not domain:
            return self.none()
        domains = {domain, domain.replace("googlemail", "gmail"), domain.replace("gmail", "googlemail")}
        same = Q(*(Q(email__iendswith=f"@{each}") for each in sorted(domains)), _connector=Q.OR)
        return self.filter(same, email__istartswith=local.partition("+")[0])

    def behind(self, pk: int) -> Self:
        """The record that an id, in an old link or in one from a letter, leads to: its own, or what it is part of."""
        goes_on = self.model.objects.filter(pk=pk).order_by().values("merged_into")
        return self.filter(Q(pk=pk, merged_into=None) | Q(pk__in=goes_on))

    def owing_pvg_notice(self) -> Self:
        """Those who have left, were in Scotland's scheme through us, and of whom its body has not heard (rule V-12).

        Each with `left_at`, the longest ago first. Who has come back since is not among them.
        """
        events, requirements = self.related("events"), self.related("requirements")
        of_them = events.filter(ambassador=OuterRef("pk"))
        linked = requirements.filter(
            ambassador=OuterRef("pk"), body=CheckBody.PVG, confirmed_by__isnull=False, withdrawn_at__isnull=True
        )
        gone = self.filter(Exists(linked), status=AmbassadorStatus.LEFT).annotate(
            left_at=Subquery(of_them.filter(kind="leave").order_by("-at", "-pk").values("at")[:1])
        )
        told = of_them.filter(kind=PVG_TOLD, at__gte=OuterRef("left_at"))
        return gone.exclude(Exists(told)).order_by("left_at", "pk")


class OfPeopleQuerySet(HouseQuerySet[Row]):
    """Rows that belong to people of the register."""

    def visible_to(self, user: "User") -> Self:
        """Those of the people this person may see."""
        people = self.related("ambassador")
        return self.filter(ambassador__in=people.visible_to(user))

    def about_others(self, user: "User") -> Self:
        """Those that are not about this person themselves."""
        return self.exclude(ambassador__user=user)
