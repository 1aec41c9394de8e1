"""People on their way in, each waiting for somebody else, so that every part of the vetting board has its example."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from ambassadors.enums import (
    AmbassadorStatus,
    DeclineGround,
    IdentityDocument,
    IdentityMethod,
    RefereeCapacity,
    RequirementKind,
)
from ambassadors.models import Ambassador, Referee
from ambassadors.operations.answers import agree_to_check, choose_identity_method
from ambassadors.operations.applications import begin_application
from ambassadors.operations.declarations import sign_declaration
from ambassadors.operations.declining import decline_application
from ambassadors.operations.profile import change_profile
from ambassadors.operations.referees import Naming, name_referee
from ambassadors.operations.references import Reference, accept_reference, chase_referees, give_reference
from ambassadors.operations.requirements import fulfil_requirement, record_requirement
from demo import cast
from demo.checks import have_checked, photo_of
from stem.accounts.models import User
from stem.letters.links import find_link, mint_link

MANAGER = Naming("Ines Calloway", "i.calloway@sheafbuilders.example", RefereeCapacity.EMPLOYER, "Sheaf Builders")
SCOUT_LEADER = Naming("Rob Tennant", "rob.tennant@scouts.example", RefereeCapacity.YOUTH_WORK, "First Ecclesall Scouts")
TUTOR = Naming("Dr Ana Wells", "a.wells@university.example", RefereeCapacity.UNIVERSITY, "Brigg University")
NEIGHBOUR = Naming("Cyril Hope", "cyril.hope@post.example", RefereeCapacity.OTHER)


def tell_of_people_joining(officer: User, colleague: User, *, at: datetime) -> None:
    """Bring each to where they stand, by the operations that real people use."""
    joining = {each.email: each for each in Ambassador.objects.filter(status=AmbassadorStatus.VETTING)}
    sent_at = {email: person.application.sent_at or at for email, person in joining.items()}
    for email, person in joining.items():
        if email not in (cast.TALKER, cast.SILENT):
            _shows_and_agrees(person, officer, at=sent_at[email])
    for email in (cast.NEEDS_A_COLLEAGUE, cast.LEARNER, cast.READY):
        _is_vouched_for(joining[email], officer, at=sent_at[email])
        second = None if email == cast.NEEDS_A_COLLEAGUE else colleague
        have_checked(joining[email], by=officer, second=second, at=at - timedelta(days=2))
    for email in (cast.NEEDS_A_COLLEAGUE, cast.READY):
        _has_learnt(joining[email], officer, at=at - timedelta(days=3))
    _vouch(joining[cast.VOUCHED_FOR], at=at)
    have_checked(joining[cast.VOUCHED_FOR], by=officer, second=None, weigh=True, at=at - timedelta(days=2))
    talker, silent = joining[cast.TALKER], joining[cast.SILENT]
    sign_declaration(ambassador=talker, wants_to_talk=True, by=_own(talker), at=at - timedelta(days=3))
    decline_application(
        ambassador=silent,
        ground=DeclineGround.NO_ANSWER,
        because="Three letters and two calls since he sent it in.",
        by=officer,
        at=at - timedelta(days=1),
    )
    _wait_for_referees(at=at)
    chase_referees(at=at)


def _shows_and_agrees(person: Ambassador, officer: User, *, at: datetime) -> None:
    """They chose how to show who they are and were seen, and agreed to a check."""
    own = _own(person)
    choose_identity_method(ambassador=person, method=IdentityMethod.IN_PERSON, by=own, at=at)
    agree_to_check(ambassador=person, paid_or_credited=False, expects_frequent=False, by=own, at=at)
    seen_at = at + timedelta(days=3)
    record_requirement(
        ambassador=person,
        kind=RequirementKind.ID,
        started_on=seen_at.date(),
        documents=[IdentityDocument.PASSPORT, IdentityDocument.BANK_STATEMENT],
        photo_seen=photo_of(person),
        by=officer,
        at=seen_at,
    )


def _is_vouched_for(person: Ambassador, officer: User, *, at: datetime) -> None:
    """Two people have answered about them, and an officer made sure that it was they."""
    for naming in (
        Naming("Ingrid Vale", f"ingrid.vale.{person.pk}@works.example", RefereeCapacity.EMPLOYER, person.organisation),
        Naming("Tobias Fenn", f"tobias.fenn.{person.pk}@guides.example", RefereeCapacity.YOUTH_WORK, "Fenn Guides"),
    ):
        referee = name_referee(ambassador=person, naming=naming, by=_own(person), at=at)
        _answer(referee, Reference("Five years.", "Kind, and never alone with them.", False, "Always."), at=at)
        accept_reference(referee=referee, verified_how="Rang the organisation.", by=officer, at=at + timedelta(days=4))


def _answer(referee: Referee, reference: Reference, *, at: datetime) -> None:
    answered_at = at + timedelta(days=2)
    token = mint_link("give_reference", referee.pk, expires_at=at + timedelta(days=28))
    give_reference(link=find_link("give_reference", token, at=answered_at), reference=reference, at=answered_at)


def _has_learnt(person: Ambassador, officer: User, *, at: datetime) -> None:
    """Both courses, which an officer put on record from an earlier scheme."""
    for kind in (RequirementKind.INDUCT, RequirementKind.SAFEG):
        record_requirement(ambassador=person, kind=kind, started_on=at.date(), by=officer, at=at)


def _vouch(person: Ambassador, *, at: datetime) -> None:
    """His manager has answered, and so has his scout leader, who would like to be rung first."""
    kind = Reference(
        "Six years, as his manager.", "At our open day, patient and clear.", False, "He is always there first."
    )
    unsure = Reference("Since he was a scout, twenty years.", "Often, on camp.", True, "He does what he says.")
    for naming, reference in ((MANAGER, kind), (SCOUT_LEADER, unsure)):
        named_at = at - timedelta(days=4)
        _answer(name_referee(ambassador=person, naming=naming, by=_own(person), at=named_at), reference, at=named_at)


def _wait_for_referees(*, at: datetime) -> None:
    """Someone who began a week ago, has confirmed what everyone does, and waits for those she named."""
    email, name, job = cast.APPLICANT
    user = User.objects.create_user(email, full_name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    began = at - timedelta(days=8)
    person = begin_application(user=user, at=began)
    answers = {"phone": "07700 900461", "organisation": "Don Valley Trams", "job_title": job, "postcode": "S11 8QQ"}
    change_profile(ambassador=person, answers={**answers, "route": "apprenticeship"}, by=user, at=at)  # type: ignore[typeddict-item]
    fulfil_requirement(ambassador=person, kind=RequirementKind.ELIG, by=user, at=began)
    sign_declaration(ambassador=person, wants_to_talk=False, by=user, at=began)
    for naming in (TUTOR, NEIGHBOUR):
        name_referee(ambassador=person, naming=naming, by=user, at=began)


def _own(ambassador: Ambassador) -> User:
    assert ambassador.user is not None
    return ambassador.user
