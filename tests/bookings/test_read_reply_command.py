"""`read_reply`: what a mail server pipes in, whoever wrote it."""

import json
import sys
from base64 import b64encode
from email.message import EmailMessage
from io import BytesIO, StringIO, TextIOWrapper
from quopri import encodestring

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.calendar import visit_event
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import CalendarReply
from stem.calendars.mailed import read_message
from stem.calendars.replies import MOST_BYTES, read_replies
from stem.calendars.writing import write_calendar
from stem.letters.models import Letter
from tests import make

pytestmark = pytest.mark.django_db

REPLY = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Some program//EN
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
DTSTAMP:{stamp}
SEQUENCE:{sequence}
DTSTART:20270212T090000Z
DTEND:20270212T100000Z
ATTENDEE;CN="{name}";PARTSTAT={said}:mailto:{address}
ORGANIZER:mailto:hello@scheme.example
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def person():
    return make.ambassador(cleared=True)


@pytest.fixture
def visit(person):
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED, sequence=1)


def uid_of(visit) -> str:
    """The name by which the invitation knows the visit."""
    event = visit_event(visit, url="https://scheme.example", attendees=[])
    assert event.uid.encode() in write_calendar([event], name="x", method="REQUEST").replace(b"\r\n ", b"")
    return event.uid


def calendar(visit, address: str, **more) -> str:
    plain = {"method": "REPLY", "uid": uid_of(visit), "stamp": "20270112T110000Z", "sequence": 1}
    told = {**plain, "said": "DECLINED", "name": "Ada Engineer", "address": address, **more}
    return REPLY.format(**told).replace("\n", "\r\n")


def message(text: str, *, method: str = "REPLY") -> bytes:
    """As most programs send it: words, the same as a page, and the calendar."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ada@work.example", "hello@scheme.example", "Declined: a visit"
    made.set_content("Ada has declined.")
    made.add_alternative("<p>Ada has declined.</p>", subtype="html")
    made.add_alternative(text.encode(), maintype="text", subtype="calendar", params={"method": method})
    return made.as_bytes()


def part(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["From: a@b.example", "MIME-Version: 1.0", *headers, "", ""]).encode() + body


def piped(data: bytes, monkeypatch) -> tuple[dict, str]:
    """What the command says of a message, and its lines on standard error; it never ends in anything but success."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data)))
    out, err = StringIO(), StringIO()
    call_command("read_reply", "--json", stdout=out, stderr=err)
    [line] = out.getvalue().splitlines()
    return json.loads(line), err.getvalue()


def said(visit) -> list[str]:
    return [reply.said for reply in CalendarReply.objects.filter(visit=visit)]


def test_a_reply_is_kept_and_nothing_is_done(visit, person, monkeypatch):
    answer, errors = piped(message(calendar(visit, person.user.email)), monkeypatch)

    assert (answer, errors) == ({"replies": 1, "kept": 1, "ignored": []}, "")
    assert said(visit) == ["declined"]
    assert visit.seats.get().status == SeatStatus.TAKEN
    assert not Letter.objects.exists()


def test_the_same_message_twice_is_one(visit, person, monkeypatch):
    data = message(calendar(visit, person.user.email))
    piped(data, monkeypatch)

    answer, errors = piped(data, monkeypatch)

    assert answer["kept"] == 0
    assert errors == "Passed over: The reply is known, or is about an earlier version.\n"
    assert CalendarReply.objects.count() == 1


def test_a_time_that_is_proposed_becomes_a_note(visit, person, monkeypatch):
    text = calendar(visit, person.user.email, method="COUNTER", said="TENTATIVE")

    piped(message(text, method="COUNTER"), monkeypatch)

    [reply] = CalendarReply.objects.all()
    assert (reply.said, reply.starts_at, reply.ends_at) == ("countered", *make.OTHER_TIME)


def test_people_read_how_many_were_kept(visit, person, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(message(calendar(visit, person.user.email)))))
    out = StringIO()

    call_command("read_reply", stdout=out)

    assert "kept: 1" in out.getvalue()


def ways(text: str) -> list[bytes]:
    """The same calendar as odd programs send it."""
    plain = text.encode()
    nested = EmailMessage()
    nested.set_content("See inside.")
    nested.add_attachment(b"\0\1", maintype="application", subtype="octet-stream", filename="a.bin")
    nested.add_attachment(plain, maintype="application", subtype="octet-stream", filename="INVITE.ICS")
    outer = EmailMessage()
    outer.set_content("Forwarded.")
    outer.add_attachment(nested)
    return [
        part(plain, "Content-Type: text/calendar; method=REPLY"),
        part(plain, 'content-type: TEXT/Calendar; METHOD="reply"; charset="no-such-charset"'),
        part(b64encode(plain), "Content-Type: text/calendar", "Content-Transfer-Encoding: base64"),
        part(encodestring(plain), "Content-Type: text/calendar", "Content-Transfer-Encoding: quoted-printable"),
        part(text.encode("utf-16"), "Content-Type: text/calendar; charset=utf-16"),
        part(text.replace("Ada", "Zoë").encode("cp1252"), "Content-Type: text/calendar; charset=utf-8"),
        part(plain.replace(b"\r\n", b"\n"), "Content-Type: application/ics; name=reply.ics"),
        outer.as_bytes(),
    ]


@pytest.mark.parametrize("way", range(8))
def test_a_reply_is_found_however_it_was_sent(visit, person, way):
    [reply] = read_replies(ways(calendar(visit, person.user.email))[way])
    assert (reply.uid, reply.attendee, reply.said) == (uid_of(visit), person.user.email, "declined")


def deep(levels: int) -> bytes:
    """A message in a message, and so on."""
    heads = [f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n'.encode() for n in range(levels)]
    return b"From: a@b.example\r\n" + b"".join(heads)


HOSTILE = {
    "nothing": b"",
    "zeros": b"\0" * 5000,
    "no mail": b"\xff\xfe hello",
    "web page": b"<html>",
    "deep": deep(3000),
    "many parts": b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\na\r\n" * 60_000,
    "long header": b"Content-Type: text/calendar; " + b"a=" * 300_000 + b"\r\n\r\n",
    "broken base64": part(b"====!!!!", "Content-Type: text/calendar", "Content-Transfer-Encoding: base64"),
    "unknown transfer": part(b"x", "Content-Type: text/calendar", "Content-Transfer-Encoding: x-uuencode"),
    "only a beginning": part(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT", "Content-Type: text/calendar"),
    "many events": part(
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"
        + b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n" * 20_000
        + b"END:VCALENDAR\r\n",
        "Content-Type: text/calendar",
    ),
    "a long line": part(
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:" + b"x" * 900_000 + b"\r\nEND:VEVENT\r\n"
        b"END:VCALENDAR\r\n",
        "Content-Type: text/calendar",
    ),
    "too large": b"a" * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_made_to_break_it_is_passed_over_in_silence_to_the_sender(name, visit, monkeypatch):
    answer, errors = piped(HOSTILE[name], monkeypatch)

    assert answer["kept"] == 0
    assert errors.startswith("Passed over: ") and errors.count("\n") == 1
    assert not CalendarReply.objects.exists() and not Letter.objects.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"uid": "nobody-knows@visits.elsewhere.example"}, "No visit has that name."),
        ({"address": "somebody.else@work.example"}, "Nobody of that visit is reached at that address."),
        ({"stamp": "20280101T000000Z"}, "The reply does not say when it was written, or says so wrongly."),
        ({"sequence": 9}, "The reply is known, or is about an earlier version."),
        ({"method": "REQUEST"}, "No reply of a calendar program is in this message."),
        ({"said": "NEEDS-ACTION"}, "No reply of a calendar program is in this message."),
    ],
)
def test_a_reply_that_is_of_no_use_changes_nothing(visit, person, monkeypatch, change, why):
    answer, errors = piped(message(calendar(visit, **{"address": person.user.email, **change})), monkeypatch)

    assert (answer["kept"], answer["ignored"], errors) == (0, [why], f"Passed over: {why}\n")
    assert not CalendarReply.objects.exists() and not Letter.objects.exists()


def test_a_reply_in_the_name_of_several_is_none(visit, person, monkeypatch):
    text = calendar(visit, person.user.email)
    line = next(line for line in text.splitlines() if line.startswith("ATTENDEE"))
    several = text.replace(line, f"{line}\r\nATTENDEE;PARTSTAT=DECLINED:mailto:other@work.example")

    assert piped(message(several), monkeypatch)[0]["replies"] == 0


# --- any message at all

PLAIN = message(REPLY.format(
    method="REPLY", uid="x@visits.scheme.example", stamp="20270112T110000Z", sequence=1, name="A", said="DECLINED",
    address="a@b.example",
))  # fmt: skip
WORDS = st.sampled_from(
    [
        b"\r\n",
        b"\n\n",
        b"--",
        b":",
        b";",
        b"\0",
        b"\xff",
        b"BEGIN:VEVENT\n",
        b"END:VCALENDAR",
        b"=?",
        b"boundary=",
        b"=",
    ]
)
EDITS = st.lists(st.tuples(st.integers(0, len(PLAIN)), st.integers(0, 30), WORDS | st.binary(max_size=12)), max_size=12)


@settings(max_examples=150)
@given(edits=EDITS)
def test_a_broken_message_gives_plain_values_or_an_error_that_is_caught(edits):
    data = PLAIN
    for place, length, instead in edits:
        data = data[:place] + instead + data[place + length :]
    try:
        replies = read_message(data)
    except Exception:  # the process around it says that there is none
        replies = []
    for reply in replies:
        assert json.loads(json.dumps(reply)) == reply
        assert reply["said"] in {"accepted", "declined", "tentative", "countered"}


@settings(max_examples=8)
@given(data=st.binary(max_size=400))
def test_any_bytes_at_all_are_read_as_no_reply(data):
    assert read_replies(data) == []
