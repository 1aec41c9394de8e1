"""What only the demonstration has: the people one can be, and the mail they would have had."""

from allauth.account.internal.flows.login import record_authentication
from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth import login, logout
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from demo import cast
from demo.models import Message
from demo.sending import letters_waiting, send_waiting_letters
from stem.access import public
from stem.accounts.models import User

PERSONAS = (
    (cast.TEACHER[0], "Teacher", "Asks for a visit, accepts who comes, says how it went"),
    (cast.COLLEAGUE[0], "Her colleague", "Acts for the same school, let in by its domain"),
    (cast.WAITING_COLLEAGUE[0], "Someone who waits", "Asks to act for the same school; its lead decides"),
    ("tom-okafor@people.example", "Ambassador", "Is asked, says yes or no, keeps the visit in a calendar"),
    (cast.LEARNER, "Someone on her way in", "Half way through the induction"),
    (cast.VOUCHED_FOR, "Someone whose check is weighed", "May tell the two who look at it what they should know"),
    (cast.RUNS_OUT, "Someone with something running out", "Renews his training before it ends"),
    (cast.APPLICANT[0], "Someone who is joining", "Has named two people who know her, and waits for them"),
    (cast.EMPLOYER_LEAD[0], "Reader for an employer", "Reads what its volunteers give, and never who they are"),
    ("hannah.lewis@scheme.example", "Coordinator", "Finds people for requests, vets them, reads the feedback"),
    ("joel.barker@scheme.example", "Coordinator of one region", "The second pair of eyes, in Yorkshire only"),
    ("wren.castle@scheme.example", "Vetting officer", "Reads references, records checks, decides about applications"),
    ("ruth.adair@scheme.example", "Disclosure assessor", "Weighs what a check disclosed, apart from a colleague"),
    ("omar.quill@scheme.example", "Disclosure assessor", "The second to weigh it, who cannot read the first"),
    ("siobhan.kerr@scheme.example", "Safeguarding lead", "Reads worries, with a colleague"),
    ("nell.frith@scheme.example", "Safeguarding lead", "The second to lift a suspension, or to hear an appeal"),
    ("sol.hart@scheme.example", "Second deputy", "Breaks the glass over a worry when no lead answers"),
    ("mina.okoro@scheme.example", "Quality manager", "Reads feedback, and looks at complaints again"),
    ("theo.lamb@scheme.example", "Complaint handler", "Looks into complaints, and answers them"),
    ("alex.moss@scheme.example", "Administrator", "Gives roles, divides the country, sets the scheme's numbers"),
    ("ines.holm@scheme.example", "Administrator", "The second of two, where one of them alone may not"),
)

# A letter carries its own style, and nothing else is allowed to it.
LETTER_POLICY = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]}


@public
def people(request: HttpRequest) -> HttpResponse:
    """Whom one can be."""
    known = {user.email: user for user in User.objects.filter(email__in=[email for email, *_ in PERSONAS])}
    personas = [(known[email], part, does) for email, part, does in PERSONAS if email in known]
    return render(request, "demo/people.html", {"personas": personas})


@public
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Become one of the made people, second factor and all; nobody else."""
    user = get_object_or_404(User, email=request.POST.get("email", ""), email__in=[email for email, *_ in PERSONAS])
    logout(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    # What a real sign-in with an authenticator app leaves in the session.
    record_authentication(request, user, method="mfa", type="totp")
    return redirect("home")


@public
def mail(request: HttpRequest) -> HttpResponse:
    """Every message that left, newest first; or those to one address."""
    address = request.GET.get("to", "").strip()
    messages = Message.objects.filter(to__icontains=address) if address else Message.objects.order_by("-pk")
    page = Paginator(messages, 25).get_page(request.GET.get("page"))
    waiting = letters_waiting(at=timezone.now()).count()
    return render(request, "demo/mail.html", {"page": page, "address": address, "waiting": waiting})


@public
@require_POST
def send_waiting(request: HttpRequest) -> HttpResponse:
    """Send what waits for the morning."""
    send_waiting_letters(at=timezone.now())
    return redirect("demo_mail")


@public
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, as text, with its links."""
    return render(request, "demo/message.html", {"message": get_object_or_404(Message, pk=pk)})


@public
@xframe_options_sameorigin
@csp(LETTER_POLICY)  # type: ignore[arg-type]  # its types know no address arguments
def message_html(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as a mail program shows it, shut off from everything else."""
    return HttpResponse(get_object_or_404(Message, pk=pk).html)
