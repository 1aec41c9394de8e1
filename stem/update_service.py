"""The DBS update service as a port: three answers, and whatever is not plainly one of them is none (rules V-40, V-41).

Source: the service's guide to multiple status checks. One address for each certificate, answered in XML.
"""

from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ssl import create_default_context
from time import monotonic
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit
from xml.etree.ElementTree import ParseError, fromstring

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

# So many seconds the service is waited for, and so many bytes of an answer are read: a true one has a few hundred.
SECONDS = 10.0
LONGEST = 10_000
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


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

    # no log shows them, whoever prints a question
    number: str = field(repr=False)
    surname: str = field(repr=False)
    born_on: date = field(repr=False)
    organisation: str
    asked_by: str


class NoClearAnswer(Exception):
    """The service did not answer, or said what we do not know: nothing follows, least of all that all is well."""


class UpdateService(Protocol):
    """Somebody who knows whether a certificate is still current."""

    def ask(self, question: StatusQuestion) -> StatusResult:
        """What is known of it now. Raises `NoClearAnswer`."""
        ...


class OnlineUpdateService:
    """The service itself, or whatever answers in its place at an address of the same form.

    Asked through `http.client`, which goes to this address alone: it follows no redirection and knows of no proxy.
    """

    def __init__(self, address: str, *, seconds: float = SECONDS) -> None:
        self.address = urlsplit(address.rstrip("/"))
        self.seconds = seconds

    @sensitive_variables()
    def ask(self, question: StatusQuestion) -> StatusResult:
        """Ask over the network. Raises `NoClearAnswer`, which tells nothing of the question."""
        body = self._fetch(question)
        if body is None:
            # outside of any handler: the error that stands behind it may name the address, and with it the number
            raise NoClearAnswer
        return read_answer(body)

    @sensitive_variables()
    def _fetch(self, question: StatusQuestion) -> bytes | None:
        """What is sent back, or None where that is no whole page in time."""
        ends = monotonic() + self.seconds
        connection = self._connection()
        try:
            connection.request("GET", self._path(question), headers={"Accept": "application/xml"})
            answer = connection.getresponse()
            body = b""
            while piece := answer.read1(LONGEST):
                body += piece
                # a trickle never lets a single wait run out
                if len(body) > LONGEST or monotonic() > ends:
                    return None
            return body if answer.status == 200 else None
        except (OSError, HTTPException, ValueError):
            return None
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        host, port = self.address.hostname or "", self.address.port
        if self.address.scheme == "https":
            return HTTPSConnection(host, port, timeout=self.seconds, context=create_default_context())
        return HTTPConnection(host, port, timeout=self.seconds)

    @sensitive_variables()
    def _path(self, question: StatusQuestion) -> str:
        forename, _space, surname = question.asked_by.strip().rpartition(" ")
        said = {
            "dateOfBirth": question.born_on.strftime("%d/%m/%Y"),
            "surname": question.surname,
            "hasAgreedTermsAndConditions": "true",
            "organisationName": question.organisation,
            "employeeSurname": surname,
            "employeeForename": forename or surname,
        }
        return f"{self.address.path}/{quote(question.number, safe='')}?{urlencode(said)}"


def read_answer(body: bytes) -> StatusResult:
    """What an answer says. Raises `NoClearAnswer` unless it says one thing, once, in a word that we know."""
    said = _said(body)
    outcomes = [words for name, words in said if name == "statusCheckResultType"]
    words = [words for name, words in said if name == "status"]
    if outcomes != ["SUCCESS"] or len(words) != 1 or words[0] not in MEANS:
        raise NoClearAnswer
    return MEANS[words[0]]


def _said(body: bytes) -> list[tuple[str, str]]:
    """Each element of an answer with its words; nothing, where it is not the one flat list that it should be."""
    # no definition, comment or section of raw words: nothing in which another answer could hide, or a bomb
    if b"<!" in body:
        return []
    try:
        root = fromstring(body.decode("utf-8"))  # noqa: S314  without definitions there is nothing to expand
    except (ParseError, ValueError):
        return []
    loose = [root.text, *(each.tail for each in root)]
    is_flat = root.tag == "statusCheckResult" and not any(map(len, root)) and not "".join(filter(None, loose)).strip()
    return [(each.tag, (each.text or "").strip()) for each in root] if is_flat else []


def is_private(address: str) -> bool:
    """Whether what is asked of this address nobody on the way can read: by https, or on this machine."""
    try:
        parts = urlsplit(address)
        # asked for as well: a port that is none is found out only then
        has_host = bool(parts.hostname) and (parts.port or True)
    except ValueError:
        return False
    is_here = parts.scheme == "http" and parts.hostname in THIS_MACHINE
    return bool(has_host) and (parts.scheme == "https" or is_here)


def update_service() -> UpdateService | None:
    """The service that this installation asks; None where no address is set, or one that others could listen to."""
    address = str(settings.UPDATE_SERVICE_URL)
    return OnlineUpdateService(address) if is_private(address) else None
