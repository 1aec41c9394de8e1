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

    RAISED = "raised", _("Nobody has looked at it yet")
    CHILD_WELFARE = "child_welfare", _("About a child: to be passed on")
    HARM_THRESHOLD = "harm_threshold", _("Possible harm: to be referred")
    LOW_LEVEL = "low_level", _("Low level")
    NOT_SAFEGUARDING = "not_safeguarding", _("Not safeguarding")
    REFERRED = "referred", _("Passed on")
    OUTCOME = "outcome", _("Outcome known")
    ACTIONS = "actions", _("Dealt with")
    CLOSING = "closing", _("Closing it waits for a second person")
    CLOSED = "closed", _("Closed")


class ConcernLevel(TextChoices):
    """What the safeguarding lead took it to be (rule 2.9)."""

    CHILD_WELFARE = "child_welfare", _("About a child's welfare, not about the adult: the school's lead deals with it")
    HARM_THRESHOLD = "harm_threshold", _("An adult may have harmed a child, or may be a risk to children")
    LOW_LEVEL = "low_level", _("Low level: any doubt about an adult that is below that")
    NOT_SAFEGUARDING = "not_safeguarding", _("Not a safeguarding matter")


class ConcernOutcome(TextChoices):
    """How an allegation ended, in the words of the guidance that schools keep (rule 2.9)."""

    SUBSTANTIATED = "substantiated", _("Substantiated: enough to prove it")
    UNSUBSTANTIATED = "unsubstantiated", _("Unsubstantiated: not enough to prove or disprove it")
    UNFOUNDED = "unfounded", _("Unfounded: nothing supports it")
    FALSE = "false", _("False: disproved")
    MALICIOUS = "malicious", _("Malicious: disproved, and meant to deceive")


class Referral(TextChoices):
    """Whether an ambassador is referred to the body that bars people (rule C-04)."""

    REFERRED = "referred", _("Referred")
    NOT_MET = "not_met", _("The duty is not met: two of us say so")


class HandedTo(TextChoices):
    """Who goes on with what is no safeguarding matter."""

    QUALITY = "quality", _("Those who look after quality")
    COMPLAINT = "complaint", _("A complaint")


class ComplaintStatus(TextChoices):
    """How far a complaint has come (rule 2.9)."""

    WAITING = "waiting", _("Waits for a safeguarding lead")
    RECEIVED = "received", _("Nobody has said yet that we have it")
    ACKNOWLEDGED = "acknowledged", _("Nobody sees to it yet")
    ASSIGNED = "assigned", _("Somebody is to look into it")
    INVESTIGATING = "investigating", _("Being looked into")
    REPEAT = "repeat", _("Said before: waits for a second person")
    RESPONDED = "responded", _("Answered")
    APPEALED = "appealed", _("To be looked at again")
    CLOSED = "closed", _("Closed")


class ComplaintOutcome(TextChoices):
    """How a complaint ended."""

    UPHELD = "upheld", _("Upheld")
    PARTLY = "partly", _("Partly upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REROUTED = "rerouted", _("Passed to somebody else")


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


class PollStatus(TextChoices):
    """How far it has come that a class is asked about a visit."""

    OPEN = "open", _("Open")
    VOID = "void", _("More answers than pupils")
    CLOSED = "closed", _("Closed")
    LEFT_OUT = "left_out", _("Left out")
