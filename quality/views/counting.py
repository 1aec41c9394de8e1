"""The page on which an ambassador says whether their visits are counted for their employer."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from quality.employers.names import key_of
from quality.employers.register import agreement_of, reads_for
from quality.operations import counting as operations
from stem.acts import press


@ambassadors_only
def count_for_employer(request: AmbassadorRequest) -> HttpResponse:
    """What is told, what is never told, and the one button."""
    agreement = agreement_of(request.ambassador.pk)
    is_of_this = agreement is not None and agreement.key == key_of(request.ambassador.organisation)
    context = {
        "me": request.ambassador,
        "agreement": agreement,
        "is_of_this": is_of_this,
        "reads_for": reads_for(request.user),
    }
    return render(request, "quality/count_for_employer.html", context)


@ambassadors_only
@require_POST
def agree_to_be_counted(request: AmbassadorRequest) -> HttpResponse:
    """Be counted from now on."""
    me = request.ambassador
    said = _("Your visits are counted for %(employer)s from today on.") % {"employer": me.organisation}
    press(request, operations.agree_to_be_counted, said=said, ambassador=me, by=request.user, at=timezone.now())
    return redirect("count_for_employer")


@ambassadors_only
@require_POST
def be_counted_no_longer(request: AmbassadorRequest) -> HttpResponse:
    """Be counted no longer."""
    said = _("None of your visits is in what your employer is told next.")
    press(
        request,
        operations.be_counted_no_longer,
        said=said,
        ambassador=request.ambassador,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("count_for_employer")
