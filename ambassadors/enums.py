"""Words for the people of the register."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AmbassadorStatus(TextChoices):
    """Where a person stands with the scheme (rule 1.8); what dates decide is computed, never stored."""

    DRAFT = "draft", _("Not yet sent in")
    IMPORTED = "imported", _("Brought by another scheme")
    VETTING = "vetting", _("Being vetted")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Having a break")
    DECLINED = "declined", _("Declined")
    LEFT = "left", _("Left")
    # Another record is the same person's, and has all that this one had (rule V-92).
    MERGED = "merged", _("Part of another record")
    # They said no, or never answered, and would be deleted but for a safeguarding hold: only its keepers know of it.
    SEALED = "sealed", _("Kept by safeguarding leads")


# Whoever stands so is nobody to those who look after people: part of another record, or as good as deleted.
UNSEEN = (AmbassadorStatus.MERGED, AmbassadorStatus.SEALED)
# How a person can be seen to stand.
STANDING = tuple(choice for choice in AmbassadorStatus.choices if choice[0] not in UNSEEN)
# Whoever stands so has no part in the scheme, and none to end.
TAKES_NO_PART = (AmbassadorStatus.DECLINED, AmbassadorStatus.LEFT, *UNSEEN)


class FoundBy(TextChoices):
    """What of a person a word is that they are found by; what is called former was said of them, and counts no more."""

    NAME = "n", _("name")
    KNOWN_AS = "k", _("known as")
    FORMER_NAME = "fn", _("former name")
    EMAIL = "e", _("e-mail")
    FORMER_EMAIL = "fe", _("former e-mail")
    PHONE = "p", _("telephone")
    FORMER_PHONE = "fp", _("former telephone")
    EMPLOYER = "w", _("employer")
    FORMER_EMPLOYER = "fw", _("former employer")
    NUMBER = "i", _("number")
    PLACE = "h", _("home")


class ToldBy(TextChoices):
    """How someone heard that another scheme brought us their data (rule V-94)."""

    EMAIL = "email", _("By e-mail")
    POST = "post", _("By a letter in the post")
    PHONE = "phone", _("By telephone")


class NoBecause(TextChoices):
    """Why a record of another scheme is not brought in again."""

    NO = "no", _("They said no")
    SILENT = "silent", _("They never answered")


class OfferingKind(TextChoices):
    """The sorts of thing an ambassador says they can offer."""

    SUBJECT = "subject", _("Subject")
    STAGE = "stage", _("Stage")
    ACTIVITY = "activity", _("Activity")
    LANGUAGE = "language", _("Language")


class RequirementKind(TextChoices):
    """What a person must have, valid on the day of a visit (rule 1.2)."""

    ELIG = "ELIG", _("Aged 18 or over, based in the UK, unpaid")
    ID = "ID", _("Identity seen")
    REF = "REF", _("Two references accepted")
    SELF = "SELF", _("Self-declaration signed")
    CRC = "CRC", _("Criminal record check decided")
    INDUCT = "INDUCT", _("Induction passed")
    SAFEG = "SAFEG", _("Safeguarding training")
    CODE = "CODE", _("Code of conduct accepted")
    DECL = "DECL", _("Annual declaration")


class CheckBody(TextChoices):
    """Who issued a criminal record check (rule V-10)."""

    DBS = "dbs", _("DBS (England, Wales)")
    PVG = "pvg", _("Disclosure Scotland (PVG)")
    ACCESS_NI = "access_ni", _("AccessNI (Northern Ireland)")


class HoldKind(TextChoices):
    """Why a person is not to be booked for a time."""

    AWAY = "away", _("Away")
    VETTING = "vetting", _("Vetting question")
    QUALITY = "quality", _("Quality review")
    SAFEGUARDING = "safeguarding", _("Safeguarding")


class EmployerSize(TextChoices):
    """What kind of place someone works at: pupils hear of large firms often, and of small ones seldom (SD-26)."""

    SELF_EMPLOYED = "self_employed", _("I work for myself")
    MICRO = "micro", _("Fewer than 10 people")
    SMALL = "small", _("10 to 49 people")
    MEDIUM = "medium", _("50 to 249 people")
    LARGE = "large", _("250 people or more")
    COLLEGE = "college", _("A further education college")
    UNIVERSITY = "university", _("A university or research institute")


class NoticeWanted(IntegerChoices):
    """How many days before a visit somebody wants to be asked."""

    NONE = 0, _("No notice")
    THREE_DAYS = 3, _("3 days")
    WEEK = 7, _("A week")
    FORTNIGHT = 14, _("2 weeks")
    FOUR_WEEKS = 28, _("4 weeks")
    EIGHT_WEEKS = 56, _("8 weeks")


class Rest(IntegerChoices):
    """How many days somebody keeps free of visits before and after one."""

    NONE = 0, _("None")
    DAY = 1, _("A day")
    THREE_DAYS = 3, _("3 days")
    WEEK = 6, _("A week")
    FORTNIGHT = 13, _("2 weeks")


class RefereeCapacity(TextChoices):
    """How a referee knows an ambassador; one of the two must be of the first three kinds (rule V-51)."""

    EMPLOYER = "employer", _("They are, or were, my manager or a colleague at work")
    UNIVERSITY = "university", _("They teach, or taught, me at college or university")
    YOUTH_WORK = "youth_work", _("They know me from work with children or young people")
    OTHER = "other", _("In another way")


class RefereeStatus(TextChoices):
    """How far a reference has come."""

    NAMED = "named", _("Not yet asked")
    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    ACCEPTED = "accepted", _("Accepted")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LeaveReason(TextChoices):
    """Why someone leaves; saying so is their choice."""

    TIME = "time", _("I no longer have the time")
    MOVING = "moving", _("I am moving away, or changing work")
    SELDOM_ASKED = "seldom_asked", _("I was seldom asked")
    NOT_FOR_ME = "not_for_me", _("It is not for me")
    OTHER = "other", _("Something else")


class IdentityMethod(TextChoices):
    """How someone shows who they are (rule V-50)."""

    IN_PERSON = "in_person", _("In person")
    CERTIFIED_PROVIDER = "certified_provider", _("Through a certified digital identity service")


class IdentityDocument(TextChoices):
    """What someone showed to be known by: which kind, never its number and never a copy (rule V-50)."""

    PASSPORT = "passport", _("Passport")
    DRIVING_LICENCE = "driving_licence", _("Driving licence with a photo")
    RESIDENCE_PERMIT = "residence_permit", _("Residence permit")
    BIRTH_CERTIFICATE = "birth_certificate", _("Birth or adoption certificate")
    BANK_STATEMENT = "bank_statement", _("Bank or building society statement")
    HOUSEHOLD_BILL = "household_bill", _("Council tax or utility bill")
    PROVIDER = "provider", _("A certified digital identity service’s word")


class Course(TextChoices):
    """What people learn here, by the word in its address; passing it meets a requirement."""

    INDUCTION = "induction", _("Induction")
    KEEPING_CHILDREN_SAFE = "keeping-children-safe", _("Keeping children safe")

    @property
    def requirement(self) -> RequirementKind:
        """What passing it puts on record."""
        return RequirementKind.INDUCT if self is Course.INDUCTION else RequirementKind.SAFEG


class Party(TextChoices):
    """Who is waited for while someone is vetted."""

    US = "us", _("Us")
    SECOND = "second", _("A second person")
    PERSON = "person", _("The person")
    REFEREE = "referee", _("A referee")


class DeclineGround(TextChoices):
    """Why an application is declined (rule 1.8)."""

    NOT_ELIGIBLE = "not_eligible", _("Not eligible: age, country, or paid for it")
    NOT_VERIFIED = "not_verified", _("Who they are could not be verified")
    REFERENCES = "references", _("References missing, or not accepted")
    NO_ANSWER = "no_answer", _("They did not answer")
    DISCLOSURE = "disclosure", _("What a criminal record check disclosed (two people decide)")


class CheckStatus(TextChoices):
    """How far a criminal record check has come (rule 1.5)."""

    REQUIRED = "required", _("Needed")
    ELIGIBLE = "eligible", _("We may ask for it")
    APPLIED = "applied", _("Applied for")
    ISSUED = "issued", _("Issued, and to be seen")
    SEEN = "seen", _("Seen in person, and to be decided")
    ASSESSING = "assessing", _("Two people assess it")
    ESCALATED = "escalated", _("The safeguarding lead decides")
    OK = "ok", _("Decided: suitable")
    CONDITIONS = "conditions", _("Decided: suitable, with conditions")
    NOT_SUITABLE = "not_suitable", _("Decided: not suitable, may appeal")
    APPEALED = "appealed", _("Appeal to be heard")
    REFUSED = "refused", _("Not suitable")
    SUPERSEDED = "superseded", _("A newer one stands")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    BARRED = "barred", _("Barred from work with children")

    @property
    def waits_for(self) -> Party:
        """Who brings one on that stands here: the person holds the form, and then the certificate, and may appeal."""
        if self in (CheckStatus.APPLIED, CheckStatus.ISSUED, CheckStatus.NOT_SUITABLE):
            return Party.PERSON
        return Party.US if self in (CheckStatus.REQUIRED, CheckStatus.ELIGIBLE) else Party.SECOND

    @property
    def told(self) -> str | Promise:
        """How it stands, as all but its assessors are told: not what is weighed, nor that anything is (V-21)."""
        if self in (CheckStatus.SEEN, CheckStatus.ASSESSING, CheckStatus.ESCALATED):
            return _("Being decided")
        return self.label

    @classmethod
    def under_way(cls) -> tuple[str, ...]:
        """Those that wait for somebody: one person has at most one."""
        return tuple(map(str, (cls.REQUIRED, cls.ELIGIBLE, cls.APPLIED, cls.ISSUED, cls.SEEN, cls.ASSESSING,
                               cls.ESCALATED, cls.NOT_SUITABLE, cls.APPEALED)))  # fmt: skip

    @classmethod
    def weighed(cls) -> tuple[str, ...]:
        """Those about which assessors or a lead decide."""
        return tuple(map(str, (cls.ASSESSING, cls.ESCALATED, cls.APPEALED)))

    @classmethod
    def after_eligibility(cls) -> tuple[str, ...]:
        """Those that nobody reaches without a right to ask (V-13)."""
        return tuple(map(str, (cls.ELIGIBLE, cls.APPLIED, cls.ISSUED))) + cls.after_seeing()

    @classmethod
    def after_seeing(cls) -> tuple[str, ...]:
        """Those that nobody reaches before the original was seen in person (V-26)."""
        return tuple(map(str, (cls.SEEN, cls.ASSESSING, cls.ESCALATED, cls.OK, cls.CONDITIONS, cls.NOT_SUITABLE,
                               cls.APPEALED, cls.REFUSED)))  # fmt: skip


class EligibilityBasis(TextChoices):
    """By what right an enhanced check is asked for (rules V-13, V-15): asking beyond it is unlawful."""

    INFREQUENT = "infrequent", _("Teaches under-18s, not often: without the barred list")
    REGULATED = "regulated", _("Regulated activity with children: with the barred list")
    REGULATED_ROLE = "regulated_role", _("A regulated role in Scotland: PVG")

    @classmethod
    def of(cls, body: CheckBody) -> list["EligibilityBasis"]:
        """By which of them this body is asked: in Scotland by that of a regulated role, and nowhere else."""
        return [right for right in cls if (right is cls.REGULATED_ROLE) == (body is CheckBody.PVG)]


class UploadStatus(TextChoices):
    """Where a file of people stands on its way into the register (rule V-91)."""

    UPLOADED = "uploaded", _("Waits for its columns")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    TAKING_IN = "taking_in", _("Being taken in")
    DONE = "done", _("Taken in")
    REFUSED = "refused", _("Refused")
    THROWN_AWAY = "thrown_away", _("Thrown away")

    @classmethod
    def over(cls) -> tuple["UploadStatus", ...]:
        """Those of which nothing is to come any more, and of which the file is gone."""
        return (cls.DONE, cls.REFUSED, cls.THROWN_AWAY)


class Weight(TextChoices):
    """How much something weighs; never added up."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
