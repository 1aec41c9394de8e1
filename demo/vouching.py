"""People on their way in: one whose reference waits to be read, one who waits for referees, one who wants to talk."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from ambassadors.enums import RefereeCapacity, RequirementKind
from ambassadors.models import Ambassador
from ambassadors.operations.applications import begin_application
from ambassadors.operations.declarations import sign_declaration
from ambassadors.operations.profile import change_profile
from ambassadors.operations.referees import Naming, name_referee
from ambassadors.operations.references import Reference, chase_referees, give_reference
from ambassadors.operations.requirements import fulfil_requirement
from demo import cast
from stem.accounts.models import User
from stem.letters.links import find_link, mint_link

MANAGER = Naming("Ines Calloway", "i.calloway@sheafbuilders.example", RefereeCapacity.EMPLOYER, "Sheaf Builders")
SCOUT_LEADER = Naming("Rob Tennant", "rob.tennant@scouts.example", RefereeCapacity.YOUTH_WORK, "First Ecclesall Scouts")
TUTOR = Naming("Dr Ana Wells", "a.wells@university.example", RefereeCapacity.UNIVERSITY, "Brigg University")
NEIGHBOUR = Naming("Cyril Hope", "cyril.hope@post.example", RefereeCapacity.OTHER)


def tell_of_people_joining(*, at: datetime) -> None:
    """Bring each to where they stand, by the operations that real people use."""
    vouched, talker = (Ambassador.objects.get(email=email) for email in (cast.VOUCHED_FOR, cast.TALKER))
    _vouch(vouched, at=at)
    sign_declaration(ambassador=talker, wants_to_talk=True, by=_own(talker), at=at - timedelta(days=3))
    _wait_for_referees(at=at)
    chase_referees(at=at)


def _vouch(person: Ambassador, *, at: datetime) -> None:
    """His manager has answered, and so has his scout leader, who would like to be rung first."""
    kind = Reference(
        "Six years, as his manager.", "At our open day, patient and clear.", False, "He is always there first."
    )
    unsure = Reference("Since he was a scout, twenty years.", "Often, on camp.", True, "He does what he says.")
    for naming, reference in ((MANAGER, kind), (SCOUT_LEADER, unsure)):
        referee = name_referee(ambassador=person, naming=naming, by=_own(person), at=at - timedelta(days=5))
        token = mint_link("give_reference", referee.pk, expires_at=at)
        link = find_link("give_reference", token, at=at - timedelta(days=2))
        give_reference(link=link, reference=reference, at=at - timedelta(days=2))


def _wait_for_referees(*, at: datetime) -> None:
    """Someone who began a week ago, has confirmed what everyone does, and waits for those she named."""
    email, name, job = cast.APPLICANT
    user = User.objects.create_user(email, full_name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    began = at - timedelta(days=8)
    person = begin_application(user=user, at=began)
    answers = {"phone": "07700 900461", "organisation": "Don Valley Trams", "job_title": job, "postcode": "S11 8QQ"}
    change_profile(ambassador=person, answers={**answers, "route": "apprenticeship"}, by=user)  # type: ignore[typeddict-item]
    fulfil_requirement(ambassador=person, kind=RequirementKind.ELIG, by=user, at=began)
    sign_declaration(ambassador=person, wants_to_talk=False, by=user, at=began)
    for naming in (TUTOR, NEIGHBOUR):
        name_referee(ambassador=person, naming=naming, by=user, at=began)


def _own(ambassador: Ambassador) -> User:
    assert ambassador.user is not None
    return ambassador.user
