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
