"""Someone's photo: how they choose it, and the picture itself for those who may see it."""

from csp.constants import NONE
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambassadors.access import AmbassadorRequest, ambassadors_only
from ambassadors.forms.offers import PhotoForm
from ambassadors.models import Photo
from ambassadors.operations import photos
from ambassadors.photos import MEDIA_TYPE
from ambassadors.views.onwards import go_on, ways_of
from ambassadors.views.vetting import people_vetted_by
from stem.access import SignedInRequest, open_to
from stem.accounts.roles import Role
from stem.acts import press, went_through
from stem.rules import Audience


@ambassadors_only
def my_photo(request: AmbassadorRequest) -> HttpResponse:
    """Choose a photo, or another one, or leave it for later."""
    person = request.ambassador
    if request.POST.get("then") == "on":
        return go_on(request, person, "photo")
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid() and went_through(
        form,
        photos.add_photo,
        ambassador=person,
        file=form.cleaned_data["photo"],
        by=request.user,
        at=timezone.now(),
    ):
        return redirect("my_photo")
    mine = Photo.objects.visible_to(request.user).filter(ambassador=person).defer("picture").first()
    return render(request, "ambassadors/my_photo.html", {"form": form, "mine": mine, **ways_of(person)})


@ambassadors_only
@require_POST
def remove_photo(request: AmbassadorRequest) -> HttpResponse:
    """Do without a photo."""
    press(
        request,
        photos.remove_photo,
        said=_("Your photo is gone: your initials stand in its place."),
        ambassador=request.ambassador,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("my_photo")


@ambassadors_only
def my_picture(request: AmbassadorRequest) -> HttpResponseBase:
    """One's own photo."""
    mine = Photo.objects.visible_to(request.user).filter(ambassador=request.ambassador)
    return answer_with_photo(request, get_object_or_404(mine))


@open_to(Role.VETTING_OFFICER)
def photo(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The photo of somebody whom this officer vets."""
    return answer_with_photo(request, get_object_or_404(Photo.objects.visible_to(request.user), ambassador=pk))


@open_to(Role.VETTING_OFFICER)
@require_POST
def confirm_photo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a photo shows whoever was seen."""
    person = get_object_or_404(people_vetted_by(request), pk=pk)
    press(
        request,
        photos.confirm_photo,
        said=_("Confirmed: schools see this photo from now on."),
        told_to=Audience.ENTITLED,
        ambassador=person,
        digest=request.POST.get("photo", ""),
        by=request.user,
        at=timezone.now(),
    )
    return redirect("ambassador", person.pk)


def answer_with_photo(request: HttpRequest, found: Photo) -> HttpResponseBase:
    """This photo as a picture: kept by nobody but the reader's own browser, which asks each time whether it may."""

    @csp({"default-src": [NONE]})
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = HttpResponse(bytes(found.picture), content_type=MEDIA_TYPE)
        response["Cache-Control"] = "private, no-cache"
        response["ETag"] = f'"{found.digest}"'
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    return answer(request)
