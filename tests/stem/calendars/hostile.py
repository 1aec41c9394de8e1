"""Files that nobody wrote to be read, by name; each is made when it is asked for."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.stem.calendars.making import calendar

HOUR = "DTSTART:20270112T100000Z\nDURATION:PT1H"
SINCE_1970 = "DTSTART:19700101T00{minute:02}00Z\nDURATION:PT{length}M\nRRULE:FREQ={frequency}"


def repeated(rule: str, *, length: str = "PT1H", start: str = "19700101T000000Z", more: str = "") -> bytes:
    return calendar(f"DTSTART:{start}\nDURATION:{length}\nRRULE:{rule}{more}", HOUR)


def day(number: int, year: int = 2027) -> str:
    """One of 336 days of a year."""
    return f"{year}{number // 28 % 12 + 1:02}{number % 28 + 1:02}"


def hour(number: int) -> str:
    """One of the minutes of a day."""
    return f"T{number // 60 % 24:02}{number % 60:02}00"


def nested(name: str, times: int) -> bytes:
    opened = f"BEGIN:{name}\r\n" * times
    return calendar(HOUR).replace(b"END:VCALENDAR", opened.encode() + b"END:VCALENDAR")


def zone(lines: str) -> bytes:
    part = f"BEGIN:STANDARD\n{lines}\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nEND:STANDARD"
    head = f"BEGIN:VTIMEZONE\nTZID:Ours\n{part}\nEND:VTIMEZONE"
    return calendar("DTSTART;TZID=Ours:20270112T100000\nDURATION:PT1H", head=head)


def zones(times: int) -> bytes:
    part = (
        "BEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=DAILY\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nEND:STANDARD"
    )
    head = "\n".join(f"BEGIN:VTIMEZONE\nTZID:Ours{number}\n{part}\nEND:VTIMEZONE" for number in range(times))
    return calendar(
        *(f"DTSTART;TZID=Ours{number}:20270112T100000\nDURATION:PT1H" for number in range(times)), head=head
    )


def dates(name: str, times: int) -> str:
    days = (
        f"{1971 + number // 336}{number // 28 % 12 + 1:02}{number % 28 + 1:02}T{number % 24:02}0000Z"
        for number in range(times)
    )
    return f"\n{name}:" + ",".join(days)


def zipped() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("calendar.ics", bytes(50_000_000))
    return packed.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "every second for ever": lambda: repeated("FREQ=SECONDLY"),
    "every second for ever, for a second": lambda: repeated("FREQ=SECONDLY", length="PT1S"),
    "every other second for ever": lambda: repeated("FREQ=SECONDLY;INTERVAL=2", length="PT1S"),
    "every second of some hours": lambda: repeated("FREQ=SECONDLY;BYHOUR=9,10,11;BYDAY=MO,WE", length="PT1S"),
    "every second, chosen by place": lambda: repeated("FREQ=MINUTELY;BYSECOND=1,2,3,4,5;BYSETPOS=-1", length="PT1S"),
    "every second, counted": lambda: repeated("FREQ=SECONDLY;BYDAY=MO,TU;COUNT=99999999"),
    "a thousand by the second": lambda: calendar(
        *[
            f"DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY;INTERVAL={number}"
            for number in range(2, 1002)
        ],
        HOUR,
    ),
    "30 February": lambda: repeated("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "30 February by the second": lambda: repeated("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
    "30 February, counted, from the year 1": lambda: repeated(
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", start="00010101T000000Z"
    ),
    "a place that no set has": lambda: repeated("FREQ=MINUTELY;BYSETPOS=300"),
    "an interval of nought": lambda: repeated("FREQ=DAILY;INTERVAL=0"),
    "until the year 9999": lambda: repeated("FREQ=MINUTELY;UNTIL=99991231T235959Z;BYMINUTE=0"),
    "99999999 times": lambda: repeated("FREQ=DAILY;COUNT=99999999;BYDAY=MO,TU,WE,TH,FR", start="00010101T000000Z"),
    "a thousand hourly rules": lambda: calendar(
        *(SINCE_1970.format(minute=number % 60, length=50, frequency="HOURLY") for number in range(1000)), HOUR
    ),
    "a thousand hourly rules by the day": lambda: calendar(
        *(
            SINCE_1970.format(minute=number % 60, length=9, frequency="HOURLY;BYDAY=MO,TU,WE,TH,FR")
            for number in range(1000)
        ),
        HOUR,
    ),
    "a thousand rules of one event": lambda: calendar(
        "DTSTART:19700101T000000Z\nDURATION:PT1M" + "\nRRULE:FREQ=HOURLY;BYMINUTE=0,30" * 1000, HOUR
    ),
    "50,000 dates left out": lambda: repeated("FREQ=HOURLY", more=dates("EXDATE", 50_000)),
    "50,000 dates left out by days": lambda: repeated(
        "FREQ=MINUTELY;BYDAY=MO,TU,WE,TH,FR", length="PT1S", more=dates("EXDATE;VALUE=DATE", 50_000)
    ),
    "50,000 dates left out of a thousand rules": lambda: repeated(
        "FREQ=HOURLY" + "\nRRULE:FREQ=HOURLY" * 1000, more=dates("EXDATE", 50_000)
    ),
    "50,000 dates added": lambda: repeated("FREQ=YEARLY", more=dates("RDATE", 50_000)),
    "the years 1 and 9999": lambda: calendar(
        "DTSTART:00010101T000000Z\nDURATION:P9999999W",
        "DTSTART;TZID=Asia/Tokyo:00010101T000000\nRRULE:FREQ=YEARLY\nDURATION:P1D",
        "DTSTART;TZID=America/New_York:99991231T235959\nDURATION:PT1H\nRRULE:FREQ=DAILY",
        "DTSTART;VALUE=DATE:99991231",
        HOUR,
    ),
    "100,000 events": lambda: calendar(
        *(
            f"UID:{number}@calendar.example\nDTSTAMP:20260101T000000Z\nSUMMARY:The {number}th"
            f"\nDTSTART;TZID=Europe/London:202701{number % 28 + 1:02}{hour(number)}\nDURATION:PT30M"
            for number in range(100_000)
        )
    ),
    "100,000 weekly events": lambda: calendar(
        HOUR,
        *(
            f"UID:{number}\nDTSTART;TZID=Europe/London:{day(number, 2026)}{hour(number)}\nDURATION:PT30M"
            "\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE"
            for number in range(100_000)
        ),
    ),
    "300,000 events": lambda: calendar(*["DTSTART:20270112T100000Z\nDURATION:PT1H"] * 300_000),
    "one event in 100,000 versions": lambda: calendar(
        *(f"UID:a\nSEQUENCE:{number}\n{HOUR}" for number in range(100_000))
    ),
    "50,000 changes of one series": lambda: calendar(
        "UID:a\nDTSTART:19700101T000000Z\nDURATION:PT1M\nRRULE:FREQ=HOURLY",
        *(f"UID:a\nRECURRENCE-ID:{day(number, 2026)}{hour(number * 61)}Z\n{HOUR}" for number in range(50_000)),
    ),
    "1,000 changes of all that follow": lambda: calendar(
        HOUR,
        "UID:a\nDTSTART:20240101T000000Z\nDURATION:PT1M\nRRULE:FREQ=HOURLY",
        *(
            f"UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:{day(number)}{hour(number * 60)}Z"
            f"\nDTSTART;TZID=Asia/Tokyo:{day(number)}{hour(number * 60)}\nDURATION:PT1M"
            for number in range(1000)
        ),
    ),
    "a line of 5 MB": lambda: calendar(HOUR + "\nDESCRIPTION:" + "x" * 5_000_000),
    "a date of 5 MB": lambda: calendar(HOUR, "DTSTART:" + "2" * 5_000_000),
    "a rule of 5 MB": lambda: calendar(HOUR + "\nRRULE:FREQ=DAILY;BYDAY=" + "MO," * 1_600_000),
    "a zone's name of 5 MB": lambda: calendar(HOUR, "DTSTART;TZID=" + "a/" * 2_500_000 + ":20270112T100000"),
    "a quotation of 5 MB": lambda: calendar(HOUR, 'UID;X="' + "a:;" * 1_600_000),
    "5 MB of quoted lines": lambda: calendar(
        "DESCRIPTION;ENCODING=QUOTED-PRINTABLE:" + "x=\r\n" * 1_200_000 + "\n" + HOUR
    ),
    "5 MB of line ends": lambda: calendar(HOUR) + b"\n" * 5_000_000,
    "5 MB of spaces": lambda: b" " * 5_000_000 + calendar(HOUR),
    "5 MB of folds": lambda: calendar(HOUR + "\nX-FOLDED:" + "\r\n " * 1_600_000),
    "5 MB of semicolons": lambda: calendar(HOUR, "DTSTART" + ";" * 5_000_000),
    "32 MB of one letter": lambda: calendar(HOUR)[:-15] + b"x" * 31_000_000,
    "32 MB of short lines": lambda: calendar(HOUR) + b"A:\n" * 10_600_000,
    "100,000 events begun and never ended": lambda: nested("VEVENT", 100_000),
    "100,000 calendars begun and never ended": lambda: nested("VCALENDAR", 100_000),
    "100,000 alarms in alarms": lambda: nested("VALARM", 100_000),
    "100,000 time zones begun and never ended": lambda: nested("VTIMEZONE", 100_000),
    "100,000 alarms of one event": lambda: calendar(HOUR + "\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM" * 100_000),
    "a clock changed every second": lambda: zone("DTSTART:19700101T000000\nRRULE:FREQ=SECONDLY"),
    "a clock changed every second of never": lambda: zone(
        "DTSTART:19700101T000000\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"
    ),
    "3,000 clocks changed every day": lambda: zones(3_000),
    "published time in 200,000 periods": lambda: calendar(
        tail="BEGIN:VFREEBUSY\r\nFREEBUSY:"
        + ",".join(["20270112T100000Z/PT1H"] * 200_000)
        + "\r\nEND:VFREEBUSY\r\nEND:VCALENDAR"
    ),
    "a page that asks to sign in": lambda: b"<!DOCTYPE html>" + b"<p>BEGIN:VCALENDAR</p>" * 100_000,
    "a zip that grows": zipped,
    "nothing": lambda: b"",
    "noise": lambda: bytes((number * 7919 >> 3) % 256 for number in range(1_000_000)),
    "empty bytes between all letters": lambda: b"\0".join(bytes([byte]) for byte in calendar(HOUR)),
}
# These are no calendars, or nothing but lines.
REFUSED = ("32 MB of short lines", "a page that asks to sign in", "a zip that grows", "nothing", "noise")
