"""Setting an employer up, and who reads for it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from quality import notifications, permissions
from quality.employers.names import key_of
from quality.models import Employer, EmployerLead, EmployerSpelling
from stem.accounts.models import User as Account
from stem.accounts.sessions import end_sessions_of
from stem.audit.record import record
from stem.letters.links import use_link
from stem.letters.models import OneTimeLink
from stem.letters.post import post
from stem.promises import kept
from stem.rules import Kind, Reason, Refusal, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# So long it is kept who read an employer's page, as long as the log of what they read.
LEADS_KEPT_FOR = timedelta(days=7 * 365)


@transaction.atomic
def set_up_employer(*, name: str, by: "User", at: datetime) -> Employer:
    """From now on this employer may be told what its people give; its name is the first way to write it.

    Refuses with `not_for_employers`, `name` where there is one of that name, or as `add_spelling` does.
    """
    permissions.check_may_set_up_employers(by)
    known = Reason("name", Kind.STATE, _("There is an employer of that name already."))
    with kept(Employer, employer_named_once=known):
        employer = Employer.objects.create(name=name.strip(), set_up_by=by, set_up_at=at)
    record("employer.set_up", employer, by=by, at=at)
    add_spelling(employer=employer, words=name, by=by, at=at)
    return employer


@transaction.atomic
def add_spelling(*, employer: Employer, words: str, by: "User", at: datetime) -> EmployerSpelling:
    """Let people who write their employer like this count as its own, from the next term that is told of.

    Refuses with `not_for_employers`, or `words` where they are an employer's already, this one's or another's.
    """
    permissions.check_may_set_up_employers(by)
    key = key_of(words)
    if not key:
        raise refuse("words", Kind.INPUT, _("Enter the name as people write it, in letters or figures."))
    theirs = EmployerSpelling.objects.filter(key=key).select_related("employer").first()
    if theirs is not None:
        said = _("That is the same as “%(words)s”, which stands under %(employer)s.")
        raise refuse("words", Kind.STATE, said % {"words": theirs.words, "employer": theirs.employer})
    taken = Reason("words", Kind.STATE, _("Somebody has just written that down. Look at the list."))
    with kept(EmployerSpelling, spelling_of_one_employer=taken):
        spelling = EmployerSpelling.objects.create(employer=employer, words=words.strip(), key=key, added_at=at)
    record("employer_spelling.add", spelling, by=by, at=at)
    return spelling


@transaction.atomic
def remove_spelling(*, spelling: EmployerSpelling, by: "User", at: datetime) -> None:
    """Count nobody who writes it like this, from what is told next on. Refuses with `not_for_employers`."""
    permissions.check_may_set_up_employers(by)
    record("employer_spelling.remove", spelling, by=by, at=at)
    spelling.delete()


@transaction.atomic
def invite_lead(*, employer: Employer, email: str, by: "User", at: datetime) -> EmployerLead:
    """Ask somebody to read this employer's page, by a letter with a link that works once.

    Refuses with `not_for_employers`, or `email` where somebody at that address was asked, or reads, already.
    """
    permissions.check_may_set_up_employers(by)
    address = email.strip().lower()
    known = Reason("email", Kind.STATE, _("Somebody at this address reads for an employer, or was asked to, already."))
    if EmployerLead.objects.open().at(address).exists():
        raise Refusal(known)
    with kept(EmployerLead, asked_for_one_employer=known):
        lead = EmployerLead.objects.create(employer=employer, email=address, invited_by=by, invited_at=at)
    post(notifications.employer_lead_invited, due_at=at, employer_lead_id=lead.pk)
    record("employer_lead.invite", lead, by=by, at=at)
    return lead


@transaction.atomic
def accept_invitation(*, link: OneTimeLink, full_name: str, at: datetime) -> EmployerLead:
    """Say yes with the link from the letter, which proves the address: from now on its account reads the page.

    Whoever has no account yet gets one, and signs in by a code as everybody does. Refuses with `link_used`, `ended`
    when nobody is wanted any more, `full_name` where it is not known, or `reads_already` for another employer.
    """
    lead = EmployerLead.objects.locked(EmployerLead.objects.behind(link.object_id))
    use_link(link, at=at)
    if lead.ended_at is not None:
        raise refuse("ended", Kind.STATE, _("This invitation has been taken back. Ask whoever invited you."))
    user = _account_of(lead.email, full_name.strip(), at=at)
    lead.user, lead.accepted_at, lead.email = user, at, ""
    already = Reason("reads_already", Kind.STATE, _("You read for an employer already: end that access first."))
    with kept(EmployerLead, reads_for_one_employer=already):
        lead.save(update_fields=["user", "accepted_at", "email"])
    record("employer_lead.accept", lead, by=user, at=at)
    return lead


def _account_of(email: str, full_name: str, *, at: datetime) -> Account:
    """The account of whoever reads this address.

    Of one that never showed that the address was theirs, the password and the sign-ins go: somebody else may have made
    it.
    """
    user = Account.objects.filter(email=email).first()
    if user is None:
        if not full_name:
            raise refuse("full_name", Kind.INPUT, _("Enter your name."))
        user = Account.objects.create_user(email, full_name=full_name)
    is_first = not EmailAddress.objects.filter(user=user, primary=True).exists()
    address, _is_new = EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": is_first})
    if not address.verified:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        end_sessions_of(user, by=user, at=at)
        address.verified = True
        address.save(update_fields=["verified"])
    return user


@transaction.atomic
def forget_leads(*, at: datetime) -> int:
    """Delete who read for an employer, or was asked to, seven years after that ended (rule 3.4); how many. A sweep."""
    gone = EmployerLead.objects.filter(ended_at__lt=at - LEADS_KEPT_FOR)
    for lead in gone:
        record("employer_lead.forget", lead, by=None, at=at)
    return gone.delete()[0]


@transaction.atomic
def end_lead(*, lead: EmployerLead, by: "User", at: datetime) -> None:
    """Let somebody read no more, from this moment; asked and not answered, the link opens nothing. Twice is once.

    Refuses with `not_for_employers`, but for one's own.
    """
    lead = EmployerLead.objects.locked(lead)
    if lead.user_id is None or lead.user_id != by.pk:
        permissions.check_may_set_up_employers(by)
    if lead.ended_at is None:
        lead.ended_at, lead.email = at, ""
        lead.save(update_fields=["ended_at", "email"])
        record("employer_lead.end", lead, by=by, at=at)
