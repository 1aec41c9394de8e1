"""Words for how a visit went."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FeedbackSide(TextChoices):
    """Who speaks."""

    TEACHER = "teacher", _("School")
    AMBASSADOR = "ambassador", _("Ambassador")


class FeedbackStatus(TextChoices):
    """Whether a form has come back, and been read."""

    INVITED = "invited", _("Asked for")
    SUBMITTED = "submitted", _("New")
    READ = "read", _("Read")


class CommentStatus(TextChoices):
    """What whoever read it has decided about something written on a form (rule 2.2)."""

    WAITING = "waiting", _("To be read")
    RELEASED = "released", _("Passed on")
    REDACTED = "redacted", _("Passed on, with something left out")
    KEPT = "kept", _("Stays with us")
    HELD = "held", _("Held")
    ESCALATED = "escalated", _("Handed on")


class Escalation(TextChoices):
    """To whom something written is handed on."""

    CONCERN = "concern", _("The safeguarding leads, as a worry, today")
    CASE = "case", _("Whoever looks after visits there, as a case about this visit")


class ConflictKind(TextChoices):
    """Why nobody rates a visit (rule G-04): the visit itself counts as any other."""

    DECLARED = "declared", _("Somebody said that the two sides are related, or have worked together")
    EMPLOYER = "employer", _("The ambassador works where the school's people do")
    STAFF = "staff", _("The ambassador has acted for this school within two years")


class OddityKind(TextChoices):
    """What is odd about a form that came in (rule G-08); it is looked at, and not left out."""

    MANY = "many", _("One of several for different schools from one network within ten minutes")
    SAME_WORDS = "same_words", _("Somebody has written the very same about another visit")
    HURRIED = "hurried", _("Nothing but the best answers, in less than twenty seconds")


class ConcernStatus(TextChoices):
    """How far a worry has come (rule 2.9)."""

    RAISED = "raised", _("Raised")
    TRIAGED = "triaged", _("Being dealt with")
    CLOSED = "closed", _("Closed")


class ConcernLevel(TextChoices):
    """What the safeguarding lead took it to be (rule 2.9)."""

    CHILD_WELFARE = "child_welfare", _("About a child's welfare: passed to the school's safeguarding lead")
    HARM_THRESHOLD = "harm_threshold", _("An adult may have harmed a child: designated officer within one working day")
    LOW_LEVEL = "low_level", _("Low level: not in line with the code of conduct")
    NOT_SAFEGUARDING = "not_safeguarding", _("Not a safeguarding matter")


class SuspensionStatus(TextChoices):
    """How far a suspension has come (rule 1.9)."""

    STANDING = "standing", _("In force")
    LIFTING = "lifting", _("Lifting it waits for a second person")
    LIFTED = "lifted", _("Lifted")


class CaseRule(TextChoices):
    """What gave reason for a case (rule 2.5), by the number of its rule."""

    R1 = "R1", _("Not useful, or not again")
    R2 = "R2", _("Two of the last four visits rated low")
    R2B = "R2b", _("Three of the last five visits rated low")
    R3 = "R3", _("Likely to be rated low")
    R4 = "R4", _("Did not come, or called off late twice")
    R5 = "R5", _("Not felt to be balanced")
    R6 = "R6", _("Did not help pupils of every background")
    R7 = "R7", _("Pitched at the wrong level twice")
    R8 = "R8", _("Sees visits better than schools do")
    R9 = "R9", _("School was not ready")
    WORDS = "W", _("Something that was written")


class CaseStatus(TextChoices):
    """How far a case has come."""

    OPEN = "open", _("Open")
    ASKED = "asked", _("Waiting for their side")
    HEARD = "heard", _("Their side is in")
    DECIDED = "decided", _("Decided")


class CaseOutcome(TextChoices):
    """What somebody decided (rule 2.5)."""

    NO_ACTION = "no_action", _("Nothing further")
    SUPPORT = "support", _("Support: a conversation, training or a colleague beside them")
    OBSERVE = "observe", _("Observe the next visit")
    RESTRICT = "restrict", _("Only some ages or kinds of visit")
    PAUSE = "pause", _("Pause: no visits for the time being")
    END = "end", _("End their time as an ambassador")
