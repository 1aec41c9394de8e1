"""Whether an ambassador is referred to the body that bars people, and who was told of an offence."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quality.jurisdictions import jurisdiction
from quality.operations import referrals as operations
from quality.queries import nation_of_concern
from quality.views.concerns import concern_act, concern_of, for_safeguarding
from quality.worry_forms import ReferralForm, ReportForm
from stem.access import SignedInRequest
from stem.acts import press


@for_safeguarding
@never_cache
def answer_referral(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whether they are referred."""
    shown, form = concern_of(request, pk), ReferralForm(request.POST or None)
    return concern_act(
        request,
        shown,
        form,
        operations.answer_referral,
        said=_("It is on record."),
        title=_("Are they referred?"),
        lead=_("To: %(body)s. That the duty is not met is said by two of you.")
        % {"body": jurisdiction(nation_of_concern(shown)).barring},
        submit=_("Put it on record"),
        decided=form.said if form.is_valid() else {},
    )


@for_safeguarding
@require_POST
def confirm_not_met(request: SignedInRequest, pk: int) -> HttpResponse:
    """Be the second to say that the duty is not met."""
    shown, said = concern_of(request, pk), _("Two of you have said that the duty is not met.")
    press(request, operations.confirm_not_met, said=said, concern=shown, by=request.user, at=timezone.now())
    return redirect("concern", pk)


@for_safeguarding
@never_cache
def record_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on record when the police or the local authority were told."""
    form = ReportForm(request.POST or None)
    return concern_act(
        request,
        concern_of(request, pk),
        form,
        operations.record_report,
        said=_("It is on record."),
        title=_("Who was told of it?"),
        lead=_("In danger: 999. Otherwise the police on 101, or the local authority. As soon as you can."),
        submit=_("Put it on record"),
        decided=form.said if form.is_valid() else {},
    )
