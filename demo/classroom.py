"""What the made people have learnt: most passed long ago, one is half way."""

from datetime import datetime, timedelta

from ambassadors.enums import Course
from ambassadors.learning.editions import edition_in_force
from ambassadors.models import Ambassador
from ambassadors.operations.learning import read_lesson
from demo import cast


def begin_induction(*, at: datetime) -> None:
    """Someone on her way in has read the first half of the induction, on the train."""
    learner = Ambassador.objects.select_related("user").get(email=cast.LEARNER)
    assert learner.user is not None
    lessons = edition_in_force(Course.INDUCTION).content.lessons
    for number, lesson in enumerate(lessons[: len(lessons) // 2]):
        read_lesson(
            ambassador=learner,
            course=Course.INDUCTION,
            lesson=lesson.slug,
            by=learner.user,
            at=at + timedelta(minutes=3 * number),
        )
