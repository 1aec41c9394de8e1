"""Say who could go to a school, without making a request."""

from datetime import date, datetime, time
from time import monotonic
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.languages import LANGUAGES
from ambassadors.models import Ambassador
from bookings.matching.near_misses import considered, find_near_misses
from bookings.matching.ranking import Match, rank
from bookings.matching.wanted import Wanted
from schools.models import School
from stem.commands import HouseCommand
from stem.curriculum import ACTIVITIES, SUBJECTS, Stage
from stem.geography.points import Point
from stem.geography.travel import miles, road_km_between
from stem.moments import moment
from stem.nations import Nation
from stem.rules import Kind, refuse

DEFAULT_LIMIT = 20


class Command(HouseCommand):
    help = "Rank who could be asked to go to a school, and name those who miss by one thing. No request is made."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the school, what is wanted, and when."""
        super().add_arguments(parser)
        parser.add_argument("--school", required=True, metavar="REGISTER/NUMBER", help="such as gias/100000")
        parser.add_argument("--subject", required=True, choices=SUBJECTS, metavar="SUBJECT")
        parser.add_argument("--stage", required=True, choices=Stage.values)
        parser.add_argument("--activity", required=True, choices=ACTIVITIES, metavar="ACTIVITY")
        parser.add_argument("--date", required=True, type=date.fromisoformat, dest="day", metavar="YYYY-MM-DD")
        parser.add_argument("--from", required=True, type=time.fromisoformat, dest="start", metavar="HH:MM")
        parser.add_argument("--to", required=True, type=time.fromisoformat, dest="end", metavar="HH:MM")
        parser.add_argument("--online", action="store_true", help="nobody needs to travel")
        parser.add_argument(
            "--language", choices=LANGUAGES, default="", metavar="LANGUAGE", help="besides English, such as Welsh"
        )
        parser.add_argument("--limit", type=int, default=DEFAULT_LIMIT, help="of each list (%(default)s)")

    def answer(self, **options: Any) -> dict[str, Any]:
        """Candidates, best first, and near misses. Refuses with `school`, `time_order` or `past`."""
        limit = options["limit"]
        if limit < 1:
            raise CommandError("--limit is a number from 1.", returncode=2)
        began, at = monotonic(), timezone.now()
        wanted = _wanted(find_school(options["school"], online=options["online"]), at, options)
        matches = rank(wanted, at=at, limit=limit)
        near_misses = find_near_misses(wanted, wanted.times[0], limit=limit, at=at)
        return {
            "candidates": [_told(match, wanted.point, online=wanted.online) for match in matches],
            "near_misses": [{"ambassador": _number(miss.ambassador), "why_not": miss.why_not} for miss in near_misses],
            "considered": considered(wanted).count(),
            "elapsed_ms": round(1000 * (monotonic() - began)),
        }

    def words(self, answer: dict[str, Any]) -> str:
        """The two lists, a person to the line."""
        lines = [
            f"{each['ambassador']:<10}{each['score']:.2f}  {'; '.join(each['reasons'])}"
            for each in answer["candidates"]
        ]
        lines += [f"{each['ambassador']:<10}      {each['why_not']}" for each in answer["near_misses"]]
        return "\n".join(lines or [_("Nobody can be asked, and nobody misses by only one thing.")])


def find_school(reference: str, *, online: bool) -> School:
    """The school that this register and number name.

    Refuses with `school` when there is none, it is abroad, or nobody knows where it is to which somebody would travel.
    """
    register, _slash, number = reference.partition("/")
    school = School.objects.filter(register=register, register_number=number).first()
    if school is None:
        raise refuse(
            "school",
            Kind.INPUT,
            _("No school is called %(reference)s: give it as gias/100000.") % {"reference": reference},
        )
    if not school.nation:
        raise refuse("school", Kind.INPUT, _("%(school)s is outside the United Kingdom.") % {"school": school})
    if school.point is None and not online:
        words = _("Nobody knows where %(school)s is: give it a postcode, or ask for a visit --online.")
        raise refuse("school", Kind.INPUT, words % {"school": school})
    return school


def _wanted(school: School, at: datetime, options: dict[str, Any]) -> Wanted:
    starts_at, ends_at = (moment(options["day"], options[name]) for name in ("start", "end"))
    if ends_at <= starts_at:
        raise refuse("time_order", Kind.INPUT, _("The time has to end after it starts."))
    if starts_at <= at:
        raise refuse("past", Kind.INPUT, _("That time has passed: give one that is still to come."))
    return Wanted(
        point=school.point,
        nation=Nation(school.nation),
        subject=options["subject"],
        stage=options["stage"],
        activity=options["activity"],
        online=options["online"],
        times=((starts_at, ends_at),),
        school=school.pk,
        language=options["language"],
    )


def _told(match: Match, point: Point | None, *, online: bool) -> dict[str, Any]:
    home = match.ambassador.point
    far = 0.0 if online or home is None or point is None else miles(road_km_between(home, point))
    return {
        "ambassador": _number(match.ambassador),
        "score": match.score,
        "parts": match.parts,
        "reasons": list(match.reasons),
        "miles": round(far, 1),
        "minutes": match.minutes,
    }


def _number(ambassador: Ambassador) -> str:
    """The scheme number; whoever has none yet is named by the row."""
    return ambassador.scheme_number or f"#{ambassador.pk}"
