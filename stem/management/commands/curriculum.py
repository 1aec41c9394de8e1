"""Print the vocabulary of subjects, stages, activities and routes."""

from typing import Any

from stem.commands import HouseCommand
from stem.curriculum import ACTIVITIES, SUBJECTS, ActivityType, Route, Stage, year_groups
from stem.nations import Nation


class Command(HouseCommand):
    help = "Print the subjects, stages, activities and routes, as spelt in files, addresses and commands."

    def answer(self, **options: Any) -> dict[str, Any]:
        """The four lists."""
        return {
            "subjects": [
                {
                    "code": each.code,
                    "name": str(each.name),
                    "field": each.field.value,
                    "hecos": each.hecos,
                    "cah": each.cah,
                }
                for each in SUBJECTS.values()
            ],
            "stages": [
                {
                    "code": each.value,
                    "name": str(each.label),
                    "year_groups": {nation.value: year_groups(nation, each) for nation in Nation},
                }
                for each in Stage
            ],
            "activities": [_activity(each) for each in ACTIVITIES.values()],
            "routes": [{"code": each.value, "name": str(each.label)} for each in Route],
        }

    def words(self, answer: dict[str, Any]) -> str:
        """Each list under its heading, a code and a name to the line."""
        lines = []
        for heading, entries in answer.items():
            lines += [heading, *(f"  {entry['code']:<26}{entry['name']}" for entry in entries)]
        return "\n".join(lines)


def _activity(activity: ActivityType) -> dict[str, Any]:
    return {
        "code": activity.code,
        "name": str(activity.name),
        "minutes": list(activity.minutes),
        "pupils_per_ambassador": activity.pupils_per_ambassador,
        "max_group": activity.max_group,
        "ambassadors": list(activity.ambassadors),
        "sessions": list(activity.sessions),
        "risk_assessment": activity.risk_assessment.value,
        "needs_curriculum_link": activity.needs_curriculum_link,
        "online": activity.online,
        "note": str(activity.note),
    }
