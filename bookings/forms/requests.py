"""The questions that a school answers to ask for a visit, one form a step."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ambassadors.languages import LANGUAGES
from bookings.enums import Mode
from bookings.forms.answers import AnswersForm
from bookings.forms.day import PeopleForm
from bookings.forms.times import TimesForm
from bookings.models import Request
from bookings.models.request import MOST_MEETINGS, WEEKS_APART
from stem.curriculum import ACTIVITIES, SUBJECT_CHOICES, ActivityType, Aim, Stage, Words, year_groups
from stem.forms import CountField


class PurposeForm(AnswersForm):
    """Why this visit, and what pupils take from it."""

    required = ("purpose", "outcome_1")
    aims = forms.MultipleChoiceField(
        label=_("What else do you hope for?"),
        help_text=_("It keeps nobody away: people who would speak of it come first among those who fit."),
        choices=Aim.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Request
        fields = ["purpose", "outcome_1", "outcome_2", "outcome_3", "aims"]
        labels = {
            "purpose": _("What is the visit for?"),
            "outcome_1": _("What will pupils know or do afterwards?"),
            "outcome_2": _("A second outcome"),
            "outcome_3": _("A third outcome"),
        }
        help_texts = {
            "purpose": _("One sentence. For example: Meet someone who uses mathematics at work."),
            "outcome_1": _("For example: Name three jobs in civil engineering."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aims"] = [aim.value for aim in self.instance.aims_hoped_for]

    def clean_aims(self) -> str:
        """The codes as a request keeps them."""
        return " ".join(self.cleaned_data["aims"])


class ClassForm(AnswersForm):
    """Who the pupils are, as a group, and what they are learning."""

    required = ("subject", "stage", "year_groups", "pupils")
    subject = forms.ChoiceField(label=_("Which subject?"), choices=[("", _("Choose a subject")), *SUBJECT_CHOICES])
    stage = forms.ChoiceField(label=_("How old are they?"), widget=forms.RadioSelect)
    pupils = CountField(label=_("How many pupils?"), min_value=1, max_value=2000)

    class Meta:
        model = Request
        fields = ["subject", "topic", "stage", "year_groups", "pupils", "access_needs"]
        labels = {
            "topic": _("Topic"),
            "year_groups": _("Which year groups?"),
            "access_needs": _("What helps everyone in the group take part?"),
        }
        help_texts = {
            "topic": _("What the class is learning, if you would like the visit to link to it."),
            "access_needs": _(
                "About the group, never a person. For example: a step-free room, or large print. Do not name pupils."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nation = self.instance.school.nation
        stages = self.fields["stage"]
        assert isinstance(stages, forms.ChoiceField)
        stages.choices = [(stage.value, _stage_in_words(stage, nation)) for stage in Stage]
        first, second = year_groups(nation, Stage.KS3)[:2]
        self.fields["year_groups"].help_text = gettext("For example %(first)s, or %(first)s and %(second)s.") % {
            "first": first,
            "second": second,
        }


def _stage_in_words(stage: Stage, nation: str) -> str:
    """A stage with the years that it spans in the school's own nation."""
    years = year_groups(nation, stage)
    if not years:
        return str(stage.label)
    return gettext("%(stage)s: %(first)s to %(last)s") % {"stage": stage.label, "first": years[0], "last": years[-1]}


class ActivityForm(AnswersForm):
    """What happens during the visit, where, and with how many people."""

    required = ("activity", "mode", "people")
    activity = forms.ChoiceField(label=_("What kind of visit?"), widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("Where?"), choices=Mode.choices, widget=forms.RadioSelect)
    people = CountField(
        label=_("How many ambassadors?"),
        help_text=_("One is right for most visits. Each kind above says how many it needs."),
        min_value=1,
        max_value=15,
    )
    meetings = CountField(
        label=_("How many times should they meet the class?"),
        help_text=_("Once is right for most visits. The same ambassador comes to every meeting of a series."),
        min_value=1,
        max_value=MOST_MEETINGS,
        required=False,
    )
    weeks_apart = forms.ChoiceField(
        label=_("If more than once: how often?"),
        help_text=_("Always on the same weekday and at the same time; days on which you are closed are left out."),
        choices=WEEKS_APART,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("In which language?"),
        help_text=_("In any but English only those are asked who have said that they could talk to a class in it."),
        choices=[("", _("English")), *((each, each) for each in LANGUAGES)],
        required=False,
    )

    class Meta:
        model = Request
        fields = ["activity", "mode", "people", "meetings", "weeks_apart", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        activities = self.fields["activity"]
        assert isinstance(activities, forms.ChoiceField)
        activities.choices = [(each.code, _activity_in_words(each)) for each in ACTIVITIES.values()]

    def clean_meetings(self) -> int:
        """Once, where nothing else is said."""
        return self.cleaned_data["meetings"] or 1

    def clean_weeks_apart(self) -> int:
        """Every week, where nothing else is said."""
        return int(self.cleaned_data["weeks_apart"] or 1)

    def clean(self) -> dict[str, Any]:
        """An online talk is online."""
        answers = super().clean() or self.cleaned_data
        activity = ACTIVITIES.get(answers.get("activity", ""))
        if activity and activity.online and answers.get("mode") == Mode.IN_PERSON:
            self.add_error("mode", gettext("An online talk is live online. Choose that, or another kind of visit."))
        return answers


def _activity_in_words(activity: ActivityType) -> SafeString:
    """The name of a kind of visit, with the numbers that make a good one (rule 5.2)."""
    shortest, longest = activity.minutes
    fewest, most = activity.ambassadors
    people = f"{fewest}" if fewest == most else f"{fewest}–{most}"
    numbers = gettext("%(shortest)d to %(longest)d minutes; up to %(pupils)d pupils; ambassadors: %(people)s.") % {
        "shortest": shortest,
        "longest": longest,
        "pupils": activity.max_group,
        "people": people,
    }
    return format_html('{}<br><span class="hint">{} {}</span>', activity.name, numbers, activity.note)


@dataclass(frozen=True)
class Step:
    """One page of questions."""

    slug: str
    title: Words
    lead: Words
    form: type[AnswersForm] | type[TimesForm]


STEPS: dict[str, Step] = {
    step.slug: step
    for step in [
        Step("purpose", _("What is it for?"), _("Start from what pupils should take away."), PurposeForm),
        Step("class", _("Your class"), _("The group as a whole: we never need a pupil’s name."), ClassForm),
        Step("activity", _("What should happen?"), "", ActivityForm),
        Step(
            "times",
            _("When could it be?"),
            _("Give up to five times: each one makes it easier to find someone."),
            TimesForm,
        ),
        Step("people", _("The day at school"), _("Only the ambassador who comes is told this."), PeopleForm),
    ]
}
# On which of a step's answers it depends how many could come; only these are sent while somebody fills it in.
COUNTS_WITH = {"class": "subject,stage", "activity": "activity,mode,people,language,meetings,weeks_apart", "times": "*"}
COUNTED = frozenset({"subject", "stage", "activity", "mode", "people", "language", "meetings", "weeks_apart"})
# The step that asks for each answer, by the code of what is missing.
STEP_OF = {name: step.slug for step in STEPS.values() for name in step.form.base_fields} | {"times": "times"}
