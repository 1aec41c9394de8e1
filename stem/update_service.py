"""The DBS update service as a port: three answers, and whatever is not plainly one of them is none (rules V-40, V-41).

Source: the service's guide to multiple status checks. One address for each certificate, answered in XML.
"""

import re
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException
from typing import Protocol
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# So long the service is waited for, and so much of an answer is read: a true one has a few hundred bytes.
SECONDS = 10
LONGEST = 10_000


class StatusResult(TextChoices):
    """What may be kept of an answer. Which of its two ways of saying "current" the service chose may not (V-41)."""

    CURRENT = "current", _("Current")
    NOT_CURRENT = "not_current", _("Not current")
    NO_MATCH = "no_match", _("No such certificate")


MEANS = {
    "BLANK_NO_NEW_INFO": StatusResult.CURRENT,
    "NON_BLANK_NO_NEW_INFO": StatusResult.CURRENT,
    "NEW_INFO": StatusResult.NOT_CURRENT,
    "NO_MATCH_FOUND": StatusResult.NO_MATCH,
}


@dataclass(frozen=True)
class StatusQuestion:
    """Whose certificate, and who asks. Surname and birth date are asked for each time, and kept nowhere."""

    number: str
    surname: str
    born_on: date
    organisation: str
    asked_by: str


class NoClearAnswer(Exception):
    """The service did not answer, or said what we do not know: nothing follows from it, least of all that all is well."""


class UpdateService(Protocol):
    """Somebody who knows whether a certificate is still current."""

    def ask(self, question: StatusQuestion) -> StatusResult:
        """What is known of it now. Raises `NoClearAnswer`."""
        ...


class OnlineUpdateService:
    """The service itself, or whatever answers in its place at an address of the same form."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")

    def ask(self, question: StatusQuestion) -> StatusResult:
        """Ask over the network. Raises `NoClearAnswer`, which tells nothing of the question."""
        forename, _space, surname = question.asked_by.rpartition(" ")
        said = {
            "dateOfBirth": question.born_on.strftime("%d/%m/%Y"),
            "surname": question.surname,
            "hasAgreedTermsAndConditions": "true",
            "organisationName": question.organisation,
            "employeeSurname": surname,
            "employeeForename": forename or surname,
        }
        address = f"{self.address}/{quote(question.number, safe='')}?{urlencode(said)}"
        try:
            # The scheme's own setting, which `update_service` has looked at.
            with urlopen(Request(address), timeout=SECONDS) as answer:  # noqa: S310
                return read_answer(answer.read(LONGEST).decode("utf-8", "replace"))
        except (OSError, HTTPException, ValueError):
            raise NoClearAnswer from None


def read_answer(text: str) -> StatusResult:
    """What an answer says. Raises `NoClearAnswer` unless it says one thing, once, in a word that we know."""
    outcomes = re.findall(r"<statusCheckResultType>\s*([A-Z_]+)\s*</statusCheckResultType>", text)
    words = re.findall(r"<status>\s*([A-Z_]+)\s*</status>", text)
    if outcomes != ["SUCCESS"] or len(words) != 1 or words[0] not in MEANS:
        raise NoClearAnswer
    return MEANS[words[0]]


def update_service() -> UpdateService | None:
    """The service that this installation asks; None where no address is set, or one that is not encrypted."""
    address = str(settings.UPDATE_SERVICE_URL)
    is_ours = address.startswith(("http://127.0.0.1:", "http://localhost:"))
    return OnlineUpdateService(address) if address.startswith("https://") or is_ours else None
